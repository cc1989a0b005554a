/** Exceptions and Exception: what of a series differs, as it was when the pattern was read. @source outlook-calendar.md section 4.6 */
import type { OutlookException } from '../../model/recurrence-pattern.ts';
import { long } from '../arguments.ts';
import { at } from '../collection.ts';
import type { DispatchObject, MemberTable, ObjectClass } from '../dispatch.ts';
import { fail } from '../fault.ts';
import type { LiveItem } from '../live-item.ts';
import type { Session } from '../session.ts';
import { standardMembers } from '../standard-members.ts';
import { toUtcTime } from '../zone-time.ts';
import { startZoneOf } from './item-times.ts';
import { getException } from './occurrence.ts';
import { seriesMade } from './series.ts';

type ExceptionsState = { readonly session: Session; readonly item: LiveItem; readonly pattern: () => DispatchObject };
/** `original`: a date for a deleted occurrence, a wall time in the series' zone for a modified one. */
type ExceptionState = ExceptionsState & { readonly original: string; readonly exception: OutlookException | undefined };

export function exceptionsObject(item: LiveItem, pattern: () => DispatchObject): DispatchObject {
  return item.session.make(EXCEPTIONS, { session: item.session, item, pattern });
}

function entries(self: ExceptionsState): readonly ExceptionState[] {
  const series = seriesMade(self.item);
  const deleted = series.deleted.map((original) => ({ ...self, original, exception: undefined }));
  const modified = series.exceptions.map((exception) => ({ ...self, original: exception.originalStart, exception }));
  const all = [...deleted, ...modified].sort((a, b) => (a.original < b.original ? -1 : 1));
  return all.slice(0, Math.max(0, all.length - self.session.switches.omittedExceptions));
}

/** Date and local time of a modified occurrence, the bare date of a deleted one. */
function originalDate({ session, item, original, exception }: ExceptionState): string {
  if (exception === undefined) return `${original}T00:00:00`;
  return session.toLocal(toUtcTime(original, startZoneOf(item).iana));
}

function appointment({ session, item, original, exception }: ExceptionState): DispatchObject {
  if (exception === undefined) return fail('FAILED', '', 'OCCURRENCE_GONE');
  const foreign = startZoneOf(item).windows !== session.zone().windows;
  if (foreign && session.switches.foreignZoneExceptions === 'refused') fail('FAILED', '', 'OCCURRENCE_GONE');
  return getException(session, item.entryId, original).object();
}

const EXCEPTIONS_MEMBERS: MemberTable<ExceptionsState> = {
  ...standardMembers<ExceptionsState>(29, ({ pattern }) => pattern()),
  Count: { get: (self) => entries(self).length },
  Item: { call: (self, [index]) => self.session.make(EXCEPTION, at(entries(self), long(index))) },
};
const EXCEPTIONS: ObjectClass<ExceptionsState> = { name: 'Exceptions', members: EXCEPTIONS_MEMBERS };

const EXCEPTION_MEMBERS: MemberTable<ExceptionState> = {
  ...standardMembers<ExceptionState>(30, (self) => exceptionsObject(self.item, self.pattern)),
  Deleted: { get: ({ exception }) => exception === undefined },
  OriginalDate: { get: (self) => ({ date: originalDate(self) }) },
  AppointmentItem: { get: appointment },
};
const EXCEPTION: ObjectClass<ExceptionState> = { name: 'Exception', members: EXCEPTION_MEMBERS };
