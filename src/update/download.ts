/**
 * Downloads a file in the background: at a bounded rate, and from where it was cut off. What arrives is believed only once the
 * whole has the size and the hash that the signed manifest names; until then it has another name.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Response } from 'undici';
import type { Clock } from '../base/clock.ts';
import { CANCELLED, Failure, throwIfCancelled } from '../base/failure.ts';
import { type Fetch, unreachable } from './channel.ts';
import { updateFailure } from './failures.ts';
import type { ReleaseFile } from './manifest.ts';

export type Download = {
  readonly url: string;
  readonly wanted: Pick<ReleaseFile, 'size' | 'sha256'>;
  /** Where it lies once it is complete and right; beside it, with `.part` at the end, until then. */
  readonly file: string;
  /** The entity tag of what lies there of it. */
  readonly etag: string | null;
  /** The tag of what is read now; called before the first byte is written. */
  readonly began: (etag: string | null) => void;
  readonly progress: (done: number) => void;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** @units bytes a second; Infinity: as fast as it goes */
  readonly rate: number;
  readonly signal: AbortSignal;
};

/** Room that is left to others. @units bytes */
const SPARE = 20_000_000;

/**
 * @throws UPDATE_CUT (what arrived stays, and is gone on from), UPDATE_SIZE_WRONG, UPDATE_HASH_WRONG, UPDATE_UNREACHABLE,
 * STORAGE_FULL, CANCELLED
 */
export async function download(work: Download): Promise<void> {
  const part = `${work.file}.part`;
  try {
    if (!(await isRight(work.file, work.wanted))) {
      if ((await sizeOf(part)) !== work.wanted.size) await fill(part, work);
      await mustBeRight(part, work.wanted);
      await rename(part, work.file);
    }
  } catch (error) {
    throw await told(error, part);
  }
}

/** Whether a file is what was promised. */
export async function isRight(file: string, wanted: Download['wanted']): Promise<boolean> {
  return (await sizeOf(file)) === wanted.size && (await hashOf(file)) === wanted.sha256;
}

async function mustBeRight(part: string, wanted: Download['wanted']): Promise<void> {
  if ((await hashOf(part)) === wanted.sha256) return;
  await rm(part, { force: true });
  throw updateFailure(
    'UPDATE_HASH_WRONG',
    'What was downloaded is not what was signed, so it was thrown away. It is tried again later; if this stays so, tell your administrator.',
  );
}

async function fill(part: string, work: Download): Promise<void> {
  const has = work.etag === null ? 0 : Math.min(await sizeOf(part), work.wanted.size);
  await mustHaveRoom(part, work.wanted.size - has);
  const answer = await ask(work, has);
  const goesOn = answer.status === 206 && startOf(answer) === has;
  if (!goesOn && answer.status !== 200) {
    await answer.body?.cancel();
    await rm(part, { force: true });
    throw unreachable(work.url, `HTTP ${answer.status}`);
  }
  work.began(answer.headers.get('etag'));
  const handle = await open(part, goesOn ? 'a' : 'w', 0o600);
  try {
    await pour(answer, handle, goesOn ? has : 0, work);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `If-Range`: the rest of the very file whose beginning lies here, or all of another. @source RFC 9110, 13.1.5 */
async function ask({ url, fetch, signal, etag }: Download, has: number): Promise<Response> {
  const rest = has === 0 || etag === null ? {} : { range: `bytes=${has}-`, 'if-range': etag };
  try {
    return await fetch(url, { headers: { 'accept-encoding': 'identity', ...rest }, signal });
  } catch (error) {
    throwIfCancelled(signal);
    throw unreachable(url, error);
  }
}

/** @returns where a part begins; -1 when it does not say */
function startOf(answer: Response): number {
  const [, start] = /^bytes (\d+)-/.exec(answer.headers.get('content-range') ?? '') ?? [];
  return start === undefined ? -1 : Number(start);
}

async function pour(answer: Response, to: FileHandle, has: number, work: Download): Promise<void> {
  const { wanted, clock, rate, signal, progress } = work;
  const began = clock.now();
  let done = has;
  const body = answer.body?.getReader();
  for (;;) {
    const next = await body?.read().catch((cause: unknown) => {
      throwIfCancelled(signal);
      throw cut(cause);
    });
    if (next === undefined || next.done) break;
    done += next.value.length;
    if (done > wanted.size) {
      await body?.cancel();
      await to.truncate(0);
      throw wrongSize();
    }
    await to.write(next.value);
    progress(done);
    const early = ((done - has) / rate) * 1000 - (clock.now() - began);
    if (early > 0) await clock.sleep(early, signal);
  }
  const announced = answer.headers.get('content-length');
  if (done < wanted.size) throw announced !== null && Number(announced) + has === done ? wrongSize() : cut();
}

function cut(cause?: unknown): Failure {
  return updateFailure('UPDATE_CUT', 'The download of the update broke off. It goes on from there later.', cause);
}

function wrongSize(): Failure {
  return updateFailure(
    'UPDATE_SIZE_WRONG',
    'What is offered for download has another size than was signed, so it was not taken. It is tried again later.',
  );
}

async function mustHaveRoom(part: string, more: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(part));
  if (bavail * bsize < more + SPARE) throw full();
}

function full(cause?: unknown): Failure {
  return new Failure(
    'STORAGE_FULL',
    'The disk is full: the update could not be downloaded, and the version that works stays. Free some space; it is tried again.',
    { retry: 'later', cause },
  );
}

/** A full disk gives back what the download took of it. */
async function told(error: unknown, part: string): Promise<unknown> {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  if (isFull || code === 'UPDATE_SIZE_WRONG') await rm(part, { force: true });
  if (isFull) return full(error);
  return code === 'ABORT_ERR' ? new Failure(CANCELLED, 'The operation was cancelled.', { retry: 'now' }) : error;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'r');
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
