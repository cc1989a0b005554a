/**
 * [S4] A real run, in a real process, killed at a numbered durable step, and the run after it. The steps are counted by a run that
 * lives.
 */
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { must } from '../../src/base/assert.ts';
import type { Session } from '../../src/bluemind/session.ts';
import type { LinkRow } from '../../src/sync/state.ts';
import { compareEvents } from './compare.ts';
import { editInOutlook, editOnServer } from './edits.ts';
import { outlookEvents } from './outlook-facts.ts';
import { serverEvents } from './server-facts.ts';
import { CALENDAR, lineTo, newFolder, openDesk, startServer } from './world.ts';

/** Processes at a time. */
const AT_ONCE = 2;

/**
 * Runs in a world of their own, killed at those of the steps (counted from 1) that `chosen` picks; each ends as the run that nobody
 * killed, each died where it was to die, and what it had done without settling it stood in its journal.
 */
export async function expectSurvived(chosen: (steps: readonly string[]) => readonly number[]): Promise<void> {
  const home = newFolder();
  try {
    await prepare(home);
    const { said: steps, outcome: expected } = await killedAt(home, 0);
    const files = ['agent.sqlite', 'outlook.sqlite', 'the server'];
    const kinds = ['after', 'before'].flatMap((when) => files.map((file) => `${when} ${file}`));
    expect([...new Set(steps)].sort()).toEqual(kinds);
    const waiting = [...chosen(steps)];
    const findings: unknown[] = [];
    const work = async () => {
      for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
        try {
          const { said, outcome } = await killedAt(home, at);
          expect(said.length).toBe(at);
          expect(outcome).toEqual(expected);
        } catch (error) {
          findings.push({ at, step: steps[at - 1], error: String(error) });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(findings).toEqual([]);
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Both sides in step, then changed by their users: a conflict, a deletion on the server, a new event in Outlook. */
async function prepare(home: string): Promise<void> {
  const server = await startServer(home);
  const session = lineTo(server.url);
  await editOnServer(session, { edit: [], remove: [], create: 3, name: 'first ' });
  const desk = await openDesk(home, server.url);
  await desk.agent.run();
  const uids = Array.from({ length: 3 }, (_, at) => `made-on-server-first ${at}`);
  const tokens = desk.agent.pairs().find(isCalendar);
  const links = [...desk.agent.storage.state(must(tokens).id).links()];
  const inOutlook = (...at: number[]) =>
    at.map((one) => must(links.find(({ server: { id } }) => id === uids[one])).outlook.id);
  await editOnServer(session, { edit: [must(uids[0])], remove: [must(uids[1])], create: 0, name: 'later ' });
  await editInOutlook(desk.emulator, { edit: inOutlook(0), remove: [], create: 1, name: 'later ' });
  await desk.close();
  await session.close();
  await server.close();
}

type Lived = { readonly said: readonly string[]; readonly outcome: unknown };

/**
 * A run in a copy of the world that dies at a step, then two in which nobody dies: the steps it took and what is there in the end.
 * What the dead run did and did not settle stands in its journal: without that the next run can only guess.
 */
async function killedAt(home: string, step: number): Promise<Lived> {
  const folder = newFolder();
  cpSync(home, folder, { recursive: true });
  const server = await startServer(folder);
  const session = lineTo(server.url);
  try {
    const before = await seen(folder, server.url, session);
    await dyingRun({ folder, url: server.url, step, compiled: join(home, 'compiled') });
    expect(unjournalled(before, await seen(folder, server.url, session))).toEqual([]);
    const said = readFileSync(join(folder, 'steps'), 'utf8').trim().split('\n');
    return { said, outcome: await ended(folder, server.url, session) };
  } finally {
    await session.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** What both sides hold, by the ids of the server, and what the agent remembers. */
type Seen = {
  readonly server: ReadonlyMap<string, string>;
  readonly outlook: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, LinkRow>;
  readonly intents: ReadonlySet<string>;
};

async function seen(folder: string, url: string, session: Session): Promise<Seen> {
  const desk = await openDesk(folder, url);
  try {
    const state = desk.agent.storage.state(must(desk.agent.pairs().find(isCalendar)).id);
    const links = [...state.links()];
    const serverIdOf = new Map(links.map(({ outlook, server }) => [outlook.id, server.id]));
    const texts = (events: ReadonlyMap<string, unknown>) =>
      new Map([...events].map(([id, event]) => [id, JSON.stringify(event)]));
    return {
      server: texts(await serverEvents(session)),
      outlook: texts(await outlookEvents(desk.emulator)),
      links: new Map(links.map((link) => [link.server.id, link])),
      intents: new Set(
        state.intents().flatMap((intent): string[] => {
          if (intent.do === 'create') return [`${intent.on} ${intent.token}`];
          const { id } = intent.target;
          return [`${intent.on} ${intent.on === 'server' ? id : (serverIdOf.get(id) ?? id)}`];
        }),
      ),
    };
  } finally {
    await desk.close();
  }
}

/** The effects that happened since, that no link knows of and that no intent announces. */
function unjournalled(before: Seen, after: Seen): readonly string[] {
  return (['server', 'outlook'] as const).flatMap((side) => {
    const contents = new Set(before[side].values());
    const gone = [...before[side].keys()].filter((id) => !after[side].has(id) && before.links.has(id));
    // An item that was only given its token is found under that from now on, and says what it said before.
    const written = [...after[side]].filter(([id, said]) => before[side].get(id) !== said && !contents.has(said));
    const effects = [...gone, ...written.map(([id]) => id)];
    const settled = (id: string) =>
      JSON.stringify(before.links.get(id)?.[side]) !== JSON.stringify(after.links.get(id)?.[side]);
    return effects.filter((id) => !settled(id) && !after.intents.has(`${side} ${id}`)).map((id) => `${side}: ${id}`);
  });
}

function isCalendar({ folders }: { readonly folders: { readonly server: string } }): boolean {
  return folders.server === CALENDAR;
}

type Dying = { readonly folder: string; readonly url: string; readonly step: number; readonly compiled: string };

async function dyingRun({ folder, url, step, compiled }: Dying): Promise<void> {
  const args = ['test/end-to-end/dying-run.ts', folder, url, String(step)];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (...how) => resolve(how)),
  );
  if (step === 0 ? code !== 0 : signal !== 'SIGKILL') throw new Error(`the run ended with ${code ?? signal}: ${said}`);
}

/** What both sides hold after a run to the end; another finds nothing to do. */
async function ended(folder: string, url: string, session: Session): Promise<unknown> {
  const desk = await openDesk(folder, url);
  try {
    const { folders } = await desk.agent.run();
    const failed = folders.flatMap(({ report: { failure, lines } }) => [
      ...(failure === undefined ? [] : [failure]),
      ...lines.filter(({ outcome }) => outcome !== 'done'),
    ]);
    const [onServer, inOutlook] = [await serverEvents(session), await outlookEvents(desk.emulator)];
    compareEvents(onServer, inOutlook);
    const { lines } = await desk.agent.plan();
    return { failed, left: lines, events: [...onServer.values()].map((event) => JSON.stringify(event)).sort() };
  } finally {
    await desk.close();
  }
}
