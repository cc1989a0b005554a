import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { APPT } from '../emulator/appointment/appointment-props.ts';
import type { Emulator } from '../emulator/open-emulator.ts';
import { named, PSETID } from '../emulator/property.ts';
import { emulatedOutlook } from '../emulator/testing/world.ts';
import type { Appointment } from '../model/appointment.ts';
import { type Bench, openBench } from '../testing/bench.ts';
import { sampleAppointment, sampleContact, sampleDistList, weekly } from '../testing/samples.ts';
import { callsOf } from './calls-of.ts';
import type { Executor } from './program.ts';
import { readAppointment } from './read-appointment.ts';
import { readContact } from './read-contact.ts';
import { readDistList } from './read-dist-list.ts';
import { type Part, readingProgram, readParts } from './reading.ts';

const SERIES = weekly({
  deleted: ['2026-03-17'],
  exceptions: [
    {
      originalStart: '2026-03-24T10:00:00',
      start: '2026-03-25T15:00:00',
      end: '2026-03-25T16:30:00',
      subject: 'Décalé',
      body: 'Un autre texte',
    },
    { originalStart: '2026-03-31T10:00:00', start: '2026-03-31T10:00:00', end: '2026-03-31T11:00:00', busyStatus: 0 },
  ],
});

const BIRTHDAY_LOCAL = named(PSETID.address, 0x80de);

