import { describe, expect, it } from 'vitest';
import type { Appointment } from '../model/appointment.ts';
import { TAG, tagSchemaName } from '../model/named-properties.ts';
import type { RecurrencePattern } from '../model/recurrence-pattern.ts';
import { sampleAppointment, weekly, ZONE } from '../testing/samples.ts';
import type { AppointmentRead } from './appointment-read.ts';
import { callsOf } from './calls-of.ts';
import type { Program, Step } from './program.ts';
import { APPOINTMENT, ITEM } from './schema-names.ts';
import { writeAppointment } from './write-appointment.ts';

const GIVEN = { session: { object: 1 }, folder: { object: 2 } };

function readOf(value: Appointment): AppointmentRead {
  const snapshot = { entryId: 'AB', lastModified: '2026-03-01T08:00:00Z', messageClass: 'IPM.Appointment', value };
  return { snapshot, recipients: [], recurrence: value.recurrence };
}

function programFor(before: Appointment | undefined, after: Appointment): Program | undefined {
  const written = writeAppointment({
    given: GIVEN,
    storeId: undefined,
    before: before === undefined ? undefined : readOf(before),
    after,
    yearlyInterval: 'months',
  });
  return written?.program;
}

/** What a program does to the item, without opening it: members written and called, in order. */
function lines(program: Program | undefined): readonly string[] {
  const text = (step: Step): readonly string[] => {
    if (step.do === 'put') return [`${step.on}.${step.member} := ${JSON.stringify(step.value)}`];
    if (step.do === 'call') return [`${step.on}.${step.member}`];
    return [];
  };
  return (program?.steps ?? []).flatMap(text);
}

function members(program: Program | undefined): readonly string[] {
  return lines(program).map((line) => line.split(' ')[0]?.split('.')[1] ?? '');
}

