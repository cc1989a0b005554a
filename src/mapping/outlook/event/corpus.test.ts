/** Every calendar of the corpora: server → Outlook → touched in Outlook → server, through the merge that the engine uses. */
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../base/failure.ts';
import { seriesKit } from '../../../domain/content-kit.ts';
import type { Series } from '../../../domain/event.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import type { VEventSeries } from '../../../wire/calendar.ts';
import { bluemindEvent } from '../../bluemind/event/event.ts';
import { isSame } from '../../field.ts';
import { parseCalendar } from '../../ical/parse-calendar.ts';
import { corpusFiles, hasCorpora } from '../../testing/corpus-files.ts';
import type { OutlookEventContext } from './context.ts';
import { outlookEvent } from './event.ts';
import { truthOf } from './simplified-tag.ts';

const context: OutlookEventContext = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
const server = { tagOf: (label: string) => ({ containerUid: 'tags', itemUid: label, label, color: 'ff0000' }) };

/** A series as the server holds it after its own rewriting, and what it is called in a report. */
type Held = { readonly name: string; readonly value: VEventSeries; readonly uid: string };

function heldSeries(): readonly Held[] {
  return corpusFiles('ics', /\.(ics|txt)$/).flatMap(({ name, text }) => {
    try {
      return parseCalendar(text).series.map(({ uid, value }) => {
        const cleaned = bluemindEvent.survives(bluemindEvent.read(value, uid), server);
        return { name: `${name} ${uid}`, uid, value: bluemindEvent.write(value, cleaned, server) };
      });
    } catch (error) {
      if (isFailure(error, 'ICAL_UNPARSABLE')) return [];
      throw error;
    }
  });
}

function touched(series: Series): Series {
  const touch = <T extends { readonly title: string }>(event: T): T => ({
    ...event,
    title: `${event.title.slice(0, 200)}!`,
  });
  if (series.main !== undefined) return { ...series, main: touch(series.main) };
  const [first, ...rest] = series.exceptions;
  return first === undefined ? series : { ...series, exceptions: [{ ...first, event: touch(first.event) }, ...rest] };
}

/** What Outlook does not show, or shows in other words, each with its number in docs/mapping.md. */
const LOSSES: Readonly<Record<string, string>> = {
  excluded: 'EM11',
  recurrence: 'EV8',
  'main.body': 'EM2',
  'main.when': 'EM13, EM14',
  'main.reminders': 'EM3',
  'main.attendees.role': 'EM6',
  'main.attendees.kind': 'EM6',
  'main.attendees.response': 'EM6, EM7',
  'exceptions[].body': 'EM2',
  'exceptions[].when': 'EM10, EM12, EM13',
  'exceptions[].reminders': 'EM3',
  'exceptions[].categories': 'EM9',
  'exceptions[].importance': 'EM9',
  'exceptions[].attendees': 'EM9',
  'exceptions[].attendees.name': 'EM9',
  'exceptions[].attendees.role': 'EM6, EM9',
  'exceptions[].attendees.response': 'EM7, EM9',
};

/** Where the title of exactly what was touched lies. */
const TITLE = /^(main|exceptions\[.*\])\.title$/;

describe.skipIf(!hasCorpora)('calendars of others through Outlook', () => {
  const all = heldSeries();

  it('the server value is as it was after writing what was read', () => {
    const changed = all.filter(
      ({ value, uid }) => !isSame(bluemindEvent.write(value, bluemindEvent.read(value, uid), server), value),
    );
    expect(changed.map(({ name }) => name)).toEqual([]);
  });

  it('comes back equal in every field after an edit of the title in Outlook', () => {
    const losses = new Map<string, number>();
    const kinds = { partial: 0, hidden: 0, standIns: 0, orphans: 0 };
    const faults = all.filter(({ value, uid }) => {
      const before = bluemindEvent.read(value, uid);
      const item = outlookEvent.write(undefined, before, context);
      const shown = outlookEvent.read(item, context);
      const truth = truthOf(item);
      for (const field of seriesKit.changedFields(before, shown)) {
        const whole = /^exceptions\[[^\]]*\]$/.test(field);
        const loss = `${general(field)} (${whole ? lossOf(field, item) : (LOSSES[general(field)] ?? 'not listed')})`;
        losses.set(loss, (losses.get(loss) ?? 0) + 1);
      }
      if (truth?.partial) kinds.partial++;
      if (truth?.orphans) kinds.orphans++;
      if (truth && truth.hidden.length > 0) kinds.hidden++;
      if (truth && truth.standIns.size > 0) kinds.standIns++;
      const edited = outlookEvent.read(outlookEvent.write(item, touched(shown), context), context);
      const merged = seriesKit.merge({
        server: { base: before, now: before },
        outlook: { base: shown, now: edited },
        prefer: 'server',
      });
      const after = bluemindEvent.read(bluemindEvent.write(value, merged.server, server), uid);
      const changes = seriesKit.changedFields(before, after);
      return merged.conflicts.length > 0 || changes.length === 0 || !changes.every((field) => TITLE.test(field));
    });
    const told = [...losses].map(([field, count]) => `${count} × ${field}`).sort();
    console.info(
      `${all.length} series, ${JSON.stringify(kinds)}; not shown, or shown in other words:\n  ${told.join('\n  ')}`,
    );
    expect(faults.map(({ name }) => name)).toEqual([]);
    expect(told.filter((line) => line.endsWith('(not listed)'))).toEqual([]);
  });
});

/** Why an exception is not there: beyond what is shown of its series, or it says nothing that Outlook could show differently. */
function lossOf(field: string, item: Appointment): string {
  const { recurrence } = item;
  const date = field.slice('exceptions['.length, 'exceptions[2026-01-01'.length);
  const isWithin = recurrence?.end.kind === 'date' && date >= recurrence.firstDate && date <= recurrence.end.date;
  return truthOf(item)?.partial === undefined || isWithin ? 'EM15' : 'EM11';
}

function general(field: string): string {
  return field.replace(/\[[^\]]*\]/g, '[]');
}
