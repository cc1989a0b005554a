import type { LocalDate } from '../../../domain/time.ts';
import { isLocalDate } from '../../../domain/time-civil.ts';

/** A day that Outlook keeps: its dates begin in 1601 and its "no date" is 1 January 4501. @source outlook-objects 6.4 */
export function keptDay(day: LocalDate | undefined): LocalDate | undefined {
  return day !== undefined && isLocalDate(day) && day >= '1601-01-02' && day < '4501-01-01' ? day : undefined;
}
