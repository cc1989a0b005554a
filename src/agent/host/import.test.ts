import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterEach, expect, it } from 'vitest';
import { ROUTES } from '../api/routes.ts';
import { type HostWorld, hostWorld } from './testing/host-world.ts';

let world: HostWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const CARDS = Array.from(
  { length: 3 },
  (_, at) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person ${at}\r\nN:${at};Person\r\nEND:VCARD\r\n`,
);

it('[A4] a file handed over in pieces is looked at, imported, brought to Outlook, gone from the disk then, and taken back', async () => {
  world = await hostWorld();
  const { agent, until, reports, folder, account } = world;
  await agent.addAccount(account);
  await world.start();
  const { client } = world;
  await until(() => reports.length > 0, 'the first run');
  const [book] = await client.get('containers', { kind: 'addressbook' });
  const wish = { what: 'files', book: book?.uid ?? '' } as const;
  const idle = await client.get('import');
  expect(idle).toMatchObject({ state: 'idle', files: [], report: null });
  await expect(client.post('import/look', wish)).rejects.toMatchObject({ code: 'API_BAD_REQUEST' });
  const bytes = Buffer.from(CARDS.join(''));
  const { file } = await client.post('import/file', { name: 'people.vcf', size: bytes.length });
  const piece = (from: number, to: number) =>
    client.post('import/piece', { file, at: from, bytes: bytes.subarray(from, to).toString('base64') });
  await piece(0, 50);
  await expect(piece(60, 70)).rejects.toMatchObject({ code: 'API_BAD_REQUEST' });
  await expect(client.post('import/look', wish)).rejects.toMatchObject({ code: 'API_BAD_REQUEST' });
  expect(await piece(50, bytes.length)).toEqual({ received: bytes.length });
  const ends = async (state: string) => {
    await until(async () => (await client.get('import')).state === state, state);
    const now = await client.get('import');
    expect(Value.Errors(ROUTES.import.answer, now)).toEqual([]);
    return now.report?.counts.contact;
  };
  expect(await client.post('import/look', wish)).toEqual({ begun: true });
  expect(await ends('looked')).toMatchObject({ new: 3, taken: 0 });
  expect(existsSync(join(folder, 'import', String(file)))).toBe(true);
  const before = reports.length;
  await client.post('import/take', wish);
  expect(await ends('taken')).toMatchObject({ new: 0, taken: 3 });
  await until(() => reports.length > before, 'the run after it');
  const pair = agent.pairs().find(({ folders }) => folders.server === book?.uid);
  await until(async () => (await agent.look(pair?.id ?? '')).outlook.length === 3, 'the contacts in Outlook');
  expect(existsSync(join(folder, 'import'))).toBe(false);
  expect((await client.get('import')).files).toEqual([]);
  const forgotten = await client.post('import/forget', {});
  expect(forgotten).toMatchObject({ ...idle, last: { sources: ['people.vcf'], items: 3 } });
  expect(await client.post('import/undo', { id: forgotten.last?.id ?? '' })).toEqual({ begun: true });
  await ends('undone');
  expect((await client.get('import')).undone).toMatchObject({ removed: 3, changed: 0, gone: 0, failed: 0, stay: [] });
  expect((await client.get('import')).last).toBe(null);
  await until(async () => (await agent.look(pair?.id ?? '')).outlook.length === 0, 'the contacts gone from Outlook');
  await client.post('import/undo', { id: 'none' });
  await ends('failed');
  expect((await client.get('import')).failure).toMatchObject({ code: 'IMPORT_UNKNOWN' });
});

it('[A4] a target that may not be written, and nothing to cancel, are told', async () => {
  world = await hostWorld();
  const { agent, until, account } = world;
  await agent.addAccount(account);
  await world.start();
  const { client } = world;
  expect(await client.post('import/cancel', {})).toEqual({ cancelled: false });
  await client.post('import/take', { what: 'outlook', calendar: 'no-such' });
  await until(async () => (await client.get('import')).state === 'failed', 'the failure');
  expect((await client.get('import')).failure).toMatchObject({ code: 'CONTAINER_UNKNOWN' });
});
