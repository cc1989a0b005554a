/** Asks a channel for its manifest: a small file beside the installers, on any web server. */
import type { Response } from 'undici';
import { CANCELLED, Failure, isFailure } from '../base/failure.ts';
import { updateFailure } from './failures.ts';
import { noManifest } from './manifest.ts';

/** HTTP, by the way and with the trust that the user set up. Rejects as `fetch` does. */
export type Fetch = (
  url: string,
  init: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
) => Promise<Response>;

/** More than any manifest has. @units bytes */
const LARGEST = 256 * 1024;
/** @units milliseconds for the whole manifest */
const PATIENCE = 30_000;

/** The text of a manifest. @throws UPDATE_UNREACHABLE, UPDATE_NO_MANIFEST, CANCELLED */
export async function fetchManifest(url: string, fetch: Fetch, signal: AbortSignal): Promise<string> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const headers = { accept: 'application/json', 'cache-control': 'no-cache' };
  return reached(url, signal, async () => {
    const answer = await fetch(url, { headers, signal: late });
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status !== 200 || type.includes('html')) {
      await answer.body?.cancel();
      throw answer.status === 200 || type.includes('html') ? noManifest() : unreachable(url, `HTTP ${answer.status}`);
    }
    return readBounded(answer);
  });
}

async function readBounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    // Leaving the loop ends the connection: what is too large is not read to its end.
    if (length > LARGEST) throw noManifest();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What the network does, as Failures. */
export async function reached<T>(url: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFailure(error)) throw error;
    if (signal.aborted) throw new Failure(CANCELLED, 'The operation was cancelled.', { retry: 'now' });
    throw unreachable(url, error);
  }
}

export function unreachable(url: string, cause: unknown): Failure {
  const host = URL.parse(url)?.host ?? 'the update channel';
  return updateFailure(
    'UPDATE_UNREACHABLE',
    `Updates cannot be asked for at ${host} just now. It is tried again.`,
    cause,
  );
}
