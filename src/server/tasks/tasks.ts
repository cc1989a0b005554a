import type { Clock } from '../../base/clock.ts';
import { isFailure } from '../../base/failure.ts';
import type { TaskRef, TaskStatus } from '../../wire/task.ts';

/** What the work of a task uses to tell how far it is. */
export type Progress = {
  begin(steps: number, message: string): void;
  step(message: string): void;
};

/** Long pieces of work, kept in memory: they vanish ten minutes after their end, and with the process. */
export type Tasks = {
  /** Starts `work` after the present call has been answered; what it returns is told as JSON text. */
  start(work: (progress: Progress) => unknown): TaskRef;
  status(id: string): TaskStatus | undefined;
  /** The lines logged so far, from `offset` on. */
  logs(id: string, offset: number): readonly string[] | undefined;
  /** Resolves when every started task has ended. */
  idle(): Promise<void>;
};

type Task = { status: TaskStatus; readonly lines: string[]; endedAt: number | undefined };

/** @units milliseconds */
const KEPT = 10 * 60_000;

export function newTasks(options: { clock: Clock; newId: () => string; log: (line: string) => void }): Tasks {
  const { clock, newId, log } = options;
  const tasks = new Map<string, Task>();
  const running = new Set<Promise<void>>();
  const find = (id: string) => {
    const now = clock.now();
    for (const [key, task] of tasks) if (task.endedAt !== undefined && now - task.endedAt > KEPT) tasks.delete(key);
    return tasks.get(id);
  };
  return {
    start(work) {
      const id = newId();
      const task: Task = { status: { steps: 0, progress: 0, state: 'NotStarted' }, lines: [], endedAt: undefined };
      tasks.set(id, task);
      const run = runTask(task, work, log).then(() => {
        task.endedAt = clock.now();
        running.delete(run);
      });
      running.add(run);
      return { id };
    },
    status: (id) => find(id)?.status,
    logs: (id, offset) => find(id)?.lines.slice(offset),
    idle: async () => void (await Promise.all(running)),
  };
}

async function runTask(task: Task, work: (progress: Progress) => unknown, log: (line: string) => void): Promise<void> {
  const say = (message: string, change: Partial<TaskStatus>) => {
    task.lines.push(message);
    task.status = { ...task.status, ...change, lastLogEntry: message, state: 'InProgress' };
  };
  const progress: Progress = {
    begin: (steps, message) => say(message, { steps, progress: 0 }),
    step: (message) => say(message, { progress: (task.status.progress ?? 0) + 1 }),
  };
  await new Promise<void>((resolve) => setImmediate(resolve));
  try {
    const outcome = await work(progress);
    const { steps } = task.status;
    task.status = { ...task.status, progress: steps ?? 0, state: 'Success', result: JSON.stringify(outcome ?? null) };
  } catch (error) {
    const message = isFailure(error) ? error.message : 'The task met an unexpected state; see the log of the server.';
    if (!isFailure(error)) log(`task failed: ${error instanceof Error ? error.stack : 'unknown'}`);
    task.lines.push(message);
    task.status = { ...task.status, lastLogEntry: message, state: 'InError', result: null };
  }
}
