import type { AbortSignalLike, Clock } from '../base/clock.ts';
import { Failure, isFailure } from '../base/failure.ts';
import type { Session } from '../bluemind/session.ts';
import { parseServer, type TransportOptions } from '../bluemind/transport.ts';
import type { Registry } from '../outlook/model/calendar-options.ts';
import type { Executor } from '../outlook/program/program.ts';
import { open, type Storage } from '../storage/open.ts';
import type { AccountRecord, PairRecord } from '../storage/records.ts';
import type { RunReason } from '../storage/run-records.ts';
import {
  type AccountAddress,
  accountLine,
  accountRecord,
  addressOf,
  type NewAccount,
  PAUSE,
  passwordOf,
  type SignedIn,
  signIn,
} from './account.ts';
import { besideSettings, type SettingsView, syncSettings, viewSettings } from './calendar-settings.ts';
import { type Containers, containersOf } from './containers.ts';
import type { CredentialStore } from './credentials.ts';
import { type Imports, openImports } from './import/imports.ts';
import type { Log } from './log.ts';
import { notedRun } from './noted-run.ts';
import { managedSettings, NO_POLICIES, type Policies, settingManaged } from './policies.ts';
import { lookAtPair, type PairItems, planPairs, type RunPlan, runPairs } from './run.ts';
import { takeRunLock } from './run-lock.ts';
import type { RunReport } from './summary.ts';
import { openTrust, type Trust } from './trust.ts';

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
  /** What the organisation has decided; nothing unless given. */
  readonly policies?: Policies | undefined;
  /** Is told of every run. */
  readonly log?: Log | undefined;
  /** Is told of every call to the server. */
  readonly trace?: TransportOptions['trace'];
  /** The proxy of this computer's settings, where the account names none. */
  readonly findProxy?: TransportOptions['findProxy'];
};

