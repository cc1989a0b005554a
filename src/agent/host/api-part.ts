import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from '../../node/private-file.ts';
import type { AgentEvent } from '../api/shapes.ts';
import { type LocalApi, type LocalApiOptions, openLocalApi } from './local-api.ts';
import type { Part } from './supervise.ts';

/** Where the local API is, in a file that only the user may read; not there while there is none. */
export const ADDRESS_FILE = 'api.json';
export type ApiAddress = { readonly url: string; readonly token: string; readonly pid: number };

export type ApiPart = Part & {
  /** The API when it is open for the first time; rejects when it cannot be. */
  readonly ready: Promise<LocalApi>;
  now(): LocalApi | undefined;
  tell(event: AgentEvent): void;
};

export function apiPart(folder: string, options: LocalApiOptions): ApiPart {
  const ready = Promise.withResolvers<LocalApi>();
  ready.promise.catch(() => undefined);
  let api: LocalApi | undefined;
  // Windows that are open find it again where it was.
  let { port } = options;
  return {
    name: 'api',
    ready: ready.promise,
    now: () => api,
    tell: (event) => api?.tell(event),
    run: async (signal) => {
      const file = join(folder, ADDRESS_FILE);
      try {
        api = await openLocalApi({ ...options, port });
      } catch (error) {
        ready.reject(error);
        throw error;
      }
      try {
        port = Number(new URL(api.url).port);
        writePrivately(file, JSON.stringify({ url: api.url, token: api.token, pid: process.pid } satisfies ApiAddress));
        ready.resolve(api);
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve();
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      } finally {
        rmSync(file, { force: true });
        await api.close();
        api = undefined;
      }
    },
  };
}
