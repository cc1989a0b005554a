import type { AbortSignalLike, Clock } from '../base/clock.ts';
import { Failure } from '../base/failure.ts';
import { type Credentials, openSession, type Session } from '../bluemind/session.ts';
import { parseServer } from '../bluemind/transport.ts';
import type { Registry } from '../outlook/model/calendar-options.ts';
import type { Executor } from '../outlook/program/program.ts';
import { open, type Storage } from '../storage/open.ts';
import type { AccountRecord, PairRecord } from '../storage/records.ts';
import { besideSettings, type SettingsView, syncSettings, viewSettings } from './calendar-settings.ts';
import type { CredentialStore } from './credentials.ts';
import type { Log } from './log.ts';
import { lookAtPair, type PairItems, planPairs, type RunPlan, runPairs } from './run.ts';
import { takeRunLock } from './run-lock.ts';
import type { RunReport } from './summary.ts';

export type AgentOptions = {
  /** The agent's memory. */
  readonly file: string;
  readonly lockFile: string;
  readonly credentials: CredentialStore;
  readonly executor: Executor;
  /** Where Outlook keeps its options; without it the calendar settings are left alone. */
  readonly registry?: Registry | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly version: string;
  /** Is told of every run. */
  readonly log?: Log | undefined;
};

export type NewAccount = Credentials & { readonly server: string };

/** What a run tells while it goes on. `total` is known once the folder was looked at. */
export type RunProgress = { readonly folder: string; readonly done: number; readonly total: number };
export type RunOptions = {
  readonly progress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
};

/** The connector of one user: an account, its memory, Outlook, and the runs between them. */
export type Agent = {
  readonly storage: Storage;
  accounts(): readonly AccountRecord[];
  /** Signs in first; nothing is stored unless that works. @throws ACCOUNT_EXISTS, LOGIN_…, SERVER_… */
  addAccount(account: NewAccount): Promise<AccountRecord>;
  /**
   * Forgets an account with its memory and password; Outlook and the server stay as they are.
   * @throws ACCOUNT_UNKNOWN; RUN_IN_PROGRESS, for a run must not lose its memory under its feet
   */
  removeAccount(id: string): Promise<void>;
  /** The same account at another address of its server. */
  moveAccount(id: string, server: string): void;
  pairs(): readonly PairRecord[];
  /** Synchronizes everything once. @throws RUN_IN_PROGRESS, NO_ACCOUNT, and what keeps a run from starting */
  run(options?: RunOptions): Promise<RunReport>;
  /** What {@link run} would do now; writes to neither side. */
  plan(options?: RunOptions): Promise<RunPlan>;
  /** The calendar settings of both sides; undefined where Outlook's options cannot be reached. */
  calendarSettings(): Promise<SettingsView | undefined>;
  /** Both sides of a pair as they are now, read afresh. */
  look(pair: string): Promise<PairItems>;
  close(): Promise<void>;
};

export function openAgent(options: AgentOptions): Agent {
  const { clock, credentials, executor, registry } = options;
  const storage = open({ file: options.file, now: () => clock.now() });
  let session: { readonly account: string; readonly line: Session } | undefined;
  const sessionOf = (account: AccountRecord): Session => {
    if (session?.account !== account.id) session = { account: account.id, line: openLine(options, account) };
    return session.line;
  };
  const working = () => {
    const account = onlyAccount(storage);
    return { storage, account, session: sessionOf(account), executor, registry, clock, newId: options.newId };
  };
  const alone = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const lock = takeRunLock(options.lockFile);
    try {
      return await work();
    } finally {
      lock.release();
    }
  };
  return {
    storage,
    accounts: () => storage.accounts.all(),
    addAccount: (account) => addAccount(options, storage, account),
    removeAccount: (id) =>
      alone(() => {
        if (storage.accounts.get(id) === undefined)
          throw new Failure('ACCOUNT_UNKNOWN', `There is no account ${id}; see \`connector account list\`.`);
        storage.accounts.delete(id);
        credentials.remove(id);
      }),
    moveAccount: (id, server) => {
      const account = storage.accounts.get(id);
      if (account !== undefined) storage.accounts.put({ ...account, server: parseServer(server).origin });
    },
    pairs: () => storage.pairs.all(),
    run: (run = {}) =>
      alone(async () => {
        const now = working();
        const pairs = () => runPairs(now, run);
        const report = await besideSettings(now, pairs, (settings) => syncSettings(settings, run.signal));
        options.log?.run(report);
        return report;
      }),
    plan: (run = {}) =>
      alone(() => {
        const now = working();
        return besideSettings(
          now,
          () => planPairs(now, run),
          (settings) => viewSettings(settings, run.signal),
        );
      }),
    calendarSettings: () =>
      alone(async () => {
        const now = working();
        return registry && viewSettings({ ...now, registry });
      }),
    look: (pair) => lookAtPair(working(), pair),
    close: async () => {
      await session?.line.close();
      await options.executor.close();
      storage.close();
    },
  };
}

function onlyAccount(storage: Storage): AccountRecord {
  const [account] = storage.accounts.all();
  if (account === undefined)
    throw new Failure('NO_ACCOUNT', 'No account is connected. Connect one with `connector account add`.');
  return account;
}

async function addAccount(options: AgentOptions, storage: Storage, account: NewAccount): Promise<AccountRecord> {
  const server = parseServer(account.server).origin;
  if (storage.accounts.all().length > 0)
    throw new Failure(
      'ACCOUNT_EXISTS',
      'An account is connected already. Remove it first, with `connector account remove`.',
    );
  const line = openSession({ ...lineOptions(options, server), credentials: async () => account });
  try {
    const user = await line.user();
    const id = `${user.loginAtDomain} on ${server}`;
    const record: AccountRecord = {
      id,
      server,
      login: user.loginAtDomain,
      value: { userUid: user.uid, displayName: user.displayName, mailboxCopyGuid: user.mailboxCopyGuid ?? null },
    };
    options.credentials.set(id, account.password);
    storage.accounts.put(record);
    return record;
  } finally {
    await line.close();
  }
}

function openLine(options: AgentOptions, account: AccountRecord): Session {
  const credentials = async (): Promise<Credentials> => {
    const password = options.credentials.get(account.id);
    if (password === undefined)
      throw new Failure(
        'CREDENTIALS_UNREADABLE',
        'The stored password cannot be read. Connect the account again to store it anew.',
      );
    return { login: account.login, password };
  };
  return openSession({ ...lineOptions(options, account.server), credentials });
}

function lineOptions({ version, clock, random }: AgentOptions, server: string) {
  return { server, version, clock, random };
}
