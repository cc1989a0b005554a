/** An import from a file ends in the middle, as with a power cut: done again it goes on, nothing comes twice, and all of it can be taken back. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { importFiles } from '../../src/agent/import/import-files.ts';
import { whereOf } from '../../src/agent/import/where.ts';
import type { Working } from '../../src/agent/working.ts';
import { must } from '../../src/base/assert.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { smallDesk } from './small-desk.ts';
import { BOOK, lineTo } from './world.ts';

const small = smallDesk();
/** `npm run test:long`: real processes, killed at every step. */
const LONG = process.env['RUNS'] !== undefined;

class Died extends Error {}

/** More than one batch; half of them without a uid, which are known by what they say. */
const NAMES = Array.from({ length: 130 }, (_, at) => `Person ${String(at).padStart(3, '0')}`);

function cards(names: readonly string[]): string {
  const path = join(small().home, 'people.vcf');
  const card = (name: string, at: number) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\n${at % 2 === 0 ? `UID:${name}\r\n` : ''}FN:${name}\r\nN:${name};;;;\r\nEND:VCARD\r\n`;
  writeFileSync(path, names.map(card).join(''));
  return path;
}

const titles = async () => (await small().onServer(BOOK)).map(([, title]) => title);

/** Imports and dies when the server has taken a batch: before or after its answer is seen. */
async function dying(path: string, when: 'before' | 'after'): Promise<void> {
  const { agent, emulator } = small().desk;
  const session = lineTo(small().server.url);
  const call: typeof session.call = async (request) => {
    const writes = request.path.endsWith('/_mupdates');
    if (writes && when === 'before') throw new Died();
    const answer = await session.call(request);
    if (writes) throw new Died();
    return answer;
  };
  const working: Working = {
    ...{ storage: agent.storage, account: must(agent.storage.accounts.all()[0]), executor: emulator.executor },
    ...{ session: { ...session, call }, registry: undefined, clock: systemClock, newId: randomUUID },
  };
  const where = await whereOf(working, [], undefined);
  await expect(importFiles(working, [{ path }], { ...where, dryRun: false })).rejects.toThrow(Died);
  await session.close();
}

it('[I5] an import that dies around a write goes on when it is done again; taken back, both parts of it are gone', async () => {
  const path = cards(NAMES);
  const { imports } = small().desk.agent;
  await dying(path, 'before');
  expect(await titles()).toEqual([]);
  expect(imports.list().map(({ items }) => items)).toEqual([100]);
  await dying(path, 'after');
  expect(await titles()).toEqual(NAMES.slice(0, 100));
  const { counts } = await imports.files([{ path }], { into: [], dryRun: false });
  expect([counts.contact.there, counts.contact.taken]).toEqual([100, 30]);
  expect(await titles()).toEqual(NAMES);
  expect(imports.list().map(({ items }) => items)).toEqual([30, 100]);
  // What the first one announced was never made.
  expect((await imports.undo(undefined, {})).removed).toBe(30);
  expect((await imports.undo(undefined, {})).removed).toBe(100);
  expect(await titles()).toEqual([]);
});

it('[I6] a book that is full ends an import in a sentence: whole batches are taken, the rest is refused with what the server says', async () => {
  const { agent, emulator } = small().desk;
  const session = lineTo(small().server.url);
  let writes = 0;
  let room = 110;
  const call: typeof session.call = async (request) => {
    if (!request.path.endsWith('/_mupdates')) return session.call(request);
    writes++;
    const { add } = request.body as { add: unknown[] };
    // What a server answers whose book would hold too much (AB42).
    const full = { message: 'The book is full: it can hold 110 cards.', uid: null, errorCode: 'MAX_ITEM_COUNT' };
    if (add.length > room) return { added: [], updated: [], removed: [], unhandled: [], errors: [full], version: null };
    room -= add.length;
    return session.call(request);
  };
  const working: Working = {
    ...{ storage: agent.storage, account: must(agent.storage.accounts.all()[0]), executor: emulator.executor },
    ...{ session: { ...session, call }, registry: undefined, clock: systemClock, newId: randomUUID },
  };
  const where = await whereOf(working, [], undefined);
  const report = await importFiles(working, [{ path: cards(NAMES) }], { ...where, dryRun: false });
  await session.close();
  // The batch that would overfill it is refused as a whole.
  expect([report.outcome, report.counts.contact.taken, report.counts.contact.refused, writes]).toEqual([
    'done',
    100,
    30,
    2,
  ]);
  const reasons = report.refused.map(({ detail }) => detail);
  expect(new Set(reasons)).toEqual(new Set(['The book is full: it can hold 110 cards.']));
  // What was not made is nothing to take back; with room again the rest comes.
  expect(agent.imports.list().map(({ items }) => items)).toEqual([100]);
  const again = await agent.imports.files([{ path: join(small().home, 'people.vcf') }], { into: [], dryRun: false });
  expect([again.counts.contact.there, again.counts.contact.taken]).toEqual([100, 30]);
});

it.skipIf(!LONG)(
  '[I5] a process killed at any step of an import, and of taking it back, leaves nothing twice and nothing behind',
  { timeout: 900_000 },
  async () => {
    const names = NAMES.slice(0, 6);
    const path = cards(names);
    const steps = join(small().home, 'steps');
    const killed = async (at: number, what: string): Promise<boolean> => {
      const args = ['test/end-to-end/dying-run.ts', small().home, small().server.url, String(at), what];
      try {
        await promisify(execFile)(process.execPath, args);
        return false;
      } catch (error) {
        if ((error as { readonly signal?: string }).signal === 'SIGKILL') return true;
        throw error;
      }
    };
    let moments = 0;
    for (let at = 1, died = true; died; at++) {
      rmSync(steps, { force: true });
      await small().between(async () => {
        died = await killed(at, path);
      });
      const { imports } = small().desk.agent;
      await imports.files([{ path }], { into: [], dryRun: false });
      expect(await titles()).toEqual(names);
      await small().between(async () => void (await killed(at, 'undo')));
      while (
        small()
          .desk.agent.imports.list()
          .some(({ undone }) => undone === undefined)
      )
        await small().desk.agent.imports.undo(undefined, {});
      expect(await titles()).toEqual([]);
      moments = at;
    }
    expect(existsSync(steps) && readFileSync(steps, 'utf8')).toContain('after the server');
    console.info(`killed at ${moments - 1} steps of an import, and at as many of taking it back`);
  },
);