describe('the program that writes an appointment', () => {
  it('guards, writes what differs and saves: five calls', () => {
    const before = sampleAppointment();
    const program = programFor(before, { ...before, location: 'Salle 4' });
    expect(program?.steps).toEqual([
      { do: 'call', on: 'session', member: 'GetItemFromID', args: ['AB'], as: 'GetItemFromID' },
      { do: 'get', on: 'GetItemFromID', member: 'PropertyAccessor', as: 'PropertyAccessor', guarded: true },
      { do: 'call', on: 'PropertyAccessor', member: 'GetProperty', args: [ITEM.lastModified], as: 'GetProperty' },
      { do: 'expect', handle: 'GetProperty', values: [{ date: '2026-03-01T08:00:00' }] },
      { do: 'put', on: 'GetItemFromID', member: 'Location', value: 'Salle 4' },
      { do: 'call', on: 'GetItemFromID', member: 'Save', as: 'Save' },
    ]);
    expect(program && callsOf(program)).toBe(5);
  });

  it('is none when nothing differs', () => {
    const series = sampleAppointment({ recurrence: weekly({ deleted: ['2026-03-17'] }) });
    expect([programFor(series, { ...series }), programFor(sampleAppointment(), sampleAppointment())]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('[H23] never saves a new item before its token was taken', () => {
    const steps = programFor(undefined, sampleAppointment())?.steps ?? [];
    const set = steps.findIndex((step) => step.do === 'call' && step.member === 'SetProperties');
    const check = steps[set + 1];
    const save = steps.findIndex((step) => step.do === 'call' && step.member === 'Save');
    const setStep = steps[set];
    expect(setStep?.do === 'call' && setStep.args?.[0]).toContain(tagSchemaName(TAG.token));
    expect(check?.do === 'expect' && setStep?.do === 'call' && check.handle === setStep.as).toBe(true);
    expect(save).toBe(set + 2);
  });

  it('writes zones before times, times before all-day, and what all-day changes after it', () => {
    const days = { allDay: true, start: '2026-03-10T00:00:00', end: '2026-03-11T00:00:00' };
    const tokyo = sampleAppointment({ startZone: 'Tokyo Standard Time', endZone: 'Tokyo Standard Time' });
    expect(members(programFor(tokyo, { ...tokyo, ...days }))).toEqual([
      'GetItemFromID',
      'GetProperty',
      'StartTimeZone',
      'EndTimeZone',
      'StartInStartTimeZone',
      'EndInEndTimeZone',
      'AllDayEvent',
      'BusyStatus',
      'ReminderSet',
      'ReminderMinutesBeforeStart',
      'Save',
    ]);
    const timed = { ...tokyo, ...days, busyStatus: 0 } as const;
    expect(members(programFor(timed, { ...timed, ...sampleAppointment() })).slice(2, 8)).toEqual([
      'AllDayEvent',
      'Item',
      'StartTimeZone',
      'EndTimeZone',
      'StartInStartTimeZone',
      'EndInEndTimeZone',
    ]);
  });

  it('gives days the zone of Windows, whatever zone they were in', () => {
    const days = { allDay: true, start: '2026-03-10T00:00:00', end: '2026-03-11T00:00:00' };
    const before = sampleAppointment({ startZone: 'Tokyo Standard Time', endZone: 'Tokyo Standard Time' });
    const puts = lines(programFor(before, { ...before, ...days })).filter((line) => line.includes('TimeZone :='));
    expect(puts.slice(0, 2)).toEqual([
      'GetItemFromID.StartTimeZone := {"handle":"CurrentTimeZone"}',
      'GetItemFromID.EndTimeZone := {"handle":"CurrentTimeZone"}',
    ]);
    const other = { ...before, ...days, startZone: ZONE, endZone: ZONE };
    expect(programFor({ ...before, ...days }, other)).toBeUndefined();
  });

  it('moves only the end when only the end moves', () => {
    const before = sampleAppointment();
    expect(members(programFor(before, { ...before, end: '2026-03-10T12:00:00' }))).toEqual([
      'GetItemFromID',
      'GetProperty',
      'EndInEndTimeZone',
      'Save',
    ]);
  });

  it('writes the members of a rule in the documented order', () => {
    const pattern = { type: 'yearNth', interval: 2, monthOfYear: 3, dayOfWeekMask: 4, instance: 2 } as const;
    const after = sampleAppointment({ recurrence: weekly({ pattern }) });
    expect(lines(programFor(undefined, after)).filter((line) => line.startsWith('GetRecurrencePattern'))).toEqual([
      'GetRecurrencePattern.RecurrenceType := 6',
      'GetRecurrencePattern.DayOfWeekMask := 4',
      'GetRecurrencePattern.Instance := 2',
      'GetRecurrencePattern.MonthOfYear := 3',
      'GetRecurrencePattern.Interval := 24',
      'GetRecurrencePattern.PatternStartDate := {"date":"2026-03-10T00:00:00"}',
      'GetRecurrencePattern.StartTime := {"date":"2026-03-10T10:00:00"}',
      'GetRecurrencePattern.Duration := 60',
      'GetRecurrencePattern.Occurrences := 6',
    ]);
  });

  it('[H8] writes of a rule only what changed, and the end again when the beginning moved', () => {
    const lineOf = (from: Partial<RecurrencePattern>, to: Partial<RecurrencePattern>) => {
      const before = sampleAppointment({ recurrence: weekly(from) });
      const program = programFor(before, { ...before, recurrence: weekly(to) });
      return lines(program).filter((line) => line.startsWith('GetRecurrencePattern.'));
    };
    expect(lineOf({}, { end: { kind: 'never' } })).toEqual(['GetRecurrencePattern.NoEndDate := true']);
    expect(lineOf({}, { startMinutes: 630 })).toEqual([
      'GetRecurrencePattern.StartTime := {"date":"2026-03-10T10:30:00"}',
      'GetRecurrencePattern.Duration := 60',
      'GetRecurrencePattern.Occurrences := 6',
    ]);
    expect(lineOf({}, { firstDate: '2026-03-17' })).toEqual([
      'GetRecurrencePattern.NoEndDate := true',
      'GetRecurrencePattern.PatternStartDate := {"date":"2026-03-17T00:00:00"}',
      'GetRecurrencePattern.Occurrences := 6',
    ]);
  });

  it('[H8] never touches the rule for an occurrence, and clears it only for one that comes back', () => {
    const before = sampleAppointment({ recurrence: weekly({ deleted: ['2026-03-17'] }) });
    const more = { ...before, recurrence: weekly({ deleted: ['2026-03-17', '2026-03-24'] }) };
    const less = { ...before, recurrence: weekly() };
    const touches = (program: Program | undefined) =>
      lines(program).filter((line) => /^GetRecurrencePattern\.|Clear/.test(line) && !line.includes('GetOccurrence'));
    expect(touches(programFor(before, more))).toEqual([]);
    expect(touches(programFor(before, less))[0]).toMatch(/ClearRecurrencePattern$/);
  });

  it('[EC37] does not save the series after its occurrences', () => {
    const after = sampleAppointment({ recurrence: weekly({ deleted: ['2026-03-17'] }) });
    const program = programFor(undefined, after);
    const saves = members(program).filter((member) => member === 'Save');
    expect([saves.length, members(program).at(-1)]).toEqual([1, 'Delete']);
  });

  it('[H17] gives a new item its calendar-world id after the first Save, the clean one without a date', () => {
    const globalId = `040000008200E00074C5B7101A82E00807EA030A${'00'.repeat(16)}10000000${'11'.repeat(16)}`;
    const program = programFor(undefined, sampleAppointment({ globalId }));
    const sets = (program?.steps ?? []).filter((step) => step.do === 'call' && step.member === 'SetProperties');
    const last = sets.at(-1);
    const [names, values] = last?.do === 'call' ? (last.args ?? []) : [];
    expect(names).toEqual([APPOINTMENT.globalId, APPOINTMENT.cleanGlobalId]);
    const dates = (values as readonly Uint8Array[]).map((value) => [...value.slice(16, 20)]);
    expect(dates).toEqual([
      [7, 234, 3, 10],
      [0, 0, 0, 0],
    ]);
    expect(members(program).slice(-3)).toEqual(['Save', 'SetProperties', 'Save']);
  });
});
