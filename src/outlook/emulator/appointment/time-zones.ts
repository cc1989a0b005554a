/** TimeZones and TimeZone. @source outlook-calendar.md section 3 */

import type { SystemTime, ZoneRule } from '../../model/time-zone-blob.ts';
import { windowsZoneIds } from '../../model/windows-zones.ts';
import { zoneRuleOf } from '../../model/zone-rules.ts';
import { date, text } from '../arguments.ts';
import { at } from '../collection.ts';
import { type DispatchObject, type MemberTable, type ObjectClass, stateOf } from '../dispatch.ts';
import { fail } from '../fault.ts';
import type { Session } from '../session.ts';
import { standardMembers } from '../standard-members.ts';
import { toLocalTime, toUtcTime } from '../zone-time.ts';
import { type Zone, zoneById, zoneText } from './item-zones.ts';

type TimeZonesState = { readonly session: Session };
type TimeZoneState = { readonly session: Session; readonly zone: Zone };

export function timeZonesObject(session: Session): DispatchObject {
  return session.make(TIME_ZONES, { session });
}

export function timeZoneObject(session: Session, zone: Zone): DispatchObject {
  return session.make(TIME_ZONE, { session, zone });
}

/** The zone behind a TimeZone object. @throws TYPE_MISMATCH for anything else */
export function zoneOf(value: Parameters<typeof stateOf>[0]): Zone {
  return stateOf<TimeZoneState>(value, 'TimeZone').zone;
}

/** By 1-based number or by id in exactly its case. EC16 */
function item({ session }: TimeZonesState, key: unknown): DispatchObject {
  const id = typeof key === 'number' ? at(windowsZoneIds(), key) : text(key as string);
  return timeZoneObject(session, zoneById(session, id) ?? fail('INVALID_ARGUMENT', id));
}

function ruleOf({ session, zone }: TimeZoneState): ZoneRule {
  return zoneRuleOf(zone.iana, yearOf(session));
}

function yearOf(session: Session): number {
  return Number(session.now().slice(0, 4));
}

/** When the clocks change this year, on the clock before the change; the first of January where they do not. */
function changeOf(self: TimeZoneState, change: SystemTime): { readonly date: string } {
  const year = yearOf(self.session);
  if (change.month === 0) return { date: `${year}-01-01T00:00:00` };
  const first = new Date(Date.UTC(year, change.month - 1, 1)).getUTCDay();
  const length = new Date(Date.UTC(year, change.month, 0)).getUTCDate();
  let day = 1 + ((change.dayOfWeek - first + 7) % 7) + (change.day - 1) * 7;
  while (day > length) day -= 7;
  return {
    date: new Date(Date.UTC(year, change.month - 1, day, change.hour, change.minute)).toISOString().slice(0, 19),
  };
}

const TIME_ZONES_MEMBERS: MemberTable<TimeZonesState> = {
  ...standardMembers<TimeZonesState>(156, ({ session }) => session.objects.application),
  Count: { get: () => windowsZoneIds().length },
  Item: { call: (self, [key]) => item(self, key) },
  CurrentTimeZone: { get: ({ session }) => timeZoneObject(session, session.zone()) },
  ConvertTime: {
    call: (_, [time, from, to]) => ({ date: toLocalTime(toUtcTime(date(time), zoneOf(from).iana), zoneOf(to).iana) }),
  },
};
const TIME_ZONES: ObjectClass<TimeZonesState> = { name: 'TimeZones', members: TIME_ZONES_MEMBERS };

const TIME_ZONE_MEMBERS: MemberTable<TimeZoneState> = {
  ...standardMembers<TimeZoneState>(157, ({ session }) => timeZonesObject(session)),
  ID: { get: ({ zone }) => zone.windows },
  Name: { get: ({ session, zone }) => zoneText(zone, yearOf(session)) },
  Bias: { get: (self) => ruleOf(self).bias },
  StandardBias: { get: (self) => ruleOf(self).standardBias },
  DaylightBias: { get: (self) => ruleOf(self).daylightBias },
  StandardDate: { get: (self) => changeOf(self, ruleOf(self).standardDate) },
  DaylightDate: { get: (self) => changeOf(self, ruleOf(self).daylightDate) },
  StandardDesignation: { get: ({ zone }) => zone.windows },
  DaylightDesignation: { get: ({ zone }) => zone.windows.replace('Standard', 'Daylight') },
};
const TIME_ZONE: ObjectClass<TimeZoneState> = { name: 'TimeZone', members: TIME_ZONE_MEMBERS };
