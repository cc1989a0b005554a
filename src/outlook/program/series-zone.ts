import type { Handle } from './program.ts';
import { APPLICATION, type Ref, type Script } from './script.ts';

/**
 * Converts wall times of a series to the zone that Windows has now and back: GetOccurrence and the members of exceptions count
 * in the latter, everything else about a series in its own zone.
 * @source outlook-calendar.md 4.6
 */
export type SeriesZone = {
  /** @param wall `YYYY-MM-DDTHH:MM:SS` in the series' zone */
  toSystem(run: Script, wall: string): { readonly handle: Handle };
  /** @param local handle of a date in the system's zone */
  toSeries(run: Script, local: Handle): Handle;
};

/** Takes the zones of a series and of Windows, three calls. */
export function seriesZone(run: Script, item: Ref<'AppointmentItem'>): SeriesZone {
  const zones = run.object(APPLICATION, 'TimeZones', 'TimeZones');
  const system = run.object(zones, 'CurrentTimeZone', 'TimeZone');
  const series = run.object(item, 'StartTimeZone', 'TimeZone');
  return {
    toSystem: (into, wall) => ({ handle: into.call(zones, 'ConvertTime', { date: wall }, series, system) }),
    toSeries: (into, local) => into.call(zones, 'ConvertTime', { handle: local }, system, series),
  };
}
