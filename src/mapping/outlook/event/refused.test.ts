import { describe, expect, it } from 'vitest';
import { planOf } from '../../../domain/testing/rule-text.ts';
import { anException, aSeries } from '../../../domain/testing/samples.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import type { OutlookEventContext } from './context.ts';
import { outlookEvent } from './event.ts';
import { withRefused } from './refused.ts';

const context: OutlookEventContext = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
function changed(day: string, title: string): ReturnType<typeof anException> {
  const moment = (clock: string) => ({ wall: `${day}T${clock}`, zone: 'Europe/Paris' });
  return anException(`${day}T09:00:00`, {
    title,
    when: { kind: 'time', start: moment('09:00:00'), end: moment('10:00:00') },
  });
}

const SERIES = aSeries({
  recurrence: planOf('FREQ=WEEKLY;BYDAY=MO;COUNT=6', '2026-03-02T09:00:00', 'floating')?.rule,
  exceptions: [changed('2026-03-09', 'Taken'), changed('2026-03-16', 'Locked')],
});

/** The item as Outlook holds it when it took the first exception only. */
function without(wanted: Appointment): Appointment {
  const recurrence = wanted.recurrence && {
    ...wanted.recurrence,
    exceptions: wanted.recurrence.exceptions.slice(0, 1),
  };
  return { ...wanted, recurrence };
}

describe('occurrences that Outlook does not take', () => {
  const wanted = outlookEvent.write(undefined, SERIES, context);
  const told = withRefused(without(wanted), wanted, context) ?? expect.fail('nothing was told');

  it('[H1] [H3] are told on the item, and are no edit of the user', () => {
    expect(told.body).toContain('Not shown in Outlook: 16 March 2026, 09:00 Locked');
    expect(outlookEvent.read(told, context)).toEqual(SERIES);
    expect(told.recurrence).toEqual(without(wanted).recurrence);
  });

  it('[H3] are said once, and nothing is said where all was taken', () => {
    expect(withRefused(told, wanted, context)).toBeUndefined();
    expect(withRefused(wanted, wanted, context)).toBeUndefined();
  });

  it('[H3] are tried again with the next write, and no longer told', () => {
    const main = SERIES.main && { ...SERIES.main, title: 'edited' };
    const again = outlookEvent.write(told, { ...SERIES, main }, context);
    expect(again.recurrence?.exceptions).toHaveLength(2);
    expect(again.body).not.toContain('Locked');
  });

  it('[H3] what the user makes of the occurrence counts', () => {
    const [, locked] = wanted.recurrence?.exceptions ?? [];
    const recurrence = told.recurrence && {
      ...told.recurrence,
      exceptions: [...told.recurrence.exceptions, { ...(locked ?? expect.fail('none')), subject: 'By the user' }],
    };
    const { exceptions } = outlookEvent.read({ ...told, recurrence }, context);
    expect(exceptions.map(({ event }) => event.title)).toEqual(['Taken', 'By the user']);
  });
});

describe('occurrences whose removal Outlook does not take', () => {
  const removed = { ...SERIES, exceptions: [], excluded: ['2026-03-09T09:00:00', '2026-03-23T09:00:00'] };
  const before = outlookEvent.write(undefined, SERIES, context);
  const wanted = outlookEvent.write(before, removed, context);
  /** Outlook keeps both occurrences, one of them with what it said. */
  const stuck: Appointment = {
    ...wanted,
    recurrence: wanted.recurrence && {
      ...wanted.recurrence,
      deleted: [],
      exceptions: before.recurrence?.exceptions.slice(0, 1) ?? [],
    },
  };
  const told = withRefused(stuck, wanted, context) ?? expect.fail('nothing was told');

  it('[H1] [H3] are told on the item, and stay removed', () => {
    expect(told.body).toContain('Still shown in Outlook, removed in BlueMind: 9 March 2026');
    expect(told.body).toContain('Still shown in Outlook, removed in BlueMind: 23 March 2026');
    expect(outlookEvent.read(told, context)).toEqual(removed);
    expect(withRefused(told, wanted, context)).toBeUndefined();
  });

  it('[H3] are tried again with the next write, and no longer told', () => {
    const main = SERIES.main && { ...SERIES.main, title: 'edited' };
    const again = outlookEvent.write(told, { ...removed, main }, context);
    expect(again.recurrence?.deleted).toEqual(['2026-03-09', '2026-03-23']);
    expect(again.body).not.toContain('Still shown');
  });

  it('[H3] what the user makes of the occurrence counts', () => {
    const recurrence = told.recurrence && {
      ...told.recurrence,
      exceptions: told.recurrence.exceptions.map((one) => ({ ...one, subject: 'By the user' })),
    };
    const { exceptions, excluded } = outlookEvent.read({ ...told, recurrence }, context);
    expect(exceptions.map(({ event }) => event.title)).toEqual(['By the user']);
    expect(excluded).toEqual(['2026-03-23T09:00:00']);
  });
});
