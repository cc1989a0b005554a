import { Temporal } from 'temporal-polyfill';

/** `2026-03-09 14:00:05` on this machine's clock, from ISO 8601 in UTC. */
export function localTime(iso: string): string {
  return Temporal.Instant.from(iso)
    .toZonedDateTimeISO(Temporal.Now.timeZoneId())
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replace('T', ' ');
}
