import { isFailure } from '../../base/failure.ts';
import { readZoneDefinition, type ZoneDefinition } from '../model/time-zone-blob.ts';
import { wallTimeByRule } from '../model/zone-rules.ts';
import type { OutlookValue } from './program.ts';
import type { RowTimes } from './rows.ts';
import { isDate } from './values.ts';
import { zoneKeyFrom } from './zone-key.ts';

/** What the item itself has of its times: its moments in UTC and the definitions of its zones. */
export type ItemMoments = {
  readonly start: OutlookValue | undefined;
  readonly end: OutlookValue | undefined;
  readonly startZone: OutlookValue | undefined;
  readonly endZone: OutlookValue | undefined;
  /** The zone of its series, where it has one. */
  readonly recurrenceZone: OutlookValue | undefined;
};

/**
 * The wall times of an item's start and end as its row has them, in the zone of Windows, which is the item's own; undefined when
 * the item must be asked. They are taken only where nothing that Outlook may reckon by could make them others: the row has what
 * the rules of Windows make of a moment, and every rule that the item carries makes the same of it. Where rules have changed over
 * the years, or a table converts by today's offset, the two differ.
 * @units `YYYY-MM-DDTHH:MM:SS`
 */
export function wallTimesFrom(row: RowTimes, item: ItemMoments): RowTimes | undefined {
  const [start, end] = [definitionOf(item.startZone), definitionOf(item.endZone)];
  if (start === undefined || end === undefined || !isDate(item.start) || !isDate(item.end)) return undefined;
  const series = item.recurrenceZone instanceof Uint8Array ? zoneKeyFrom(item.recurrenceZone) : start.keyName;
  if (start.keyName !== end.keyName || start.keyName !== series) return undefined;
  return isShownBy(start, item.start.date, row.start) && isShownBy(end, item.end.date, row.end) ? row : undefined;
}

function isShownBy({ rules }: ZoneDefinition, utc: string, wall: string): boolean {
  return rules.length > 0 && rules.every((rule) => wallTimeByRule(rule, utc) === wall);
}

/** A damaged definition is none. */
function definitionOf(value: OutlookValue | undefined): ZoneDefinition | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  try {
    return readZoneDefinition(value);
  } catch (error) {
    if (isFailure(error, 'OUTLOOK_BAD_STRUCTURE')) return undefined;
    throw error;
  }
}
