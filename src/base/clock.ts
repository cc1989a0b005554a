/** Where a room gets the time from; pure rooms are handed one, tests hand in a fake one. */
export type Clock = {
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  now(): number;
  /** Resolves after `ms` milliseconds, or rejects with CANCELLED when `signal` is aborted first. */
  sleep(ms: number, signal?: AbortSignalLike): Promise<void>;
};

/** The part of an `AbortSignal` that pure rooms use, so that they compile without the DOM or Node. */
export type AbortSignalLike = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};
