import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../base/utf8.ts';
import { decodeAppointmentRecur } from '../../model/recurrence-meaning.ts';
import { PT } from '../property.ts';
import { writeProperty } from '../stored-properties.ts';
import { faultOf } from '../testing/world.ts';
import { APPT } from './appointment-props.ts';
import { at, calendarWorld, exceptionsOf, NAME, stored } from './testing/appointments.ts';

const PATTERN_NUMBERS = [
  'RecurrenceType',
  'Interval',
  'DayOfWeekMask',
  'DayOfMonth',
  'MonthOfYear',
  'Instance',
  'Occurrences',
  'Duration',
];

describe('RecurrencePattern', () => {
  it('[EC26] asking for the pattern makes an item recur, clearing it makes it single', () => {
    const { appointment, reopen } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    item.call('Save');
    expect([item.get('IsRecurring'), item.get('RecurrenceState'), item.get('Saved')]).toEqual([false, 0, true]);
    item.object('GetRecurrencePattern');
    expect([item.get('IsRecurring'), item.get('RecurrenceState'), item.get('Saved')]).toEqual([true, 1, false]);
    item.call('Save');
    const again = reopen(item);
    expect([again.get('IsRecurring'), stored(again, NAME.recurring)]).toEqual([true, true]);
    again.call('ClearRecurrencePattern');
    again.object('GetRecurrencePattern');
    expect(again.get('IsRecurring')).toBe(false);
    again.call('ClearRecurrencePattern');
    again.call('Save');
    const single = reopen(item);
    expect([single.get('IsRecurring'), single.get('Start')]).toEqual([false, at('2026-03-10T09:00:00')]);
    expect(faultOf(() => stored(single, NAME.recurrence))).toBe('NOT_FOUND');
  });

  it('[EC26] a new pattern is weekly on the item’s weekday without end', () => {
    const { appointment } = calendarWorld();
    const pattern = appointment('2026-03-10T09:00:00', 30).object('GetRecurrencePattern');
    expect(PATTERN_NUMBERS.map((member) => pattern.get(member))).toEqual([1, 1, 4, 0, 0, 0, 0, 30]);
    expect(['PatternStartDate', 'StartTime', 'EndTime', 'NoEndDate'].map((member) => pattern.get(member))).toEqual([
      at('2026-03-10'),
      at('2026-03-10T09:00:00'),
      at('2026-03-10T09:30:00'),
      true,
    ]);
  });

  it('[EC27] every member can be read for every type', () => {
    const { appointment } = calendarWorld();
    const pattern = appointment('2026-03-10T09:00:00').object('GetRecurrencePattern');
    for (const type of [0, 1, 2, 3, 5, 6]) {
      pattern.put('RecurrenceType', type);
      expect(PATTERN_NUMBERS.map((member) => typeof pattern.get(member))).toEqual(PATTERN_NUMBERS.map(() => 'number'));
    }
  });

  it('[EC28] what cannot be is refused at the setter, an instance above 5 at Save', () => {
    const { appointment } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    const pattern = item.object('GetRecurrencePattern');
    const wrong = [
      ['DayOfMonth', 32],
      ['DayOfMonth', 0],
      ['Interval', 0],
      ['Occurrences', 0],
      ['RecurrenceType', 4],
      ['PatternEndDate', at('2026-03-09')],
    ] as const;
    expect(wrong.map(([member, value]) => faultOf(() => pattern.put(member, value)))).toEqual(
      wrong.map(() => 'INVALID_ARGUMENT'),
    );
    pattern.put('RecurrenceType', 3);
    pattern.put('Instance', 6);
    expect(faultOf(() => item.call('Save'))).toBe('EXCEPTION');
    pattern.put('Instance', 2);
    expect(faultOf(() => item.call('Save'))).toBe('none');
  });

  it('[EC29] a series that ends shows both its count and its end', () => {
    const { series, reopen } = calendarWorld();
    const pattern = reopen(
      series('2026-03-10T09:00:00', { RecurrenceType: 0, Interval: 2, PatternEndDate: at('2026-03-15') }),
    ).object('GetRecurrencePattern');
    const shown = () => ['NoEndDate', 'Occurrences', 'PatternEndDate'].map((member) => pattern.get(member));
    expect(shown()).toEqual([false, 3, at('2026-03-15')]);
    pattern.put('Occurrences', 5);
    expect(shown()).toEqual([false, 5, at('2026-03-18')]);
    pattern.put('NoEndDate', true);
    expect(shown()).toEqual([true, 0, at('4500-08-31')]);
  });

  it('[EC30] yearly intervals are months, and come back as such', () => {
    const { series, reopen } = calendarWorld();
    const item = series('2026-03-10T09:00:00', { RecurrenceType: 5, Interval: 24 });
    const pattern = reopen(item).object('GetRecurrencePattern');
    expect([
      pattern.get('RecurrenceType'),
      pattern.get('Interval'),
      pattern.get('MonthOfYear'),
      pattern.get('DayOfMonth'),
    ]).toEqual([5, 24, 3, 10]);
    const years = calendarWorld({ switches: { yearlyInterval: 'years' } });
    const other = years.series('2026-03-10T09:00:00', { RecurrenceType: 5, Interval: 2 });
    expect(years.reopen(other).object('GetRecurrencePattern').get('Interval')).toBe(2);
    expect(toHex(stored(other, NAME.recurrence) as Uint8Array)).toBe(
      toHex(stored(item, NAME.recurrence) as Uint8Array),
    );
  });

  it('[EC31] "every weekday" has the interval 0; writing 1 over it makes Save fail', () => {
    const { series, reopen, emulator } = calendarWorld();
    const item = series('2026-03-10T09:00:00', { RecurrenceType: 1, DayOfWeekMask: 62 });
    const bytes = stored(item, NAME.recurrence) as Uint8Array;
    bytes[4] = 0x0a;
    writeProperty(emulator.session.database, 'i1', APPT.recurrence, { type: PT.BINARY, value: bytes });
    const again = reopen(item);
    const pattern = again.object('GetRecurrencePattern');
    expect([pattern.get('RecurrenceType'), pattern.get('DayOfWeekMask'), pattern.get('Interval')]).toEqual([1, 62, 0]);
    pattern.put('Occurrences', 7);
    again.call('Save');
    expect((stored(again, NAME.recurrence) as Uint8Array)[4]).toBe(0x0a);
    reopen(item).object('GetRecurrencePattern').get('Interval');
    pattern.put('Interval', 1);
    expect(faultOf(() => again.call('Save'))).toBe('MEMBER_NOT_FOUND');
  });

  it('[EC32] a type alone takes its day from the start', () => {
    const { appointment } = calendarWorld();
    const pattern = appointment('2026-04-30T09:00:00').object('GetRecurrencePattern');
    const shown = [1, 2, 5].map((type) => {
      pattern.put('RecurrenceType', type);
      return ['DayOfWeekMask', 'DayOfMonth', 'MonthOfYear'].map((member) => pattern.get(member));
    });
    expect(shown).toEqual([
      [16, 0, 0],
      [0, 30, 0],
      [0, 30, 4],
    ]);
  });

  it('[EC33] the 31st is the last day of a shorter month', () => {
    const { series, calendar } = calendarWorld();
    series('2026-01-31T09:00:00', { RecurrenceType: 2, Occurrences: 4 });
    const items = calendar.object('Items');
    items.call('Sort', '[Start]');
    items.put('IncludeRecurrences', true);
    const starts = [1, 2, 3, 4].map((index) => items.object('Item', index).get('Start'));
    expect(starts).toEqual(
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'].map((date) => at(`${date}T09:00:00`)),
    );
  });

  it('[EC42] changing the pattern of a saved series forgets its exceptions, changing its end does not', () => {
    const changes = [
      ['Occurrences', 20],
      ['NoEndDate', true],
      ['DayOfWeekMask', 20],
      ['Interval', 2],
      ['StartTime', at('2026-03-10T10:00:00')],
      ['PatternStartDate', at('2026-03-17')],
      ['RecurrenceType', 0],
    ] as const;
    const kept = changes.map(([member, value]) => {
      const { series, reopen } = calendarWorld();
      const item = series('2026-03-10T09:00:00', { RecurrenceType: 1, Occurrences: 5 });
      reopen(item).object('GetRecurrencePattern').object('GetOccurrence', at('2026-03-24T09:00:00')).call('Delete');
      const again = reopen(item);
      again.object('GetRecurrencePattern').put(member, value);
      again.call('Save');
      return exceptionsOf(reopen(item)).length;
    });
    expect(kept).toEqual([1, 1, 0, 0, 0, 0, 0]);
  });

  it('[EC44] the structure of the specification’s daily example is made byte for byte', () => {
    const { series, reopen } = calendarWorld();
    const item = series(
      '2011-04-07T08:00:00',
      { RecurrenceType: 0, Interval: 3, PatternEndDate: at('2011-05-04') },
      30,
    );
    const pattern = reopen(item).object('GetRecurrencePattern');
    for (const date of ['2011-04-22', '2011-04-19'])
      pattern.object('GetOccurrence', at(`${date}T08:00:00`)).call('Delete');
    expect(toHex(stored(reopen(item), NAME.recurrence) as Uint8Array)).toBe(
      '043004300A2000000000A0050000E010000000000000212000000A0000000000000002000000A0C1DC0C80D2DC0C00000000207EDC0C0016DD0C0630000009300000E0010000FE01000000000000000000000000',
    );
  });

  it('[EC44] the structure of the weekly example with its moved occurrence is made byte for byte', () => {
    const { series, reopen } = calendarWorld();
    const item = series('2007-03-26T10:00:00', { RecurrenceType: 1, DayOfWeekMask: 50, Occurrences: 12 }, 30);
    const occurrence = reopen(item).object('GetRecurrencePattern').object('GetOccurrence', at('2007-04-16T10:00:00'));
    occurrence.put('Start', at('2007-04-16T11:00:00'));
    occurrence.put('Subject', 'Simple Recurrence with exceptions');
    occurrence.put('Location', '34/4141');
    occurrence.call('Save');
    expect(toHex(stored(reopen(item), NAME.recurrence) as Uint8Array)).toBe(
      '043004300B2001000000C0210000010000000000000032000000222000000C0000000000000001000000A096BC0C01000000A096BC0C8020BC0C20ADBC0C0630000009300000580200007602000001003499BC0C5299BC0CF898BC0C11002200210053696D706C6520526563757272656E6365207769746820657863657074696F6E730800070033342F34313431000000000400000000000000000000003499BC0C5299BC0CF898BC0C2100530069006D0070006C006500200052006500630075007200720065006E006300650020007700690074006800200065007800630065007000740069006F006E0073000700330034002F0034003100340031000000000000000000',
    );
  });

  it('[EC44] a series in another zone is stored on that zone’s clock', () => {
    const { add, zone, reopen } = calendarWorld();
    const item = add();
    item.put('StartTimeZone', zone('Eastern Standard Time'));
    item.put('EndTimeZone', zone('Eastern Standard Time'));
    item.put('StartInStartTimeZone', at('2026-03-02T09:00:00'));
    item.object('GetRecurrencePattern').put('RecurrenceType', 0);
    item.call('Save');
    const series = decodeAppointmentRecur(stored(item, NAME.recurrence) as Uint8Array);
    expect([series.firstDate, series.startMinutes, reopen(item).get('Start')]).toEqual([
      '2026-03-02',
      540,
      at('2026-03-02T15:00:00'),
    ]);
    expect(toHex(stored(item, NAME.zoneStruct) as Uint8Array).slice(0, 24)).toBe('2C01000000000000C4FFFFFF');
    const later = reopen(item).object('GetRecurrencePattern').object('GetOccurrence', at('2026-03-10T14:00:00'));
    expect(later.get('StartInStartTimeZone')).toEqual(at('2026-03-10T09:00:00'));
  });

  it('a damaged structure leaves the item readable and its pattern not', () => {
    const { series, reopen, emulator } = calendarWorld();
    const item = series('2026-03-10T09:00:00', { RecurrenceType: 0 });
    writeProperty(emulator.session.database, 'i1', APPT.recurrence, { type: PT.BINARY, value: fromHex('0430') });
    const again = reopen(item);
    expect([again.get('Subject'), again.get('IsRecurring')]).toEqual(['Planning', true]);
    expect(faultOf(() => again.call('GetRecurrencePattern'))).toBe('FAILED');
  });
});
