/** When doing the same thing again can help: at once, after a while, or only after something was changed. */
export type Retry = 'now' | 'later' | 'never';

/** What a failure is about, added once by {@link about}: the innermost caller that knows wins. */
export type Subject = {
  readonly side?: string | undefined;
  readonly folder?: string | undefined;
  readonly item?: string | undefined;
};

type FailureOptions = {
  readonly retry?: Retry | undefined;
  /** @units seconds to wait before trying again */
  readonly after?: number | undefined;
  readonly cause?: unknown;
  readonly subject?: Subject | undefined;
};

/**
 * An expected failure: something a person or the caller can act on, never a bug.
 * `code` is stable and comes from the closed list of the room that throws it; `message` is one clear sentence, free to change,
 * and never holds an item's contents, a password or a key.
 */
export class Failure extends Error {
  readonly code: string;
  readonly retry: Retry;
  readonly after: number | undefined;
  subject: Subject | undefined;

  constructor(code: string, message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.retry = options.retry ?? 'never';
    this.after = options.after;
    this.subject = options.subject;
  }
}

/** Whether `error` is a {@link Failure}, of this `code` when one is given. */
export function isFailure(error: unknown, code?: string): error is Failure {
  return error instanceof Failure && (code === undefined || error.code === code);
}

/** The code of a cancelled operation; a cancellation is never wrapped and never counted as a failure. */
export const CANCELLED = 'CANCELLED';

/** Runs `work`; a {@link Failure} it throws without a subject gets this one. */
export async function about<T>(subject: Subject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFailure(error) && error.subject === undefined && error.code !== CANCELLED) error.subject = subject;
    throw error;
  }
}

/** Throws the CANCELLED failure when `signal` was aborted. */
export function throwIfCancelled(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted) throw new Failure(CANCELLED, 'The operation was cancelled.', { retry: 'now' });
}
