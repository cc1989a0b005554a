/** VALARM → the server's alarms. */

import type { Moment } from '../../domain/time.ts';
import { secondsOf } from '../../domain/time-civil.ts';
import { instantOf } from '../../domain/zones.ts';
import type { VAlarm } from '../../wire/calendar.ts';
import { firstValue } from '../vcard/content-line.ts';
import { type IcalComponent, property, textOf } from './calendar-tree.ts';
import { durationSeconds, timeOf } from './time-value.ts';
import type { ZoneBook } from './zone-rules.ts';

/** What an alarm's trigger is measured against; a date begins at its midnight. `seconds` @units seconds from start to end */
export type AlarmAnchor = { readonly start: Moment; readonly seconds: number };

const ACTIONS: Readonly<Record<string, NonNullable<VAlarm['action']>>> = {
  DISPLAY: 'Display',
  EMAIL: 'Email',
  AUDIO: 'Audio',
};

/**
 * The alarms of an event that can be kept.
 * @loss alarms without a readable trigger, those switched off (`ACTION:NONE`) and those that run a program
 */
export function readAlarms(event: IcalComponent, anchor: AlarmAnchor, zones: ZoneBook): readonly VAlarm[] {
  const alarms = event.children.filter((child) => child.name === 'VALARM').slice(0, MOST_ALARMS);
  return alarms.flatMap((alarm): readonly VAlarm[] => {
    // An alarm without a known action is shown: that is what most programs make of it.
    const word = textOf(alarm, 'ACTION')?.trim().toUpperCase() ?? 'DISPLAY';
    if (word === 'NONE' || word === 'PROCEDURE') return [];
    const trigger = triggerSeconds(alarm, anchor, zones);
    if (trigger === undefined) return [];
    return [
      {
        action: ACTIONS[word] ?? 'Display',
        trigger,
        description: textOf(alarm, 'DESCRIPTION') || null,
        duration: durationSeconds(textOf(alarm, 'DURATION') ?? '') ?? 0,
        repeat: Math.trunc(Number(textOf(alarm, 'REPEAT') ?? 0)) || 0,
        summary: textOf(alarm, 'SUMMARY') || null,
      },
    ];
  });
}

const MOST_ALARMS = 50;

/** @units seconds relative to the start of the event, negative = before */
function triggerSeconds(alarm: IcalComponent, anchor: AlarmAnchor, zones: ZoneBook): number | undefined {
  const line = property(alarm, 'TRIGGER');
  if (line === undefined) return undefined;
  const relative = durationSeconds(line.value);
  if (relative !== undefined) {
    const fromEnd = firstValue(line.parameters, 'RELATED')?.toUpperCase() === 'END';
    return relative + (fromEnd ? anchor.seconds : 0);
  }
  const time = timeOf(line);
  if (time === undefined || time.kind === 'date') return undefined;
  const at = zones.place(time.wall, time.zone);
  if (at.zone === undefined || anchor.start.zone === undefined)
    return secondsOf(at.wall) - secondsOf(anchor.start.wall);
  return Math.round((instantOf(at.wall, at.zone) - instantOf(anchor.start.wall, anchor.start.zone)) / 1000);
}
