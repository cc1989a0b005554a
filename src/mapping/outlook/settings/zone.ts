import type { ZoneId } from '../../../domain/time.ts';
import type { CalendarOptions } from '../../../outlook/model/calendar-options.ts';
import { ianaZoneOf, windowsZoneId, windowsZoneOf } from '../../../outlook/model/windows-zones.ts';
import { withWorkZone, workZoneIn } from '../../../outlook/model/work-hours-xml.ts';
import { ianaZoneOfRule, zoneRuleOf } from '../../../outlook/model/zone-rules.ts';
import { type Field, patching } from '../../field.ts';

/**
 * The zone of the working hours, which stands in the hidden work-hours item. The zone of the PC is not it: a traveller changes that
 * one, and no program should.
 * @loss without that item Outlook says no zone and takes none; a zone that Windows does not have is not written; zones that
 *   Windows takes for one are read as the typical one of them
 * @param year whose rules are written, and looked for where the item names no zone
 */
export function zoneField(year: number): Field<CalendarOptions, ZoneId | undefined> {
  const read = ({ workHours }: CalendarOptions) => {
    const found = workHours === undefined ? undefined : workZoneIn(workHours);
    if (found === undefined) return undefined;
    return windowsZoneId(found.windowsId) === undefined
      ? ianaZoneOfRule(found.rule, year)
      : ianaZoneOf(found.windowsId);
  };
  return patching({
    read,
    write: (options, id) => {
      const windowsId = id === undefined ? undefined : windowsZoneOf(id);
      const typical = windowsId && ianaZoneOf(windowsId);
      if (!windowsId || !typical || options.workHours === undefined || read(options) === typical) return options;
      const rule = zoneRuleOf(typical, year);
      return { ...options, workHours: withWorkZone(options.workHours, { windowsId, rule }) };
    },
    survives: (id) => {
      const windowsId = id === undefined ? undefined : windowsZoneOf(id);
      return windowsId && ianaZoneOf(windowsId);
    },
  });
}
