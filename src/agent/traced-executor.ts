import type { Executor } from '../outlook/program/program.ts';
import type { Log } from './log.ts';

/** Tells the log of every program of Outlook: what it is called, how it ended and how long it took. */
export function tracedExecutor(inner: Executor, log: Pick<Log, 'program'>): Executor {
  return {
    calls: inner.calls,
    release: inner.release,
    close: inner.close,
    run: async (program) => {
      const began = performance.now();
      try {
        const outcome = await inner.run(program);
        log.program(program.label, outcome.kind, Math.round(performance.now() - began));
        return outcome;
      } catch (error) {
        log.program(program.label, 'thrown', Math.round(performance.now() - began));
        throw error;
      }
    },
  };
}
