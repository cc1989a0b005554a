/**
 * Occurrences that Outlook does not take, however often they are written (locked ones, or an arrangement it refuses): kept in the tag like
 * those that its series does not make, so that they are told in the note and not taken for edits (H1, H3). So are occurrences whose removal
 * it does not take. The next write of the item tries them again.
 */
import type { LocalDate } from '../../../domain/time.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { occursOn } from '../../../outlook/model/expand-pattern.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import type { OutlookException } from '../../../outlook/model/recurrence-pattern.ts';
import { isSame } from '../../field.ts';
import type { OutlookEventContext } from './context.ts';
import { eventField } from './event.ts';
import { readException } from './exceptions.ts';
import { linksOf } from './links.ts';
import { withNote, withoutNote } from './note.ts';
import { shownOn } from './series.ts';
import { type Aside, lingeringOn, simplifiedTag, type Truth, truthOf } from './simplified-tag.ts';
import { withTag } from './tags.ts';

/** The item as it is now, saying what of `wanted` Outlook did not take; undefined when it took all of it, or says so already. */
export function withRefused(
  item: Appointment,
  wanted: Appointment,
  context: OutlookEventContext,
): Appointment | undefined {
  const { recurrence } = item;
  if (recurrence === undefined || wanted.recurrence === undefined) return undefined;
  const deleted = new Set(recurrence.deleted);
  const taken = new Set(recurrence.exceptions.map(dateOf));
  const bare = withoutNote(item);
  const mapping = { field: eventField(context), context };
  const { nameAt, plainAt } = shownOn(bare, recurrence, mapping);
  const isPlain = (exception: OutlookException) =>
    isSame(readException(bare, exception, mapping), readException(bare, plainAt(dateOf(exception)), mapping));
  const truth: Truth = truthOf(item) ?? { hidden: [], standIns: new Map() };
  const aside = bareExceptions(wanted)
    .filter((exception) => !deleted.has(dateOf(exception)) && !taken.has(dateOf(exception)) && !isPlain(exception))
    .flatMap((exception): readonly Aside[] => {
      const name = nameAt(dateOf(exception));
      return name === undefined ? [] : [{ name, exception }];
    });
  const lingering = wanted.recurrence.deleted
    .filter((date) => !deleted.has(date) && occursOn(recurrence, date))
    .map((date) => lingeringOn(date, bareExceptions(item)));
  if (aside.length === 0 && lingering.length === 0) return undefined;
  const known = (truth.aside ?? []).filter(({ name }) => !aside.some((one) => one.name === name));
  const tagged = withTag(bare, TAG.simplified, simplifiedTag({ ...truth, aside: [...known, ...aside], lingering }));
  const noted = withNote(tagged, { current: item, bare }, context.language ?? 'en');
  return isSame(linksOf(noted), linksOf(item)) && isSame(noted, item) ? undefined : noted;
}

function bareExceptions(item: Appointment): readonly OutlookException[] {
  return withoutNote(item).recurrence?.exceptions ?? [];
}

function dateOf({ originalStart }: OutlookException): LocalDate {
  return originalStart.slice(0, 10);
}
