/**
 * The agent as one program that runs for months: what begins runs, the runs, the server's news and the local API, each a part that is
 * started again when it fails. `connector agent` and the trial run the same.
 */
import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { Failure } from '../../base/failure.ts';
import type { Agent, RunProgress } from '../agent.ts';
import type { Dialog } from '../api/routes.ts';
import type { AgentEvent, Progress, Status, Why } from '../api/shapes.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Log } from '../log.ts';
import { optionOf } from '../options.ts';
import { signOfLife } from '../report/send.ts';
import type { RunLock } from '../run-lock.ts';
import type { RunReport } from '../summary.ts';
import type { Updates } from '../updates.ts';
import { takeAgentLock } from './agent-lock.ts';
import { apiPart } from './api-part.ts';
import { agentTable } from './handlers.ts';
import type { Mounted } from './local-api.ts';
import type { OutlookEvents } from './outlook-events.ts';
import { outlookPart } from './outlook-part.ts';
import type { Pages } from './pages.ts';
import type { PortOption } from './port-failure.ts';
import { pushPart } from './push-part.ts';
import { openRunner } from './runner.ts';
import { goneOn, newProgress, statusOf } from './status.ts';
import { supervise } from './supervise.ts';
import { timerPart } from './timer-part.ts';
import { updatePart } from './update-part.ts';

export type HostOptions = {
  readonly agent: Agent;
  readonly outlook: OutlookEvents;
  readonly clock: Clock;
  readonly random: () => number;
  readonly version: string;
  /** The data folder: the lock and the API's address lie there. */
  readonly folder: string;
  /** The lock, where the caller has taken it and gives it back. */
  readonly held?: RunLock | undefined;
  readonly log: Log;
  /** Its folder. */
  readonly logs: string;
  /** Of the local API; 0: any free one. */
  readonly port: number;
  /** The option of the command that says another. */
  readonly portOption: PortOption;
  readonly pages: Pages;
  /** Further routes, of the trial; `tell` says to every window that something of this kind changed. */
  readonly tables?: (tell: Tell) => readonly Mounted[];
  /** New versions of this program, told of changes by what it is made with; undefined: it does not update itself. */
  readonly updates?: ((changed: () => void) => Updates) | undefined;
  /** Further checks of the installation, for reports. */
  readonly checks?: (() => Promise<readonly Finding[]>) | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  readonly onRun?: (report: RunReport, why: Why) => void;
  /** A run that could not start or failed as a whole. */
  readonly onRunFailed?: (error: unknown) => void;
  /** Something of the status, or about updates, is other than it was. */
  readonly onStatus?: (status: Status) => void;
};

export type Tell = (what: Extract<AgentEvent, { readonly kind: 'changed' }>['what']) => void;

export type Host = {
  /** Of the local API. */
  readonly url: string;
  status(): Status;
  want(why: Why): boolean;
  link(dialog: Dialog, lasts?: number): string;
  /** Begins the end, as the signal does. */
  stop(): void;
  /** Resolves when everything has stopped; the agent is the caller's to close. */
  readonly ended: Promise<void>;
};

/** @throws AGENT_RUNNING, PORT_IN_USE, PORT_REFUSED */
export async function startHost(options: HostOptions): Promise<Host> {
  const lock = options.held === undefined ? takeAgentLock(options.folder) : undefined;
  const stop = new AbortController();
  const end = () => stop.abort();
  options.signal.addEventListener('abort', end, { once: true });
  if (options.signal.aborted) end();
  const { api, supervised, status, want, cameUp } = assemble(options, stop);
  const ended = supervised.ended.finally(() => {
    options.signal.removeEventListener('abort', end);
    lock?.release();
  });
  try {
    const { url } = await api.ready;
    await cameUp();
    want('start');
    return {
      url,
      status,
      want,
      link: (dialog, lasts) => {
        const now = api.now();
        if (now === undefined)
          throw new Failure('AGENT_UNREACHABLE', 'The agent’s pages are not open just now. Try again.');
        return now.link(dialog, lasts);
      },
      stop: end,
      ended,
    };
  } catch (error) {
    end();
    await ended;
    throw error;
  }
}

