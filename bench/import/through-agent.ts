/**
 * A file taken through the agent as the window *Import* does it: handed over in pieces, looked at, imported; or by `connector import`, a process
 * of its own. What is told is the peak of memory of the process that imports, at each step.
 */
import { existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from '../../src/agent/api/client.ts';
import { handOver } from '../../src/agent/api/hand-over.ts';
import { ADDRESS_FILE, type ApiAddress } from '../../src/agent/host/api-part.ts';
import { memoryOf, until, withAgentWorld } from './agent-world.ts';

/** Items between two looks at the memory while they are taken. */
const EVERY = 10_000;

export type Steps = {
  readonly look: boolean;
  /** How many items are taken before the import is cancelled; all with `Infinity`. */
  readonly take: number;
};

/** @returns megabytes at the most, after each step, and what became of the items */
export function throughAgent(file: string, { look, take }: Steps): Promise<Record<string, unknown>> {
  return withAgentWorld(async ({ desk, start }) => {
    const agent = start(['agent', '--json', '--data', desk]);
    const client = await clientOf(desk);
    const told: Record<string, unknown> = {};
    await until(async () => (await client.get('runs', { most: 1 })).length > 0);
    told['before'] = memoryOf(agent).peak;
    await handOverFile(client, file);
    told['handed over'] = memoryOf(agent).peak;
    const where = {
      what: 'files',
      calendar: (await client.get('containers', { kind: 'calendar' }))[0]?.uid ?? '',
      book: (await client.get('containers', { kind: 'addressbook' }))[0]?.uid ?? '',
    } as const;
    if (look) {
      await client.post('import/look', where);
      await until(async () => ENDED.test((await client.get('import')).state));
      told['look'] = memoryOf(agent).peak;
    }
    if (take > 0) {
      await client.post('import/take', where);
      const trend: (readonly [items: number, megabytes: number])[] = [];
      await until(async () => {
        const { state, progress, cancelling } = await client.get('import');
        const items = progress?.items ?? 0;
        if (items >= (trend.length + 1) * EVERY) trend.push([items, memoryOf(agent).now]);
        if (items >= take && !cancelling) await client.post('import/cancel', {});
        return ENDED.test(state);
      });
      Object.assign(told, { take: memoryOf(agent).peak, trend });
    }
    const { report, failure } = await client.get('import');
    return { ...told, counts: report?.counts, failure };
  });
}

const ENDED = /^(looked|taken|failed)$/;

/** @returns megabytes at the most, and as it went on, of `connector import` until it has made `take` items and is cancelled */
export function byCommand(file: string, take: number): Promise<Record<string, unknown>> {
  return withAgentWorld(async ({ desk, run, start }) => {
    const command = start(['import', file, '--json', '--data', desk]);
    const trend: (readonly [items: number, megabytes: number])[] = [];
    let last = { peak: 0, now: 0 };
    await until(async () => {
      if (command.exitCode !== null) return true;
      last = memoryOf(command);
      const entries = JSON.parse(run(['import', 'list', '--json', '--data', desk])) as readonly { items: number }[];
      const items = entries[0]?.items ?? 0;
      if (items >= (trend.length + 1) * EVERY) trend.push([items, last.now]);
      if (items >= take) command.kill('SIGINT');
      return items >= take;
    });
    return { take: last.peak, trend };
  });
}

async function clientOf(desk: string): Promise<Client> {
  const file = join(desk, ADDRESS_FILE);
  await until(() => Promise.resolve(existsSync(file)));
  const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as ApiAddress;
  return openClient({ base: url, token });
}

async function handOverFile(client: Client, path: string): Promise<void> {
  const handle = openSync(path, 'r');
  const piece = async (from: number, to: number) => {
    const bytes = Buffer.alloc(to - from);
    readSync(handle, bytes, 0, bytes.length, from);
    return bytes.toString('base64');
  };
  const file = { name: basename(path), size: statSync(path).size, piece };
  const signal = new AbortController().signal;
  await handOver(client, file, { signal, onSent: () => {}, sleep: (seconds) => sleep(seconds * 1000) });
}
