/** Dates of cards: in text the many ways of writing a day, on the wire milliseconds of midnight UTC. */

/**
 * The day that a BDAY or ANNIVERSARY value names.
 * @units milliseconds since 1970 of midnight UTC; `null` when it names no whole day
 * @loss a day without its year (`--0412`, or Apple's stand-in year 1604) has no home on the wire
 */
export function readDay(text: string): number | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(text.trim());
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  if (match === null || year === 1604) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

/** The day of a wire date as `YYYY-MM-DD`, or `null` when no such day can be written. */
export function writeDay(milliseconds: number | null | undefined): string | null {
  if (milliseconds === null || milliseconds === undefined) return null;
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}
