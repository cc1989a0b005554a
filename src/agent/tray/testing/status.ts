import type { Failed, RunSummary, Status } from '../../api/shapes.ts';

/** An agent that is connected and at rest, with nothing to say, but for what is given. */
export function statusWith(more: Partial<Status> = {}): Status {
  return {
    version: '1.0.0',
    language: 'system',
    server: null,
    account: { server: 'https://x', login: 'jane@x', name: 'Jane', serverVersion: '', proxy: '', certificates: false },
    state: 'idle',
    paused: null,
    progress: null,
    last: runWith(),
    next: null,
    sendReceive: { minutes: null, last: null },
    push: 'on',
    attention: { held: 0, items: 0 },
    warnings: [],
    parts: [],
    ...more,
  };
}

/** The last run: a good one, or one that failed so many times in a row. */
export function runWith(code?: string, times = 1, retry: Failed['retry'] = 'later'): RunSummary {
  const failure = code === undefined ? null : { code, message: 'It failed.', retry, after: null };
  const ended = { startedAt: '2026-03-02T09:00:00.000Z', endedAt: '2026-03-02T09:00:05.000Z' };
  const counts = { changes: 0, failed: 0, held: 0, folders: 2 };
  return { id: 1, ...ended, times, why: 'timer', ...counts, notes: [], failure };
}
