import { expect, test } from 'vitest';
import type { Step } from '../program/program.ts';
import { emulatedOutlook, faultOf, type Late, late, lateOutlook, runSteps, saved } from './testing/world.ts';

const MISSING: readonly Step[] = [
  { do: 'get', on: 'application', member: 'Session', as: 'session' },
  { do: 'call', on: 'session', member: 'GetItemFromID', args: [`${'0'.repeat(40)}00ABCDEF`], as: 'x' },
];

test('[EO1] [EC56] errors carry the right low 20 bits; the upper 12 vary in chaos mode', async () => {
  const { executor, set } = emulatedOutlook();
  expect(await runSteps(executor, MISSING)).toMatchObject({ hresult: 0x8004010f });
  set({ chaoticHresults: true });
  const codes = new Set<number>();
  for (let i = 0; i < 8; i++) {
    const outcome = await runSteps(executor, MISSING);
    if (outcome.kind === 'failed') codes.add(outcome.hresult);
  }
  expect([...codes].every((code) => (code & 0xfffff) === 0x4010f && code >= 0x80000000)).toBe(true);
  expect(codes.size).toBeGreaterThan(1);
});

test('[EO2] [EC56] error texts are localised', async () => {
  const { executor, relocate } = emulatedOutlook();
  const texts = new Set<string>();
  for (const locale of ['en-US', 'fr-FR', 'de-DE'] as const) {
    relocate({ locale });
    const outcome = await runSteps(executor, MISSING);
    if (outcome.kind === 'failed') texts.add(outcome.message);
  }
  expect(texts.size).toBe(3);
});

test('[EO3] GetNamespace accepts only MAPI, and Session is the same object', () => {
  const { app } = lateOutlook(emulatedOutlook());
  expect(app.call('GetNamespace', 'MAPI')).toBe(app.get('Session'));
  expect(faultOf(() => app.call('GetNamespace', 'SMTP'))).toBe('INVALID_ARGUMENT');
});

test('[EO4] Logon with an existing session changes nothing', () => {
  const { session, contacts } = lateOutlook(emulatedOutlook());
  const before = [session.get('CurrentProfileName'), contacts.get('EntryID')];
  session.call('Logon', 'Other', 'password', false, true);
  expect([session.get('CurrentProfileName'), contacts.get('EntryID')]).toEqual(before);
});

test('[EO5] GetActiveObject fails while Outlook has nothing registered', () => {
  const outlook = emulatedOutlook({ switches: { unregistered: true } });
  expect(faultOf(() => outlook.activeObject())).toBe('UNAVAILABLE');
  outlook.set({ unregistered: false });
  expect(outlook.activeObject()).toBe(outlook.application);
});

test('[EO6] CoCreateInstance can fail at start and succeed later', () => {
  const outlook = emulatedOutlook({ switches: { failingStarts: 2 } });
  expect([1, 2, 3].map(() => faultOf(() => outlook.createObject()))).toEqual(['START_FAILED', 'START_FAILED', 'none']);
});

test('[EO9] Startup may be delivered twice', () => {
  const outlook = emulatedOutlook({ switches: { doubledStartup: true } });
  const events: string[] = [];
  outlook.advise(outlook.application, (event) => {
    events.push(event);
    return undefined;
  });
  outlook.start();
  outlook.pump();
  expect(events).toEqual(['Startup', 'Startup', 'MAPILogonComplete']);
});

test('[EO10] IsTrusted is False out of process', () => {
  const outlook = emulatedOutlook();
  expect(late(outlook.application).get('IsTrusted')).toBe(false);
  outlook.set({ inProcess: true });
  expect(late(outlook.application).get('IsTrusted')).toBe(true);
});

test('[EO11] with the guard on deny guarded members fail on get and unguarded ones work', () => {
  const outlook = emulatedOutlook();
  const { contacts, session } = lateOutlook(outlook);
  const contact = saved(contacts, { FullName: 'Jean Dupont', Email1Address: 'j@example.org' });
  const guarded = [
    'Body',
    'RTFBody',
    'PropertyAccessor',
    'Email1Address',
    'Email2DisplayName',
    'IMAddress',
    'ReferredBy',
  ];
  for (const [guardDenial, fault] of [
    ['noSupport', 'NO_SUPPORT'],
    ['abort', 'ABORTED'],
  ] as const) {
    outlook.set({ guard: 'deny', guardDenial });
    for (const member of guarded) expect(faultOf(() => contact.get(member))).toBe(fault);
    expect(faultOf(() => session.get('CurrentUser'))).toBe(fault);
  }
  expect(contact.get('FullName')).toBe('Jean Dupont');
  expect(faultOf(() => contact.put('Email1Address', 'k@example.org'))).toBe('none');
  outlook.set({ inProcess: true });
  expect(contact.get('Email1Address')).toBe('k@example.org');
});

