import { fileURLToPath } from 'node:url';
import type { Agent } from '../../agent/agent.ts';
import { type Host, type HostOptions, startHost } from '../../agent/host/host.ts';
import { type Pages, pagesIn } from '../../agent/host/pages.ts';
import type { Outlook } from '../../agent/outlook.ts';
import type { RunLock } from '../../agent/run-lock.ts';
import { type RunReport, totalsOf } from '../../agent/summary.ts';
import type { Updates } from '../../agent/updates.ts';
import { Failure } from '../../base/failure.ts';
import { resourceFolder } from '../../node/resources.ts';
import { showLink } from '../../node/show-link.ts';
import type { Context, DataFolder } from '../context.ts';
import { progressLine, type Shown, showFailure } from '../terminal.ts';
import { updatesOf } from '../updates.ts';
import { installationChecks } from './installation-checks.ts';
import { logOf } from './open-agent.ts';
import { shownOf } from './sync.ts';
import { type TrayIcon, trayIcon } from './tray-icon.ts';

export type Hosting = {
  readonly data: DataFolder;
  readonly agent: Agent;
  readonly outlook: Outlook;
  /** The agent's lock, where the caller holds it. */
  readonly held?: RunLock;
  readonly port: number;
  /** The option that says another port. */
  readonly portOption: '--port' | '--page-port';
  readonly json: boolean;
  readonly tables?: NonNullable<HostOptions['tables']>;
  /** Said once the windows can be opened. */
  readonly opened: (host: Host) => void;
};

/** The windows and the trial's page as `tools/build-dialogs.ts` made them. */
const WINDOWS = fileURLToPath(resourceFolder('dialogs', '../../../dist/dialogs/', import.meta.url));
const TRIAL = fileURLToPath(resourceFolder('trial', '../../../dist/trial/', import.meta.url));

/** The agent as it runs for months, here with its results on the terminal; ends with Ctrl-C. */
export async function runHost(context: Context, hosting: Hosting): Promise<void> {
  const { data, agent, outlook, held, json, port, portOption } = hosting;
  const log = logOf(data, () => agent);
  context.terminal.limitStop?.(() => {
    const forced = new Failure(
      'AGENT_STOP_FORCED',
      'The agent did not end in time and was ended. Nothing is lost: the next run completes what was interrupted.',
    );
    log.failure('stop', forced);
    showFailure(context.terminal, json, forced);
  });
  const line = progressLine(context.terminal, json);
  let first = true;
  let trouble = '';
  let [icon, updates]: [TrayIcon?, Updates?] = [];
  const host = await startHost({
    ...{ agent, port, portOption, clock: context.clock, random: context.random, version: context.version },
    outlook: outlook.events(() => agent.pairs().map(({ folders }) => folders.outlook)),
    folder: data.path,
    held,
    log,
    logs: data.logs,
    pages: windowsAndTrial(),
    ...(hosting.tables === undefined ? {} : { tables: hosting.tables }),
    updates: (changed) => {
      updates = updatesOf(context, { data, agent, changed });
      return updates;
    },
    onStatus: (status) => icon?.changed(status),
    checks: installationChecks,
    signal: context.signal,
    onProgress: ({ folder, done, total }) => line.step(folder, `${done} of ${total} changes`),
    onRun: (report) => {
      line.end();
      trouble = '';
      if (first || saysSomething(report)) tell(context, json, shownOf(report));
      first = false;
    },
    onRunFailed: (error) => {
      line.end();
      const message = error instanceof Error ? error.message : String(error);
      // The same trouble again is no news.
      if (message !== trouble) showFailure(context.terminal, json, error);
      trouble = message;
    },
  });
  icon = await trayIcon({ agent, log, host, updates, clock: context.clock });
  icon.changed(host.status());
  hosting.opened(host);
  const unlisten = outlook.clicks?.((command) => {
    if (command === 'synchronize') host.want('asked');
    void showLink(host.link(command));
  });
  await host.ended;
  unlisten?.();
  await icon.close();
}

function windowsAndTrial(): Pages {
  const [windows, trial] = [pagesIn(WINDOWS), pagesIn(TRIAL)];
  return {
    find: (path, language) =>
      (path === '/trial' || path.startsWith('/trial-assets/') ? trial : windows).find(path, language),
  };
}

function saysSomething({ folders, settings }: RunReport): boolean {
  const { changes, failed } = totalsOf(folders);
  return changes + failed + (settings?.lines.filter(({ outcome }) => outcome === 'done').length ?? 0) > 0;
}

/** With `--json` every report is one line, so that a program can read them as they come. */
function tell({ terminal }: Context, json: boolean, { lines, json: report }: Shown): void {
  terminal.out(json ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
}
