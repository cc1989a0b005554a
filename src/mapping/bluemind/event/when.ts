import { Failure } from '../../../base/failure.ts';
import type { Moment, When } from '../../../domain/time.ts';
import { addDays, secondsOf } from '../../../domain/time-civil.ts';
import { instantOf } from '../../../domain/zones.ts';
import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, isSame } from '../../field.ts';
import { bmDateTime, readBmDateTime, settledMoment } from './date-time.ts';

/** The event has no start that can be read; it is left alone. */
export const EVENT_WITHOUT_START = 'EVENT_WITHOUT_START';

/**
 * When an event is: `dtstart` and the exclusive `dtend`; without an end one day, or no time at all.
 * @throws EVENT_WITHOUT_START when there is no start
 * @loss a wall time that its zone skips becomes the one an hour later that it means; an end before the start becomes the start
 * @source bluemind-api.md 4.5, 10.2 rule 4
 */
export const when: Field<VEvent, When> = {
  read: readWhen,
  write: (event, value) => {
    if (event.dtstart != null && isSame(readWhen(event), value)) return event;
    const kept = survives(value);
    return { ...event, dtstart: bmDateTime(kept.start), dtend: bmDateTime(kept.end) };
  },
  survives,
};

function readWhen(event: VEvent): When {
  const start = readBmDateTime(event.dtstart);
  const end = readBmDateTime(event.dtend);
  if (start === undefined) throw new Failure(EVENT_WITHOUT_START, 'The event has no start that can be read.');
  if (typeof start === 'string') {
    const last = typeof end === 'string' ? end : end?.wall.slice(0, 10);
    return survives({ kind: 'date', start, end: last ?? start });
  }
  if (end === undefined) return { kind: 'time', start, end: start };
  return survives({
    kind: 'time',
    start,
    end: typeof end === 'string' ? { wall: `${end}T00:00:00`, zone: start.zone } : end,
  });
}

function survives(value: When): When {
  if (value.kind === 'date') return value.end > value.start ? value : { ...value, end: addDays(value.start, 1) };
  const start = settledMoment(value.start);
  const end = settledMoment(value.end);
  return { kind: 'time', start, end: isBefore(end, start) ? start : end };
}

function isBefore(a: Moment, b: Moment): boolean {
  const at = (moment: Moment) =>
    moment.zone === undefined ? secondsOf(moment.wall) * 1000 : instantOf(moment.wall, moment.zone);
  return a.zone === undefined || b.zone === undefined ? a.wall < b.wall : at(a) < at(b);
}
