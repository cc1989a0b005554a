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
      const index = indexOfCalendar(source, (bytes) => {
        done = bytes;
      });
      if (index.calendars === 0)
        throw importFailure(
          'IMPORT_KIND_UNKNOWN',
          'The file holds no calendar: choose a file that was exported as iCalendar (.ics).',
        );
      for (let other = 0; other < index.others; other++) yield { kind: 'other' };
      for (const group of index.groups()) {
        yield* readGroup(textOfGroup(source, group));
        for (const { length } of group) done += length;
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

/** An older version beside the one that counts is no loss. */
function reasonOf(clause: string): 'version' | 'invalid' {
  return clause.includes('older version') ? 'version' : 'invalid';
}

function titleIn(text: string): string {
  return /^SUMMARY[^:\r\n]{0,200}:([^\r\n]{0,200})/im.exec(text)?.[1]?.trim() ?? '';
}
