/** Series without an end that take place many times a day, from a file to Outlook. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallDesk } from './small-desk.ts';
import { CALENDAR } from './world.ts';

const small = smallDesk();

const SERIES = [
  ['DTSTART:20270303T091500Z', 'RRULE:FREQ=SECONDLY'],
  ['DTSTART;TZID=Europe/Paris:20270303T091500', 'RRULE:FREQ=HOURLY;UNTIL=20281001T000000Z'],
  ['DTSTART:20270303T091500Z', 'RRULE:FREQ=HOURLY;INTERVAL=5'],
] as const;

it("[EV6] come to Outlook in the first run, also in a zone that is not Outlook's, and the next run does nothing", async () => {
  const path = join(small().home, 'often.ics');
  const text = SERIES.map((lines, at) => [
    ...['BEGIN:VEVENT', `UID:often-${at}`, `SUMMARY:Often ${at}`, 'DURATION:PT10M', ...lines, 'END:VEVENT'],
  ]);
  writeFileSync(path, ['BEGIN:VCALENDAR', 'VERSION:2.0', ...text.flat(), 'END:VCALENDAR', ''].join('\r\n'));
  await small().desk.agent.imports.files([{ path }], { into: [], dryRun: false });
  const lines = async () => {
    const { folders } = await small().desk.agent.run();
    return folders.flatMap(({ report }) => report?.lines ?? []).map(({ do: does, outcome }) => `${does} ${outcome}`);
  };
  expect(await lines()).toEqual(SERIES.map(() => 'create done'));
  expect(await lines()).toEqual([]);
  expect((await small().inOutlook(CALENDAR)).map(([, title]) => title)).toEqual(SERIES.map((_, at) => `Often ${at}`));
});
