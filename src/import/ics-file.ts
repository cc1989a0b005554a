/** A calendar file (iCalendar), series by series; see {@link indexOfCalendar}. */
import { isFailure } from '../base/failure.ts';
import { bluemindEvent } from '../mapping/bluemind/event/event.ts';
import { parseCalendar } from '../mapping/ical/parse-calendar.ts';
import type { ByteSource } from './byte-source.ts';
import { importFailure } from './failures.ts';
import type { Found, ImportFile } from './found.ts';
import { indexOfCalendar, textOfGroup } from './ics-index.ts';

export function icsFile(source: ByteSource): ImportFile {
  let done = 0;
  return {
    kind: 'ics',
    // Once to find the events, once to read them.
    total: source.size * 2,
    done: () => done,
    found: function* () {
      const reading = indexOfCalendar(source, (bytes) => {
        done = bytes;
      });
      let step = reading.next();
      for (; step.done !== true; step = reading.next()) yield { kind: 'pause' };
      const index = step.value;
      if (index.calendars === 0)
        throw importFailure(
          'IMPORT_KIND_UNKNOWN',
          'The file holds no calendar: choose a file that was exported as iCalendar (.ics).',
        );
      for (let other = 0; other < index.others; other++) yield { kind: 'other' };
      for (const { pieces, left } of index.groups()) {
        const text = textOfGroup(source, pieces);
        yield* readGroup(text);
        const more = left === 0 ? undefined : tooMany(titleIn(text));
        for (let one = 0; more !== undefined && one < left; one++) yield more;
        for (const { length } of pieces) done += length;
      }
      done = source.size * 2;
    },
  };
}

function* readGroup(text: string): Generator<Found> {
  const { series, refused } = parseCalendar(text);
  for (const { reason } of refused)
    yield { kind: 'refused', what: 'event', title: titleIn(text), reason: reasonOf(reason), detail: reason, from: '' };
  for (const { uid, value } of series) yield readSeries(uid, value, text);
}

function readSeries(uid: string, value: Parameters<typeof bluemindEvent.read>[0], text: string): Found {
  try {
    return { kind: 'event', series: bluemindEvent.read(value, uid), from: '' };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const reason = error.code === 'EVENT_WITHOUT_START' ? 'no-start' : 'invalid';
    return { kind: 'refused', what: 'event', title: titleIn(text), reason, detail: error.message, from: '' };
  }
}

function tooMany(title: string): Found {
  const detail = 'has the UID of very many others';
  return { kind: 'refused', what: 'event', title, reason: 'invalid', detail, from: '' };
}

/** An older version beside the one that counts is no loss. */
function reasonOf(clause: string): 'version' | 'invalid' {
  return clause.includes('older version') ? 'version' : 'invalid';
}

function titleIn(text: string): string {
  return /^SUMMARY[^:\r\n]{0,200}:([^\r\n]{0,200})/im.exec(text)?.[1]?.trim() ?? '';
}
