import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKernel } from '../../src/server/open-server.ts';
import { series } from '../../src/server/testing/events.ts';
import { logIn, type Person, person } from '../../src/server/testing/world.ts';
import { buildConnector } from '../../tools/build-connector.ts';
import { inside } from './connector.ts';
import { seededRandom } from './kill.ts';

const WRITERS = 4;
const KILLS = 3;

/** `connector serve` on a data folder, in a process of its own. */
async function serve(data: string): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const child = spawn(process.execPath, [await buildConnector(), 'serve', '--port', '0', '--json', '--data', data]);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve((JSON.parse(String(line)) as { url: string }).url));
    child.once('close', () => reject(new Error('the server ended by itself')));
  });
  return { url, process: child };
}

/** Writes events until the server is gone. @returns how often each uid was acknowledged */
async function writeOn(jane: Person, calendar: string, name: string, told: () => void): Promise<Map<string, number>> {
  const acknowledged = new Map<string, number>();
  try {
    for (let count = 0; ; count++) {
      const uid = `${name}-${count % 40}`;
      const change = { uid, value: series({ summary: `${name} ${count}` }) };
      const answer = await jane.call('PUT', `/calendars/${calendar}/_mupdates`, {
        add: [change],
        modify: [],
        delete: [],
      });
      if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
      acknowledged.set(uid, count);
      told();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return acknowledged;
    throw error;
  }
}

test('[SC5] a server that is killed amid writes loses nothing it acknowledged, and its data file is sound', async () => {
  const random = seededRandom();
  const data = join(mkdtempSync(join(tmpdir(), 'killed-server-')), 'data');
  await inside(['user', 'add', 'jane@acme.test', '--password-stdin', '--data', data], 'secret');
  for (let kill = 0; kill < KILLS; kill++) {
    const server = await serve(data);
    const jane = person(server.url, '', await logIn(server.url, 'jane@acme.test', 'secret'));
    const calendar = `calendar:Default:${(await jane.call('GET', '/auth')).uid}`;
    let left = 20 + Math.floor(random() * 100);
    const told = () => void (--left === 0 && server.process.kill('SIGKILL'));
    const writers = Array.from({ length: WRITERS }, (_, index) => writeOn(jane, calendar, `w${kill}-${index}`, told));
    const acknowledged = new Map((await Promise.all(writers)).flatMap((one) => [...one]));
    expect(acknowledged.size).toBeGreaterThan(0);
    expect(lostIn(data, calendar, acknowledged)).toEqual({ lost: [], damage: [] });
  }
});

/** What was acknowledged and is not there, or is there as it was before; what is wrong with the file. */
function lostIn(data: string, calendar: string, acknowledged: ReadonlyMap<string, number>) {
  const { kernel, close } = openKernel({ dataFile: join(data, 'server.sqlite') });
  const { containers, items, changes } = kernel.store;
  const id = containers.byUid(calendar)?.id ?? -1;
  const logged = new Set(changes.since(id, 0).map(({ itemUid }) => itemUid));
  const lost = [...acknowledged].filter(([uid, count]) => {
    const stored = Number(items.byUid(id, uid)?.displayName.split(' ')[1] ?? -1);
    return stored < count || !logged.has(uid);
  });
  const damage = kernel.store.check();
  void close();
  return { lost, damage };
}