function assemble(options: HostOptions, stop: AbortController) {
  const { signal } = stop;
  const { agent, clock, random, log, outlook, version } = options;
  const { settings } = agent.storage;
  let progress: Progress | undefined;
  let lastSendReceive: number | undefined;
  const connected = () => agent.accounts().length > 0;
  const touch = gather(signal, () => {
    const now = status();
    api.tell({ kind: 'status', status: now });
    options.onStatus?.(now);
  });
  const moved = gather(signal, () => progress && api.tell({ kind: 'progress', progress }));
  const runEnded = () => {
    progress = undefined;
    timer.restart();
    push.update();
    touch();
  };
  const runner = openRunner({
    run: (run) => agent.run(run),
    connected,
    settings,
    clock,
    on: {
      began: (why) => {
        progress = newProgress(agent, why, clock.now());
        touch();
      },
      progress: (step) => {
        if (progress !== undefined) progress = goneOn(progress, step);
        moved();
        options.onProgress?.(step);
      },
      ended: (report, why) => {
        runEnded();
        for (const what of ['runs', 'folders', 'history', 'held', 'items'] as const)
          api.tell({ kind: 'changed', what });
        options.onRun?.(report, why);
        // Only a sign of life: what keeps it from being sent is told by the runs.
        life.ran(report).catch((error: unknown) => log.failure('sign of life', error));
      },
      failed: (error) => {
        runEnded();
        log.failure('run', error);
        options.onRunFailed?.(error);
      },
      paused: touch,
    },
  });
  // A new version synchronizes only once it is known to be well: until then the one before can return to its own memory.
  let up = false;
  const want = (why: Why) => {
    log.event('trigger', { why });
    return up && runner.want(why);
  };
  const life = signOfLife({
    session: () => (connected() ? agent.session() : undefined),
    ...{ version, clock, wanted: () => optionOf(settings, 'status.share') === 'on' },
  });
  const updates = options.updates?.(
    gather(signal, () => {
      api.tell({ kind: 'changed', what: 'updates' });
      options.onStatus?.(status());
    }),
  );
  const updating =
    updates &&
    updatePart({
      ...{ updates, clock, random, busy: () => runner.current() !== undefined },
      onFailure: (error) => log.failure('updates', error),
    });
  const cameUp = async () => {
    await updates?.updater.cameUp();
    up = true;
    if (updates?.updater.reopened() === true) await updates.outlook?.start();
  };
  const timer = timerPart({
    clock,
    interval: () => optionOf(settings, 'interval') * 60_000,
    onTime: () => want('timer'),
    onJump: () => {
      push.reopen();
      supervised.nudge();
      want('wake');
    },
  });
  const push = pushPart({
    session: () => (connected() && runner.pause() === undefined ? agent.session() : undefined),
    pairs: agent.pairs,
    clock,
    onNews: (news) => want(news === 'joined' ? 'online' : 'push'),
    onRefused: runner.refused,
    onState: touch,
  });
  const listening = outlookPart({
    events: outlook,
    clock,
    onChanged: () => want('outlook'),
    onSendReceive: () => {
      lastSendReceive = clock.now();
      want('send-receive');
    },
  });
  const status = () =>
    statusOf({
      ...{ agent, version, runner, outlook },
      progress: () => progress && { ...progress, cancelling: runner.current()?.cancelling ?? false },
      parts: () => supervised.status(),
      push: push.state,
      next: timer.next,
      lastSendReceive: () => lastSendReceive,
    });
  const table = agentTable({
    ...{
      agent,
      runner,
      want,
      status,
      touch,
      log,
      version,
      clock,
      logs: options.logs,
      uploads: join(options.folder, 'import'),
    },
    link: (dialog) => api.now()?.link(dialog) ?? '',
    tell: (what) => api.tell({ kind: 'changed', what }),
    reopen: push.reopen,
    stop: () => stop.abort(),
    ...{ updates, checks: options.checks, nudgeUpdates: () => updating?.nudge() },
  });
  const api = apiPart(options.folder, {
    ...{ port: options.port, portOption: options.portOption, clock, pages: options.pages },
    tables: [table, ...(options.tables?.((what) => api.tell({ kind: 'changed', what })) ?? [])],
    first: () => ({ kind: 'status', status: status() }),
    onFailure: (what, error) => log.failure(what, error),
  });
  const runs = { name: 'runs' as const, run: runner.work };
  const supervised = supervise([api, runs, timer, listening, push, ...(updating ? [updating] : [])], {
    ...{ clock, random, signal, onChange: touch },
    onFailure: (part, error) => log.failure(`part ${part}`, error),
  });
  return { api, supervised, status, want, cameUp };
}

/** @units milliseconds between two messages of one kind to the windows */
const GATHERED = 100;

/** The first call of a moment at once, those that follow as one at its end; none after the stop. */
function gather(signal: AbortSignal, work: () => void): () => void {
  let resting = false;
  let wanted = false;
  const call = () => {
    if (signal.aborted) return;
    wanted = resting;
    if (resting) return;
    resting = true;
    setTimeout(() => {
      resting = false;
      if (wanted) call();
    }, GATHERED).unref();
    work();
  };
  return call;
}