describe('reading', () => {
  let outlook: Emulator & { readonly clock: { advance(ms: number): void } };
  let calendar: Bench;
  let contacts: Bench;
  beforeEach(async () => {
    outlook = emulatedOutlook();
    const contract = {
      executor: outlook.executor,
      pause: async () => outlook.clock.advance(3000),
      dispose: async () => {},
    };
    calendar = await openBench(contract, 'calendar');
    contacts = await openBench(contract, 'contacts');
  });
  afterEach(() => outlook.close());

  const place = (entryId: string) => ({ entryId, storeId: calendar.storeId });
  const read = <T>(parts: readonly Part<T>[], sliceSize = 5, executor: Executor = outlook.executor) =>
    readParts(executor, { label: 'read', given: { session: calendar.given.session }, parts, sliceSize });
  const callsFor = async (work: () => Promise<unknown>): Promise<number> => {
    const before = outlook.executor.calls();
    await work();
    return outlook.executor.calls() - before;
  };

  it('costs as many calls as one reads off the program', async () => {
    const id = await calendar.writeAppointment(sampleAppointment());
    const { program } = readingProgram('read', { session: calendar.given.session }, [readAppointment(place(id))]);
    expect(await callsFor(() => outlook.executor.run(program))).toBe(callsOf(program));
  });

  it('takes six calls for an appointment or a series and four for a contact, whatever they hold', async () => {
    const single = await calendar.writeAppointment(sampleAppointment());
    const { exceptions } = SERIES;
    const series = await calendar.writeAppointment(
      sampleAppointment({ recurrence: { ...SERIES, exceptions: exceptions.map(({ body: _, ...rest }) => rest) } }),
    );
    const contact = await contacts.writeContact(sampleContact());
    expect([
      await callsFor(() => read([readAppointment(place(single))])),
      await callsFor(() => read([readAppointment(place(series))])),
      await callsFor(() => read([readContact(place(contact))])),
    ]).toEqual([6, 6, 4]);
  });

  it('takes more only for what one bulk read cannot hold: attendees, bodies of occurrences, members of lists', async () => {
    const recipients = [
      { name: 'Ada', address: 'ada@example.org', type: 1, response: 0 },
      { name: 'Zoé', address: 'zoe@example.org', type: 2, response: 0 },
    ] as const;
    const meeting = await calendar.writeAppointment(sampleAppointment({ meetingStatus: 1, recipients }));
    const series = await calendar.writeAppointment(sampleAppointment({ recurrence: SERIES }));
    const distList = await contacts.writeDistList(sampleDistList());
    const people = (await calendar.appointment(meeting)).recipients.length;
    expect(people).toBe(2);
    const rows = 3 * 2;
    expect(await callsFor(() => read([readAppointment(place(meeting))]))).toBeLessThanOrEqual(6 + 3 + 2 + rows + 3);
    expect(await callsFor(() => read([readAppointment(place(series))]))).toBe(6 + 3 + 4 + 3);
    expect(await callsFor(() => read([readDistList(place(distList))]))).toBe(6 + 3 + 2 * 3);
  });

  it('[EO62] gives the same series by its members when its structure is too long', async () => {
    const id = await calendar.writeAppointment(sampleAppointment({ recurrence: SERIES }));
    const byStructure = await calendar.appointment(id);
    outlook.set({ accessorLimit: 60 });
    const byMembers = await calendar.appointment(id);
    const comparable = (value: Appointment) => ({ ...value, recurrence: { ...value.recurrence, firstDayOfWeek: 0 } });
    expect(comparable(byMembers.snapshot.value)).toEqual(comparable(byStructure.snapshot.value));
    expect(byMembers.snapshot.value.recurrence?.exceptions.map((one) => one.body?.trimEnd())).toEqual([
      'Un autre texte',
      undefined,
    ]);
  });

  it('[EC39] says that a long series in a foreign zone cannot be read, and never shortens it', async () => {
    const zones = { startZone: 'Eastern Standard Time', endZone: 'Eastern Standard Time' };
    const id = await calendar.writeAppointment(sampleAppointment({ recurrence: SERIES, ...zones }));
    const byStructure = await calendar.appointment(id);
    outlook.set({ accessorLimit: 60, foreignZoneExceptions: 'refused' });
    expect((await read([readAppointment(place(id))]))[0]).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('Outlook does not show the changed occurrences of this series'),
    });
    outlook.set({ foreignZoneExceptions: 'served' });
    const byMembers = await calendar.appointment(id);
    expect(byMembers.snapshot.value.recurrence?.exceptions).toEqual(byStructure.snapshot.value.recurrence?.exceptions);
  });

  it('[H10] asks Outlook for the zones of an item that does not store them', async () => {
    const id = await calendar.writeAppointment(sampleAppointment());
    const before = await calendar.appointment(id);
    outlook.damage(id, [APPT.startZone, APPT.endZone]);
    expect((await calendar.appointment(id)).snapshot.value).toMatchObject({
      startZone: before.snapshot.value.startZone,
      start: before.snapshot.value.start,
    });
  });

  it('[EO75] asks for the dates of a contact that stores them in a zone only', async () => {
    const contact = await contacts.writeContact(sampleContact({ birthday: '1980-02-29', anniversary: '2005-06-11' }));
    outlook.damage(contact, [BIRTHDAY_LOCAL]);
    const days = { birthday: '1980-02-29', anniversary: '2005-06-11' };
    const calls = await callsFor(async () => {
      const [result] = await read([readContact(place(contact))]);
      expect(result?.kind === 'value' && result.value.snapshot.value).toMatchObject(days);
    });
    expect(calls).toBe(4 + 5);
  });

  it('[EO100] goes on past items that are gone or damaged, and tells which is which', async () => {
    const ids: string[] = [];
    for (const subject of ['a', 'b', 'c', 'd'])
      ids.push(await calendar.writeAppointment(sampleAppointment({ subject })));
    const [first = '', missing = '', damaged = '', last = ''] = ids;
    outlook.damage(damaged, [APPT.start, APPT.end]);
    const unknown = `${missing.slice(0, -8)}FFFFFFFE`;
    const results = await read([first, unknown, damaged, last].map((id) => readAppointment(place(id))));
    expect(results.map((result) => result.kind)).toEqual(['value', 'gone', 'unreadable', 'value']);
  });

  it('starts over when the item is saved between its two halves', async () => {
    const recipients = [{ name: 'Ada', address: 'ada@example.org', type: 1, response: 0 }] as const;
    const id = await calendar.writeAppointment(sampleAppointment({ meetingStatus: 1, recipients }));
    let programs = 0;
    const meddling: Executor = {
      ...outlook.executor,
      run: async (program) => {
        programs += 1;
        if (programs === 2) {
          const before = await calendar.appointment(id);
          outlook.clock.advance(3000);
          await calendar.writeAppointment({ ...before.snapshot.value, subject: 'Changé', recipients: [] }, before);
        }
        return outlook.executor.run(program);
      },
    };
    const [result] = await read([readAppointment(place(id))], 1, meddling);
    const value = result?.kind === 'value' ? result.value.snapshot.value : undefined;
    expect([value?.subject, value?.recipients]).toEqual(['Changé', []]);
  });

  it('[EO11] a guard that denies is a failure of Outlook, not of every item', async () => {
    const id = await calendar.writeAppointment(sampleAppointment());
    for (const guardDenial of ['noSupport', 'abort'] as const) {
      outlook.set({ guard: 'deny', guardDenial });
      const code = await read([readAppointment(place(id))]).then(
        () => 'none',
        (error: unknown) => (isFailure(error) ? error.code : 'bug'),
      );
      expect(code).toBe('OUTLOOK_DENIED');
    }
  });

  it('[H3] an occurrence that is not found is no proof that its series is gone', async () => {
    const id = await calendar.writeAppointment(sampleAppointment({ recurrence: SERIES }));
    const losing: Executor = {
      ...outlook.executor,
      run: async (program) => {
        const step = program.steps.findIndex((one) => one.do === 'call' && one.member === 'GetOccurrence');
        if (step < 0) return outlook.executor.run(program);
        return { kind: 'failed', step, member: 'GetOccurrence', hresult: 0x8004010f, message: '' };
      },
    };
    const [result] = await read([readAppointment(place(id))], 1, losing);
    expect(result?.kind).toBe('unreadable');
  });

  it('leaves no object behind', async () => {
    const id = await calendar.writeAppointment(sampleAppointment({ recurrence: SERIES }));
    const before = outlook.executor.openObjects();
    await calendar.appointment(id);
    expect(outlook.executor.openObjects()).toBe(before);
  });
});
