/** The state of the agent as windows show it, put together from what its parts and its memory say. */
import type { AccountRecord } from '../../storage/records.ts';
import type { RunRow } from '../../storage/run-records.ts';
import { addressOf } from '../account.ts';
import type { Agent, RunProgress } from '../agent.ts';
import type {
  Account,
  Failed,
  FolderStatus,
  PartStatus,
  Progress,
  RunSummary,
  Status,
  Warning,
  Why,
} from '../api/shapes.ts';
import { noteInWords } from '../folders/say.ts';
import { optionOf } from '../options.ts';
import { undecided } from '../waiting.ts';
import { failed } from './api-failures.ts';
import type { OutlookEvents } from './outlook-events.ts';
import type { PushState } from './push-part.ts';
import type { Runner } from './runner.ts';

export type StatusSource = {
  readonly agent: Agent;
  readonly version: string;
  readonly runner: Runner;
  readonly progress: () => Progress | undefined;
  readonly outlook: OutlookEvents;
  readonly parts: () => readonly PartStatus[];
  readonly push: () => PushState;
  /** @units milliseconds since 1970-01-01T00:00:00Z, all */
  readonly next: () => number;
  readonly lastSendReceive: () => number | undefined;
};

export function statusOf(source: StatusSource): Status {
  const { agent, runner, outlook, version } = source;
  const { settings } = agent.storage;
  const [account] = agent.accounts();
  const pause = runner.pause();
  const progress = source.progress();
  const [last] = agent.storage.runs.list(1);
  const sent = source.lastSendReceive();
  return {
    version,
    language: optionOf(settings, 'language'),
    server: agent.policies.server ?? null,
    account: account === undefined ? null : accountOf(account),
    state:
      account === undefined
        ? 'unconnected'
        : progress !== undefined
          ? 'running'
          : pause !== undefined
            ? 'paused'
            : 'idle',
    paused: pause === undefined ? null : { failure: pausedFor(pause), since: iso(pause.since) },
    progress: progress ?? null,
    last: last === undefined ? null : runOf(last),
    next: account === undefined || pause !== undefined ? null : iso(source.next()),
    sendReceive: { minutes: outlook.minutes() ?? null, last: sent === undefined ? null : iso(sent) },
    push: source.push(),
    attention: attentionOf(agent),
    warnings: warningsOf(source),
    parts: [...source.parts()],
  };
}

function pausedFor({ code, message }: { readonly code: string; readonly message: string }): Failed {
  return { code, message, retry: 'never', after: null };
}

export function accountOf(account: AccountRecord): Account {
  const { server, login, proxy, certificates } = addressOf(account);
  const text = (name: string): string => {
    const value = account.value[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    server,
    login,
    name: text('displayName') || login,
    serverVersion: text('serverVersion'),
    proxy,
    certificates: certificates !== '',
  };
}

export function runOf({ id, startedAt, endedAt, failure, ...rest }: RunRow): RunSummary {
  const { times, why, changes, failed: failures, held, folders, notes } = rest;
  return {
    ...{ id, times, why, changes, failed: failures, held, folders },
    startedAt: iso(startedAt),
    endedAt: endedAt === undefined ? null : iso(endedAt),
    notes: notes.map((note) => ({ en: noteInWords(note, 'en'), fr: noteInWords(note, 'fr') })),
    failure: failure === undefined ? null : failed(failure),
  };
}

/** What waits for the user, and what is not in step for another reason. */
function attentionOf({ storage }: Agent): Status['attention'] {
  let [held, items] = [0, 0];
  for (const { id } of storage.pairs.all()) {
    const state = storage.state(id);
    held += undecided(state.held()).length;
    items += state.unsettled().length;
  }
  return { held, items };
}

/** @units minutes: shorter intervals burden server and Outlook for little, since changes are heard of at once */
const SHORT = 10;

function warningsOf({ agent, outlook, parts, push }: StatusSource): Warning[] {
  const { settings } = agent.storage;
  const every = Math.min(optionOf(settings, 'interval'), outlook.minutes() ?? Number.POSITIVE_INFINITY);
  const broken = parts().find(({ name }) => name === 'push');
  return [
    ...(every < SHORT ? [intervalWarning(every)] : []),
    ...(push() !== 'on' && (broken?.failures ?? 0) >= 3
      ? [{ code: 'PUSH_UNAVAILABLE' as const, message: NO_PUSH }]
      : []),
  ];
}

export function intervalWarning(minutes: number): Warning {
  return {
    code: 'INTERVAL_SHORT',
    message: `Synchronizing every ${minutes} minutes burdens Outlook and the server; ${SHORT} minutes or more are enough, because changes are heard of at once.`,
  };
}

const NO_PUSH =
  'The server does not tell of changes at once (its event bus cannot be reached); they are found by the timer instead.';

export function foldersOf({ storage, pairs }: Agent): FolderStatus[] {
  return pairs().map((pair) => {
    const [report] = storage.reports.list({ pair: pair.id, most: 1 });
    return {
      pair: pair.id,
      name: pair.name,
      kind: pair.kind === 'calendar' ? 'calendar' : 'addressbook',
      container: pair.folders.server,
      access: pair.value['write'] === true ? 'R/W' : 'R',
      items: storage.state(pair.id).total(),
      last: report === undefined ? null : iso(report.endedAt),
      outcome: report?.outcome ?? null,
      failure: report?.failure === undefined ? null : failed(report.failure),
    };
  });
}

/** A run while it goes on: the folders that are known of, each with its own count. */
export function newProgress(agent: Agent, why: Why, startedAt: number): Progress {
  return {
    startedAt: iso(startedAt),
    why,
    folders: agent.pairs().map(({ name, kind }) => ({
      name,
      kind: kind === 'calendar' ? 'calendar' : 'addressbook',
      state: 'waiting',
      done: 0,
      total: null,
    })),
    cancelling: false,
  };
}

/** The folder that is told of is at work now, and the one before it done. */
export function goneOn(progress: Progress, { folder, done, total }: RunProgress): Progress {
  const known = progress.folders.some(({ name }) => name === folder);
  const fresh = { name: folder, kind: 'calendar' as const, state: 'waiting' as const, done: 0, total: null };
  const folders = (known ? progress.folders : [...progress.folders, fresh]).map((one) => {
    if (one.name === folder) return { ...one, state: 'running' as const, done, total };
    return one.state === 'running' ? { ...one, state: 'done' as const } : one;
  });
  return { ...progress, folders };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
