import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { toUtcTime } from './zone-time.ts';

const HOUR = 3_600_000;

test('wall times become UTC as Temporal has it, on every hour around a change of the clocks and far from one', () => {
  const changes = [
    ['Europe/Paris', '2026-03-29T00:00:00Z'],
    ['Europe/Paris', '2026-10-25T00:00:00Z'],
    ['America/New_York', '2026-03-08T00:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T00:00:00Z'],
    ['Pacific/Apia', '2011-12-30T00:00:00Z'],
    ['Asia/Kolkata', '2026-06-01T00:00:00Z'],
  ] as const;
  for (const [iana, about] of changes) {
    for (let hour = -72; hour <= 72; hour += 0.5) {
      const wall = new Date(Date.parse(about) + hour * HOUR).toISOString().slice(0, 19);
      const moment = Temporal.PlainDateTime.from(wall).toZonedDateTime(iana, { disambiguation: 'compatible' });
      const utc = moment.toInstant().toString({ smallestUnit: 'second' }).slice(0, 19);
      expect([iana, wall, toUtcTime(wall, iana)]).toEqual([iana, wall, utc]);
    }
  }
});