/** What a run tells while it goes on. `total` is known once the folder was looked at. */
export type RunProgress = { readonly folder: string; readonly done: number; readonly total: number };
export type RunOptions = {
  readonly progress?: ((progress: RunProgress) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** What made it begin; the user unless told otherwise. */
  readonly why?: RunReason | undefined;
  /** Uids of the containers whose items are synchronized; the others wait for the next run. Undefined: all. */
  readonly only?: ReadonlySet<string> | undefined;
};

/** The connector of one user: an account, its memory, Outlook, and the runs between them. */
export type Agent = {
  readonly storage: Storage;
  /** What a person does beside the runs: take back, prove, reset. */
  readonly trust: Trust;
  readonly policies: Policies;
  /** Taking in what was there before, and what files hold. */
  readonly imports: Imports;
  /** The line that runs use. @throws NO_ACCOUNT */
  session(): Session;
  accounts(): readonly AccountRecord[];
  /** Signs in and stores nothing; without a password the stored one is tried. @throws NO_ACCOUNT and what {@link signIn} throws */
  testAccount(account: AccountAddress & { readonly password?: string | undefined }): Promise<SignedIn>;
  /** Signs in first; nothing is stored unless that works. @throws ACCOUNT_EXISTS and what {@link signIn} throws */
  addAccount(account: NewAccount): Promise<AccountRecord>;
  /** Stores another password once the server accepted it. @throws NO_ACCOUNT and what {@link signIn} throws */
  changePassword(password: string): Promise<void>;
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
  /** What {@link run} would do now; writes to neither side. Waits for a run that goes on. @throws RUN_IN_PROGRESS when that takes too long */
  plan(options?: RunOptions): Promise<RunPlan>;
  /** The calendar settings of both sides; undefined where Outlook's options cannot be reached. */
  calendarSettings(): Promise<SettingsView | undefined>;
  /** Calendars and books as wholes. Waits for a run that goes on. @throws RUN_IN_PROGRESS when that takes too long */
  readonly containers: Containers;
  /** Both sides of a pair as they are now, read afresh. */
  look(pair: string): Promise<PairItems>;
  close(): Promise<void>;
};

export function openAgent(options: AgentOptions): Agent {
  const { clock, credentials, executor, registry } = options;
  const { policies = NO_POLICIES } = options;
  const stored = open({ file: options.file, now: () => clock.now() });
  const storage = { ...stored, settings: managedSettings(stored.settings, policies) };
  const line = keptLine(options);
  const working = () => {
    const account = onlyAccount(storage);
    return { storage, account, session: line.of(account), executor, registry, clock, newId: options.newId };
  };
  const alone = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const lock = takeRunLock(options.lockFile);
    try {
      return await work();
    } finally {
      lock.release();
    }
  };
  const afterRun = <T>(work: () => Promise<T>) => patiently(clock, () => alone(work));
  return {
    storage,
    trust: openTrust(working, afterRun),
    imports: openImports(working, afterRun),
    policies,
    accounts: () => storage.accounts.all(),
    session: () => line.of(onlyAccount(storage)),
    testAccount: (account) => {
      const password = account.password ?? passwordOf(credentials, onlyAccount(storage).id);
      return signIn(options, { ...account, password });
    },
    addAccount: (account) => addAccount(options, storage, account),
    changePassword: async (password) => {
      const account = onlyAccount(storage);
      await signIn(options, { ...addressOf(account), password });
      credentials.set(account.id, password);
      storage.settings.set(PAUSE, undefined);
      await line.drop();
    },
    removeAccount: (id) =>
      alone(async () => {
        if (storage.accounts.get(id) === undefined)
          throw new Failure('ACCOUNT_UNKNOWN', `There is no account ${id}; see \`connector account list\`.`);
        storage.accounts.delete(id);
        credentials.remove(id);
        storage.settings.set(PAUSE, undefined);
        await line.drop();
      }),
    moveAccount: (id, server) => {
      const account = storage.accounts.get(id);
      if (account !== undefined) storage.accounts.put({ ...account, server: parseServer(server).origin });
    },
    pairs: () => storage.pairs.all(),
    run: (run = {}) =>
      alone(async () => {
        const now = working();
        const within = run.only === undefined ? now : { ...now, registry: undefined };
        const pairs = () => runPairs(now, run);
        const noted = { storage, clock, account: now.account.id };
        const report = await notedRun(noted, run.why ?? 'asked', () =>
          besideSettings(within, pairs, (settings) => syncSettings(settings, run.signal)),
        );
        options.log?.run(report);
        return report;
      }),
    plan: (run = {}) =>
      afterRun(() => {
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
    containers: containersOf((work) => afterRun(() => work(working()))),
    look: (pair) => lookAtPair(working(), pair),
    close: async () => {
      await line.drop();
      await options.executor.close();
      storage.close();
    },
  };
}

/** @units milliseconds: how long a short command waits for a run that goes on, and how often it asks */
const PATIENCE = 30_000;
const BEAT = 100;

/** @throws RUN_IN_PROGRESS */
async function patiently<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += BEAT) {
    try {
      return await work();
    } catch (error) {
      if (!isFailure(error, 'RUN_IN_PROGRESS') || waited >= PATIENCE) throw error;
      await clock.sleep(BEAT);
    }
  }
}

function onlyAccount(storage: Storage): AccountRecord {
  const [account] = storage.accounts.all();
  if (account === undefined)
    throw new Failure('NO_ACCOUNT', 'No account is connected. Connect one with `connector account add`.');
  return account;
}

async function addAccount(options: AgentOptions, storage: Storage, account: NewAccount): Promise<AccountRecord> {
  if (storage.accounts.all().length > 0)
    throw new Failure(
      'ACCOUNT_EXISTS',
      'An account is connected already. Remove it first, with `connector account remove`.',
    );
  const { server } = options.policies ?? NO_POLICIES;
  if (server !== undefined && parseServer(server).origin !== parseServer(account.server).origin)
    throw settingManaged(`the server is ${server}`);
  const record = accountRecord(await signIn(options, account), account);
  options.credentials.set(record.id, account.password);
  storage.accounts.put(record);
  return record;
}

/** The one line to the server, opened when it is needed, and anew when the account is another or lies elsewhere. */
function keptLine(options: AgentOptions) {
  let kept: { readonly of: string; readonly line: Session } | undefined;
  const drop = async () => {
    const was = kept;
    kept = undefined;
    await was?.line.close();
  };
  return {
    of: (account: AccountRecord): Session => {
      const of = JSON.stringify([account.id, addressOf(account)]);
      if (kept?.of !== of) {
        void drop();
        kept = { of, line: accountLine(options, account) };
      }
      return kept.line;
    },
    /** Leaves the server; the next use opens another. */
    drop,
  };
}
