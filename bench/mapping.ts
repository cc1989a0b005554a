/**
 * How long mapping takes, on a mixed calendar of 10,000 events: single and all-day ones, meetings, series of every kind with
 * exceptions, some that Outlook cannot hold. Each step is timed by itself, and both ways as a whole.
 *
 * `node bench/mapping.ts [events]` prints one line of JSON. @units milliseconds of processor time: other work on the machine changes nothing
 */
import type { Series } from '../src/domain/event.ts';
import { bluemindEvent } from '../src/mapping/bluemind/event/event.ts';
import { parseCalendar } from '../src/mapping/ical/parse-calendar.ts';
import { outlookEvent } from '../src/mapping/outlook/event/event.ts';
import type { VEventSeries } from '../src/wire/calendar.ts';

const ZONES = ['Europe/Paris', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];
const RULES = [
  'FREQ=WEEKLY;BYDAY=MO,WE',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=26',
  'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20271231T230000Z',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=-1',
  'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=14',
  'FREQ=MONTHLY;BYMONTHDAY=1,15',
  'FREQ=DAILY;COUNT=10',
];
const now = Date.parse('2026-11-22T12:00:00Z');
const server = { tagOf: (label: string) => ({ containerUid: 'tags', itemUid: label, label, color: 'ff0000' }) };
const outlook = { zone: 'Europe/Paris', ownAddress: 'me@acme.test', now };

const events = Number(process.argv[2] ?? 10_000);
// Once before, so that the first step does not pay for the compiler's warming up.
measure(Math.min(events, 1000));
console.info(JSON.stringify({ events, ...measure(events) }));

function measure(count: number) {
  const { series } = parseCalendar(calendar(count));
  const values = series.map(({ uid, value }) => ({ uid, value: settled(uid, value) }));
  const read = timed(() => values.map(({ uid, value }) => bluemindEvent.read(value, uid)));
  const written = timed(() => read.result.map((one) => outlookEvent.write(undefined, one, outlook)));
  const shown = timed(() => written.result.map((item) => outlookEvent.read(item, outlook)));
  const edited = shown.result.map(touched);
  const patched = timed(() => edited.map((one, i) => bluemindEvent.write(values[i]?.value, one, server)));
  const again = timed(() => edited.map((one, i) => outlookEvent.write(written.result[i], one, outlook)));
  return {
    series: values.length,
    repeating: written.result.filter((item) => item.recurrence !== undefined).length,
    serverToOutlook: read.took + written.took,
    outlookToServer: shown.took + patched.took,
    steps: {
      readServer: read.took,
      writeOutlook: written.took,
      readOutlook: shown.took,
      writeServer: patched.took,
      patchOutlook: again.took,
    },
    patched: again.result.length,
  };
}

/** What the server would hold: the texts, tags and people as it rewrites them. */
function settled(uid: string, value: VEventSeries): VEventSeries {
  return bluemindEvent.write(undefined, bluemindEvent.read(value, uid), server);
}

function touched(series: Series): Series {
  return { ...series, main: series.main && { ...series.main, title: `${series.main.title} (moved)` } };
}

function timed<T>(work: () => T): { readonly result: T; readonly took: number } {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { result, took: Math.round((user + system) / 1000) };
}

/** Half of the events single, two in ten meetings, three in ten repeating, every third of those with changed and removed occurrences. */
function calendar(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => eventLines(n)).flat();
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
}

function eventLines(n: number): readonly string[] {
  const zone = ZONES[n % ZONES.length];
  const day = new Date(Date.UTC(2025, 0, 6) + (n % 700) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const hour = String(8 + (n % 9)).padStart(2, '0');
  const isAllDay = n % 7 === 0;
  const kind = n % 10;
  const common = [
    `UID:bench-${n}@acme.test`,
    `SUMMARY:Event ${n} – planning and review`,
    `LOCATION:Room ${n % 40}`,
    `DESCRIPTION:${'A few words about what this is for.\\n'.repeat(1 + (n % 6))}`,
    ...(n % 3 === 0 ? [`CATEGORIES:Work,Team ${n % 5}`] : []),
    ...(n % 4 === 0 ? ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM'] : []),
    ...(kind === 5 || kind === 6 ? people(n) : []),
  ];
  const times = (date: string) =>
    isAllDay
      ? [`DTSTART;VALUE=DATE:${date}`]
      : [`DTSTART;TZID=${zone}:${date}T${hour}0000`, `DTEND;TZID=${zone}:${date}T${hour}4500`];
  if (kind < 7) return ['BEGIN:VEVENT', ...common, ...times(day), 'END:VEVENT'];
  const rule = RULES[n % RULES.length] ?? '';
  return ['BEGIN:VEVENT', ...common, ...times('20250106'), `RRULE:${rule}`, 'END:VEVENT', ...changed(n, common)];
}

/** An occurrence of the series moved by an hour: of every third one that begins with Monday 6 January 2025. */
function changed(n: number, common: readonly string[]): readonly string[] {
  if (n % 9 !== 0 || n % 7 === 0) return [];
  const zone = ZONES[n % ZONES.length];
  const hour = String(8 + (n % 9)).padStart(2, '0');
  return [
    'BEGIN:VEVENT',
    ...common,
    `RECURRENCE-ID;TZID=${zone}:20250106T${hour}0000`,
    `DTSTART;TZID=${zone}:20250106T190000`,
    `DTEND;TZID=${zone}:20250106T193000`,
    'END:VEVENT',
  ];
}

function people(n: number): readonly string[] {
  const names = Array.from({ length: 3 + (n % 8) }, (_, i) => `person${(n + i) % 50}`);
  return [
    `ORGANIZER;CN=Me:mailto:${n % 2 === 0 ? 'me' : 'ann'}@acme.test`,
    ...names.map((name) => `ATTENDEE;CN=${name};PARTSTAT=ACCEPTED:mailto:${name}@acme.test`),
  ];
}
