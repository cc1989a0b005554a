/** The connector of the engine's measurements: agent and emulated Outlook in this process, counted and timed at every call. */
import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Agent, openAgent } from '../../src/agent/agent.ts';
import { openCredentialStore } from '../../src/agent/credentials.ts';
import { must } from '../../src/base/assert.ts';
import type { Clock } from '../../src/base/clock.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { openEmulator } from '../../src/outlook/emulator/open-emulator.ts';
import { countingExecutor } from '../../src/outlook/program/executors.ts';
import type { Executor } from '../../src/outlook/program/program.ts';
import { LOGIN, PASSWORD } from './company.ts';

/** What one run of the agent cost. */
export type Cost = {
  /** @units seconds */
  readonly seconds: number;
  /** Of this process, Outlook's emulator included: other work on the machine changes it little. @units seconds */
  readonly processorSeconds: number;
  readonly outlookCalls: number;
  readonly requests: number;
  /** Changes that were made on either side. */
  readonly changes: number;
  /** The longest program that Outlook was given. @units milliseconds */
  readonly longestSlice: number;
  /** The longest time in which nothing else could have had its turn. @units milliseconds */
  readonly longestBlock: number;
  /** The same in processor time of the thread, which other work on the machine does not lengthen. @units milliseconds */
  readonly longestWork: number;
  /** Peak of the process so far, Outlook's emulator included. @units megabytes */
  readonly peakMemory: number;
  readonly failed: number;
};

export type Desk = {
  readonly agent: Agent;
  readonly executor: Executor;
  /** One run. */
  run(signal?: AbortSignal): Promise<Cost>;
  /** Lets so much of Outlook's and the agent's time pass. @units milliseconds */
  later(milliseconds: number): void;
  /** Forgets everything but the account's address, as a lost `agent.sqlite` does. */
  forget(): Promise<void>;
  close(): Promise<void>;
};

/** Outlook with an empty profile and an agent connected to `server`; files lie in a folder that goes away with it. */
export async function openDesk(server: string): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const emulator = openEmulator({
    file: join(folder, 'outlook.sqlite'),
    clock,
    random: Math.random,
    profile: { user: { name: 'Jane Doe', address: LOGIN } },
  });
  const meter = metered(emulator.executor);
  const connect = () => connected(folder, { executor: meter.executor, clock }, server);
  let agent = await connect();
  return {
    get agent() {
      return agent;
    },
    executor: emulator.executor,
    run: (signal) => meter.around(() => agent.run({ signal })),
    later: (milliseconds) => {
      ahead += milliseconds;
    },
    forget: async () => {
      agent.storage.close();
      rmSync(join(folder, 'agent.sqlite'));
      agent = await connect();
    },
    close: async () => {
      await agent.close();
      emulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function connected(
  folder: string,
  { executor, clock }: { readonly executor: Executor; readonly clock: Clock },
  server: string,
): Promise<Agent> {
  const agent = openAgent({
    file: join(folder, 'agent.sqlite'),
    lockFile: join(folder, 'run.lock'),
    credentials: await openCredentialStore(folder),
    executor,
    clock,
    random: Math.random,
    newId: randomUUID,
    version: 'bench',
  });
  await agent.addAccount({ server, login: LOGIN, password: PASSWORD });
  return agent;
}

/** Requests of this process, as its HTTP client tells them. */
let requests = 0;
channel('undici:request:create').subscribe(() => {
  requests += 1;
});

/** The most processor time that this thread takes between two turns of a timer. @units milliseconds */
function longestTurn(): { stop(): number } {
  let longest = 0;
  let before = process.threadCpuUsage();
  const turn = () => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
  };
  const timer = setInterval(turn, 1);
  return {
    stop: () => {
      clearInterval(timer);
      return longest;
    },
  };
}

function metered(inner: Executor): {
  readonly executor: Executor;
  around(work: () => ReturnType<Agent['run']>): Promise<Cost>;
} {
  const counting = countingExecutor(inner);
  let longestSlice = 0;
  const executor: Executor = {
    run: async (program) => {
      const start = performance.now();
      const outcome = await counting.run(program);
      longestSlice = Math.max(longestSlice, performance.now() - start);
      return outcome;
    },
    release: (objects) => inner.release(objects),
    calls: () => inner.calls(),
    close: () => inner.close(),
  };
  return {
    executor,
    around: async (work) => {
      longestSlice = 0;
      const before = { calls: inner.calls(), requests };
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const turns = longestTurn();
      const start = performance.now();
      const processor = process.cpuUsage();
      const { folders } = await work();
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(processor);
      delay.disable();
      const longestWork = turns.stop();
      const lines = folders.flatMap(({ report }) => report.lines);
      for (const { report } of folders) if (report.failure) console.error(report.failure);
      return {
        seconds,
        processorSeconds: (user + system) / 1e6,
        outlookCalls: inner.calls() - before.calls,
        requests: requests - before.requests,
        changes: lines.filter(({ outcome }) => outcome === 'done').length,
        longestSlice,
        longestBlock: delay.max / 1e6,
        longestWork,
        peakMemory: peakMemory(),
        failed: lines.filter(({ outcome }) => outcome !== 'done').length,
      };
    },
  };
}

/** What this program has held at most. The system's other figure begins with what the program that started it held. @units megabytes of 1024 KB */
function peakMemory(): number {
  const [, kilobytes] = must(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')));
  return Number(kilobytes) / 1024;
}
