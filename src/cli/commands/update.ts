import { join } from 'node:path';
import { Command, Option } from 'commander';
import { wishFor } from '../../agent/host/update-part.ts';
import { takeRunLock } from '../../agent/run-lock.ts';
import { type UpdateStatus, updateStatus } from '../../agent/updates.ts';
import { isFailure } from '../../base/failure.ts';
import { backToOwnSchema } from '../../storage/open.ts';
import { guard } from '../../update/guard.ts';
import { openState } from '../../update/state.ts';
import { addByDefault } from '../by-default.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import { localTime } from '../local-time.ts';
import { type Shown, table } from '../terminal.ts';
import { programPort, updatesFolder, updatesOf } from '../updates.ts';
import { runningAgent } from './open.ts';
import { withAgent } from './open-agent.ts';
import { isRunning } from './stop.ts';

/** `update [status|check|install|later]`: new versions of the connector. */
export function updateCommand(context: Context): Command {
  const update = new Command('update').description('new versions of the connector: what is known, and what is done');
  addByDefault(
    update,
    runs(new Command('status').description('show what is known of new versions'), context, ({ data }) =>
      asked(context, data, 'status'),
    ),
  );
  update.addCommand(
    runs(new Command('check').description('ask for a new version now, and download it'), context, ({ data }) =>
      asked(context, data, 'check'),
    ),
  );
  update.addCommand(
    runs<[], { tonight?: boolean }>(
      new Command('install')
        .description('install what was downloaded; Outlook is closed for it, and opened again')
        .option('--tonight', 'between 2 and 5 o’clock'),
      context,
      ({ data, tonight }) => asked(context, data, tonight === true ? 'tonight' : 'now'),
    ),
  );
  update.addCommand(
    runs(new Command('later').description('ask again after four hours, while Outlook is open'), context, ({ data }) =>
      asked(context, data, 'later'),
    ),
  );
  update.addCommand(guardCommand(context), { hidden: true });
  return update;
}

type Asked = 'status' | 'check' | 'now' | 'tonight' | 'later';

/** By the agent where it runs, which knows most and does the work; else here. */
async function asked(context: Context, data: DataFolder, what: Asked): Promise<Shown> {
  const status = isRunning(data) ? await askAgent(data, what) : await doHere(context, data, what);
  return { lines: linesOf(status), json: status };
}

function askAgent(data: DataFolder, what: Asked): Promise<UpdateStatus> {
  const agent = runningAgent(data);
  if (what === 'status') return agent.get('updates', {});
  return what === 'check' ? agent.post('updates/check', {}) : agent.post('updates/install', { when: what });
}

function doHere(context: Context, data: DataFolder, what: Asked): Promise<UpdateStatus> {
  return withAgent(context, data, async (agent) => {
    const updates = updatesOf(context, { data, agent });
    const { updater } = updates;
    if (what === 'check') await updater.check({ byHand: true, signal: context.signal });
    else if (what === 'now') await updater.install();
    else if (what !== 'status') updater.wish(wishFor(what, context.clock.now()));
    return updateStatus(updates);
  });
}

const OFF: Readonly<Record<NonNullable<UpdateStatus['off']>, string>> = {
  option: 'switched off (`connector options set updates on`)',
  policy: 'switched off by your organisation',
  source:
    'none: this program runs from its source; fetch the newer source (`git pull`, then `npm ci`), or use the installer',
  'not-installed': 'none by themselves: this program was not installed by its user',
  'no-key': 'none: this build trusts nobody to sign them',
  'no-channel': 'none: neither an account nor an address is set',
};

function linesOf({ installed, off, channel, url, state, offer, checked, next, wish, last }: UpdateStatus): string[] {
  const at = (time: string) => localTime(time);
  const rows: (readonly [string, string])[] = [
    ['installed', installed],
    ['updates', off === null ? `on, ${channel}, from ${url}` : OFF[off]],
    ...(checked === null
      ? []
      : [
          [
            'last asked',
            `${at(checked.at)}${checked.failure === null ? '' : `: ${checked.failure.message} [${checked.failure.code}]`}`,
          ] as const,
        ]),
    ...(next === null || off !== null ? [] : [['next', at(next)] as const]),
    ...(offer === null
      ? []
      : [['offered', `${offer.version}, ${(offer.size / 1e6).toFixed(1)} MB: ${STATES[state]}`] as const]),
    ...(wish === null ? [] : [['when', wish.at === null ? wish.when : `${wish.when} (${at(wish.at)})`] as const]),
    ...(last === null ? [] : [['last update', `${at(last.at)}: ${lastWords(last)}`] as const]),
  ];
  return [...table(rows), ...(offer === null ? [] : offer.news.lines.map((line) => `  - ${line}`))];
}

const STATES: Readonly<Record<UpdateStatus['state'], string>> = {
  idle: 'not downloaded yet',
  checking: 'being asked for',
  downloading: 'being downloaded',
  staged: 'ready to be installed',
  installing: 'being installed',
};

function lastWords({ did, version, from }: NonNullable<UpdateStatus['last']>): string {
  if (did === 'installed') return `${version} in place of ${from}`;
  const why = did === 'not-up' ? 'did not come up' : 'could not be installed';
  return `${version} ${why}; ${from} has returned`;
}

/** What the version that works runs from its copy: nobody types it. */
function guardCommand(context: Context): Command {
  const command = new Command('guard')
    .description('watch an update that is being installed')
    .addOption(new Option('--program <folder>').makeOptionMandatory());
  return runs<[], { program: string }>(command, context, async ({ data, program }) => {
    const state = openState(updatesFolder(data));
    try {
      const lock = takeRunLock(join(state.folder, 'guard.lock'));
      try {
        const port = programPort(context, data, program);
        await guard({ state, port, clock: context.clock, memoryBack: () => void backToOwnSchema(data.agent) });
      } finally {
        lock.release();
      }
    } catch (error) {
      // Another guard watches already.
      if (!isFailure(error, 'RUN_IN_PROGRESS')) throw error;
    }
    return undefined;
  });
}
