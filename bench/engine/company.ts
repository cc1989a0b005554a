/** The server of the engine's measurements as its clients have it: started in a process of its own, filled, asked. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openSession, type Session } from '../../src/bluemind/session.ts';
import { systemClock } from '../../src/node/system-clock.ts';

export const LOGIN = 'jane@bench.test';
export const PASSWORD = 'a secret';
export const USER = 'uid-jane';

/** How many folders of each kind, the user's default ones included, and how many items in each. */
export type Size = {
  readonly calendars: number;
  readonly events: number;
  readonly books: number;
  readonly cards: number;
};

export type Folder = { readonly service: 'calendars' | 'addressbooks'; readonly uid: string; readonly items: number };

export type Company = { readonly url: string; readonly folders: readonly Folder[]; close(): void };

/** Starts the server and fills it. */
export async function openCompany(size: Size): Promise<Company> {
  const server = fileURLToPath(new URL('./company-server.ts', import.meta.url));
  const child = fork(server, { env: { ...process.env, BENCH_COMPANY: JSON.stringify(size) } });
  const { url, folders } = await new Promise<Pick<Company, 'url' | 'folders'>>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Pick<Company, 'url' | 'folders'>));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const session = lineTo(url);
  for (const folder of folders) await fill(session, folder);
  await session.close();
  return { url, folders, close: () => child.disconnect() };
}

/** A line of the measurement's own, beside the agent's. */
export function lineTo(server: string): Session {
  const credentials = async () => ({ login: LOGIN, password: PASSWORD });
  return openSession({ server, version: 'bench', clock: systemClock, random: Math.random, credentials });
}

/** One `_mupdates`. */
export async function change(session: Session, { service, uid }: Folder, changes: Changes): Promise<void> {
  const path = `/${service}/${encodeURIComponent(uid)}/_mupdates`;
  const body = { add: [], modify: [], delete: [], ...changes };
  const { errors } = (await session.call({ method: 'PUT', path, body })) as { errors: unknown[] };
  if (errors.length > 0) throw new Error(`the server refuses: ${JSON.stringify(errors[0])}`);
}

type Changes = { readonly add?: readonly Valued[]; readonly modify?: readonly Valued[] };
type Valued = { readonly uid: string; readonly value: unknown };

const PORTION = 500;

async function fill(session: Session, folder: Folder): Promise<void> {
  for (let at = 0; at < folder.items; at += PORTION) {
    const count = Math.min(PORTION, folder.items - at);
    await change(session, folder, { add: Array.from({ length: count }, (_, more) => itemFor(folder, at + more)) });
  }
}

/** The `at`th item of a folder; `word` stands in its title or note. */
export function itemFor({ service, uid }: Folder, at: number, word = ''): Valued {
  const item = `${uid.replaceAll(/[^a-z0-9]/gi, '-')}-${at}`;
  return { uid: item, value: service === 'calendars' ? eventFor(at, word) : cardFor(at, word) };
}

function eventFor(at: number, word: string): unknown {
  // From April to September, when Paris is two hours ahead all month long.
  const day = `2026-${String(4 + (at % 6)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`;
  const time = (hour: string) => {
    return { iso8601: `${day}T${hour}:00:00.000+02:00`, timezone: 'Europe/Paris', precision: 'DateTime' };
  };
  const main = {
    dtstart: time('09'),
    dtend: time('10'),
    summary: `Event ${at}${word}`,
    description: `<p>${'Agenda and notes. '.repeat(10)}</p>`,
    location: 'Room 4',
    alarm: [{ action: 'Display', trigger: -900 }],
    rrule: at % 10 === 0 ? { frequency: 'WEEKLY', interval: 1, count: 12 } : null,
  };
  return { main, occurrences: [] };
}

function cardFor(at: number, word: string): unknown {
  return {
    kind: 'individual',
    identification: {
      name: { familyNames: `Doe ${at}`, givenNames: 'Jane' },
      formatedName: { value: `Jane Doe ${at}` },
    },
    communications: { emails: [{ value: `jane.doe.${at}@example.org` }], tels: [{ value: `+33 1 23 45 ${at}` }] },
    organizational: { title: 'Engineer', org: { company: 'Example' } },
    explanatory: { note: `A note ${at}${word}` },
  };
}