test('[EO11] every guarded member of every class is refused', () => {
  const outlook = emulatedOutlook();
  const { session, contacts, calendar } = lateOutlook(outlook);
  const contact = saved(contacts, { FullName: 'Jean Dupont' });
  const event = saved(calendar, { Subject: 'Meeting' });
  const recipient = session.object('CreateRecipient', 'jean@example.org');
  const entry = recipient.object('AddressEntry');
  const account = late(session.object('Accounts').call('Item', 1) as Late['raw']);
  const storage = contacts.object('GetStorage', 'ours', 0);
  const slots = [1, 2, 3].flatMap((n) =>
    ['Address', 'AddressType', 'DisplayName', 'EntryID'].map((part) => `Email${n}${part}`),
  );
  const guarded: readonly (readonly [Late, readonly string[]])[] = [
    [contact, [...slots, 'Body', 'RTFBody', 'PropertyAccessor', 'IMAddress', 'ReferredBy']],
    [
      event,
      ['Body', 'RTFBody', 'Organizer', 'RequiredAttendees', 'OptionalAttendees', 'Resources', 'PropertyAccessor'],
    ],
    [recipient, ['Name', 'Address', 'AddressEntry', 'Type', 'Resolved', 'PropertyAccessor']],
    [entry, ['Address', 'ID', 'PropertyAccessor']],
    [account, ['SmtpAddress', 'CurrentUser']],
    [storage, ['Body', 'PropertyAccessor']],
    [session, ['CurrentUser']],
  ];
  outlook.set({ guard: 'deny' });
  const open = guarded.flatMap(([object, members]) =>
    members
      .filter((member) => faultOf(() => object.get(member)) !== 'NO_SUPPORT')
      .map((member) => `${object.raw.className}.${member}`),
  );
  expect(open).toEqual([]);
  for (const member of ['FullName', 'JobTitle', 'HomeTelephoneNumber', 'Categories', 'EntryID']) contact.get(member);
  for (const member of ['Subject', 'Start', 'End', 'Location', 'Categories', 'IsRecurring']) event.get(member);
});

test('[EO12] with the guard on prompt a guarded call takes seconds, then all callers pass during the grant', async () => {
  const outlook = emulatedOutlook({ switches: { guard: 'prompt', promptSeconds: 4, promptGrantMinutes: 10 } });
  const user: Step[] = [
    { do: 'get', on: 'application', member: 'Session', as: 'session' },
    { do: 'get', on: 'session', member: 'CurrentUser', as: 'user', guarded: true },
  ];
  const took = async () => {
    const start = outlook.clock.now();
    const outcome = await runSteps(outlook.executor, user);
    return [outcome.kind, outlook.clock.now() - start];
  };
  expect(await took()).toEqual(['done', 4000]);
  expect(await took()).toEqual(['done', 0]);
  outlook.clock.advance(11 * 60_000);
  outlook.set({ promptAnswer: 'deny' });
  expect(await took()).toEqual(['failed', 4000]);
});

test('[EO13] the guard covers Columns.Add, property accessors of folders and stores, and GetMember', () => {
  const outlook = emulatedOutlook();
  const { contacts } = lateOutlook(outlook);
  const list = saved(contacts, { DLName: 'Team' }, 7);
  outlook.set({ guard: 'deny' });
  const table = contacts.object('GetTable');
  expect([
    faultOf(() => table.object('Columns').call('Add', 'FullName')),
    faultOf(() => contacts.get('PropertyAccessor')),
    faultOf(() => contacts.object('Store').get('PropertyAccessor')),
    faultOf(() => list.call('GetMember', 1)),
    faultOf(() => table.call('GetArray', 1)),
  ]).toEqual(['NO_SUPPORT', 'NO_SUPPORT', 'NO_SUPPORT', 'NO_SUPPORT', 'none']);
});

test('[EO98] [EC57] above the limit of open items calls on an Exchange store fail; released items make room', async () => {
  const outlook = emulatedOutlook({ profile: { storeKind: 'exchange' } });
  const { contacts } = lateOutlook(outlook);
  const ids = [1, 2, 3].map((n) => String(saved(contacts, { FullName: `Contact ${n}` }).get('EntryID')));
  outlook.set({ openItemLimit: 2 });
  const open = (all: readonly string[]): Step[] => [
    { do: 'get', on: 'application', member: 'Session', as: 'session' },
    ...all.map((id, n): Step => ({ do: 'call', on: 'session', member: 'GetItemFromID', args: [id], as: `item${n}` })),
  ];
  const [a = '', b = '', c = ''] = ids;
  expect(await runSteps(outlook.executor, open([a, b, c]))).toMatchObject({ kind: 'failed', hresult: 0x80040305 });
  expect(outlook.executor.openObjects()).toBe(0);
  expect(await runSteps(outlook.executor, open([b, c]))).toMatchObject({ kind: 'done' });
});

test('[EO99] a property of an item costs far more than a cell of a table; saving and resolving cost most', async () => {
  const outlook = emulatedOutlook({ switches: { latency: 'calibrated' } });
  const { contacts } = lateOutlook(outlook);
  const item = saved(contacts, { FullName: 'Jean Dupont' });
  outlook.session.takeDelay();
  const cost = (work: () => unknown) => {
    work();
    return outlook.session.takeDelay();
  };
  const table = contacts.object('GetTable');
  outlook.session.takeDelay();
  const cell = cost(() => table.call('GetArray', 1)) / 8;
  const get = cost(() => item.get('FullName'));
  item.put('FullName', 'J');
  const save = cost(() => item.call('Save'));
  expect([get > 10 * cell, save > 10 * get]).toEqual([true, true]);
});
