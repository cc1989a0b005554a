import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { emulatedOutlook, late, lateOutlook, reopened, saved, testRandom } from './testing/world.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function twoConnections() {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  made.push(folder);
  const file = join(folder, 'outlook.sqlite');
  const agent = emulatedOutlook({ file });
  const person = emulatedOutlook({ file, random: testRandom(7) });
  return { agent, person };
}

test('what one process saves the other reads and hears, and neither keeps anything stale', () => {
  const { agent, person } = twoConnections();
  const [ours, theirs] = [lateOutlook(agent), lateOutlook(person)];
  const table = ours.contacts.object('GetTable');
  expect(table.get('EndOfTable')).toBe(true);
  const hints: string[] = [];
  agent.watch((hint) => hints.push(`${hint.source}.${hint.event}`));
  const contact = saved(theirs.contacts, { FullName: 'Jean Dupont' });
  agent.pump();
  expect(hints).toContain('Items.ItemAdd');
  expect([table.get('EndOfTable'), reopened(ours.session, contact).get('FullName')]).toEqual([false, 'Jean Dupont']);
  contact.put('FullName', 'Jean Durand');
  contact.call('Save');
  expect(reopened(ours.session, contact).get('FullName')).toBe('Jean Durand');
  expect(late(ours.contacts.object('Items').call('Item', 1) as never).get('FullName')).toBe('Jean Durand');
  agent.close();
  person.close();
});

test('a file keeps its profile, folders, settings and items when it is opened again', () => {
  const { agent, person } = twoConnections();
  person.relocate({ locale: 'fr-FR', zone: { windows: 'Eastern Standard Time', iana: 'America/New_York' } });
  expect(agent.session.locale().listSeparator).toBe(';');
  const contact = saved(lateOutlook(person).contacts, { FullName: 'Jean Dupont' });
  expect(reopened(lateOutlook(agent).session, contact).get('LastModificationTime')).toEqual({
    date: '2026-03-01T03:00:00',
  });
  agent.close();
  person.close();
});

test('numbers taken in a write that was undone are not given to two items', () => {
  const { agent, person } = twoConnections();
  const hundred = (of: typeof agent) => Array.from({ length: 100 }, () => of.session.takeNumber());
  const undone = () =>
    agent.session.database.transaction(() => {
      hundred(agent);
      throw new Error('undone');
    });
  expect(undone).toThrow('undone');
  expect(new Set([...hundred(person), ...hundred(agent)]).size).toBe(200);
  agent.close();
  person.close();
});
