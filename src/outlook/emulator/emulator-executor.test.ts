import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import type { Step } from '../program/program.ts';
import { emulatedOutlook, lateOutlook, runSteps } from './testing/world.ts';

const CONTACTS: readonly Step[] = [
  { do: 'get', on: 'application', member: 'Session', as: 'session' },
  { do: 'call', on: 'session', member: 'GetDefaultFolder', args: [10], as: 'folder' },
];

test('a program reads values, and every object it does not return is released', async () => {
  const { executor } = emulatedOutlook();
  const outcome = await runSteps(executor, [...CONTACTS, { do: 'get', on: 'folder', member: 'name', as: 'name' }], {
    returns: ['name'],
  });
  expect(outcome).toEqual({ kind: 'done', values: { name: 'Contacts' } });
  expect(executor.openObjects()).toBe(0);
  expect(executor.calls()).toBe(3);
});

test('an object that is returned lives on into the next program, until released', async () => {
  const { executor } = emulatedOutlook();
  const first = await runSteps(executor, CONTACTS, { returns: ['folder'] });
  const folder = first.kind === 'done' ? first.values.folder : undefined;
  const second = await runSteps(executor, [{ do: 'get', on: 'f', member: 'DefaultItemType', as: 'type' }], {
    given: { f: folder as { object: number } },
    returns: ['type'],
  });
  expect(second).toEqual({ kind: 'done', values: { type: 2 } });
  expect(executor.openObjects()).toBe(1);
  await executor.release([folder as { object: number }]);
  expect(executor.openObjects()).toBe(0);
});

test('an error stops a program at its step; an optional step keeps it as a value and goes on', async () => {
  const { executor } = emulatedOutlook();
  const bad: Step = { do: 'get', on: 'folder', member: 'NoSuchThing', as: 'x' };
  expect(await runSteps(executor, [...CONTACTS, bad])).toMatchObject({
    kind: 'failed',
    step: 2,
    member: 'NoSuchThing',
    hresult: 0x80020006,
  });
  const outcome = await runSteps(executor, [...CONTACTS, { ...bad, optional: true }], { returns: ['x'] });
  expect(outcome).toEqual({ kind: 'done', values: { x: { error: 0x80020006 } } });
});

test('an expectation that does not hold stops a program as stale, with the value', async () => {
  const { executor } = emulatedOutlook();
  const steps: Step[] = [
    ...CONTACTS,
    { do: 'get', on: 'folder', member: 'Name', as: 'name' },
    { do: 'expect', handle: 'name', values: ['Kontakte'] },
  ];
  expect(await runSteps(executor, steps)).toEqual({ kind: 'stale', handle: 'name', value: 'Contacts' });
});

test('each walks a collection and collects values', async () => {
  const { executor } = emulatedOutlook();
  const steps: Step[] = [
    { do: 'get', on: 'application', member: 'Session', as: 'session' },
    { do: 'get', on: 'session', member: 'Folders', as: 'roots' },
    {
      do: 'each',
      of: 'roots',
      as: 'root',
      steps: [{ do: 'get', on: 'root', member: 'Name', as: 'name' }],
      collect: ['name'],
    },
  ];
  expect(await runSteps(executor, steps, { returns: ['name'] })).toEqual({
    kind: 'done',
    values: { name: ['Outlook Data File'] },
  });
});

test('reading a method, writing a read-only member: member not found', async () => {
  const { executor } = emulatedOutlook();
  const wrong: Step[] = [
    { do: 'get', on: 'session', member: 'GetDefaultFolder', args: [10], as: 'x' },
    { do: 'put', on: 'folder', member: 'EntryID', value: 'x' },
  ];
  for (const step of wrong) {
    expect(await runSteps(executor, [...CONTACTS, step])).toMatchObject({ kind: 'failed', hresult: 0x80020003 });
  }
});

test('[EO7] [EC58] a busy Outlook is asked again; one that stays busy is unavailable for now', async () => {
  const { executor, set } = emulatedOutlook();
  set({ busyCalls: 3 });
  expect(await runSteps(executor, CONTACTS)).toMatchObject({ kind: 'done' });
  set({ busyCalls: 1000, busyAnswer: 'rejected' });
  const error = await runSteps(executor, CONTACTS).catch((e: unknown) => e);
  expect(isFailure(error, 'OUTLOOK_UNAVAILABLE') && error.retry).toBe('later');
});

test('[EO8] [EC58] after Outlook was closed every held object answers with an RPC error, and none revives', async () => {
  const { executor, quit, set } = emulatedOutlook();
  const held = await runSteps(executor, CONTACTS, { returns: ['folder'] });
  const given = { f: (held.kind === 'done' ? held.values.folder : undefined) as { object: number } };
  quit();
  for (const closedAnswer of ['serverGone', 'disconnected'] as const) {
    set({ closedAnswer });
    const error = await runSteps(executor, [{ do: 'get', on: 'f', member: 'Name', as: 'x' }], { given }).catch(
      (e) => e,
    );
    expect(isFailure(error, 'OUTLOOK_UNAVAILABLE')).toBe(true);
  }
});

test('programs that follow one another let everything else in the process have its turn', async () => {
  const { executor } = emulatedOutlook();
  let turns = 0;
  setImmediate(() => turns++);
  for (let programs = 0; turns === 0 && programs < 50_000; programs++) await runSteps(executor, CONTACTS);
  expect(turns).toBe(1);
});

const SAVE: readonly Step[] = [
  { do: 'get', on: 'folder', member: 'Items', as: 'items' },
  { do: 'call', on: 'items', member: 'Add', args: ['IPM.Contact'], as: 'item' },
  { do: 'call', on: 'item', member: 'Save' },
  { do: 'get', on: 'item', member: 'EntryID', as: 'id' },
];

test('of a program whose write was undone nothing is heard, and of the next one everything', async () => {
  const outlook = emulatedOutlook();
  const { database } = outlook.session;
  const heard: string[] = [];
  outlook.watch(({ event }) => heard.push(event));
  const { settle } = database;
  database.settle = () => {
    database.run('ROLLBACK');
    settle();
    throw new Error('the disk is full');
  };
  await expect(runSteps(outlook.executor, [...CONTACTS, ...SAVE])).rejects.toThrow('the disk is full');
  database.settle = settle;
  expect(heard).toEqual([]);
  await runSteps(outlook.executor, [...CONTACTS, ...SAVE]);
  expect(heard).toEqual(['ItemAdd', 'FolderChange']);
  outlook.close();
});

test('what a program saved before a call that waits is in the file while it waits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  const file = join(folder, 'outlook.sqlite');
  const agent = emulatedOutlook({ file });
  const person = emulatedOutlook({ file });
  const seen: unknown[] = [];
  const { sleep } = agent.session.clock;
  agent.session.clock.sleep = async (ms) => {
    seen.push(lateOutlook(person).contacts.object('Items').get('Count'));
    await sleep(ms);
  };
  agent.set({ latency: 'calibrated' });
  expect(await runSteps(agent.executor, [...CONTACTS, ...SAVE])).toMatchObject({ kind: 'done' });
  expect(seen).toEqual([0, 0, 0, 0, 1, 1]);
  agent.close();
  person.close();
  rmSync(folder, { recursive: true });
});
