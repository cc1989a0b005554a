/** Handing a file over to the agent, piece by piece: a file of any size is never in memory as a whole. */
import { isFailure } from '../../base/failure.ts';
import type { Client } from './client.ts';

/** @units bytes handed over at once; as base64 they stay below what the agent takes */
const PIECE = 1_000_000;
/** @units seconds, where the agent does not say how long */
const PAUSE = 2;

export type FileToHand = {
  readonly name: string;
  /** @units bytes */
  readonly size: number;
  /** These bytes of it in base64. */
  piece(from: number, to: number): Promise<string>;
};

export type HandingOver = {
  /** How many bytes are there. */
  readonly onSent: (sent: number) => void;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly signal: AbortSignal;
};

/** A fast computer hands pieces over faster than the agent takes requests: then it waits, and goes on. Once cancelled, nothing fails any more. */
export async function handOver(client: Client, file: FileToHand, how: HandingOver): Promise<void> {
  try {
    await handPieces(client, file, how);
  } catch (error) {
    if (!how.signal.aborted) throw error;
  }
}

async function handPieces(client: Client, file: FileToHand, { onSent, sleep, signal }: HandingOver): Promise<void> {
  const { name, size } = file;
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isFailure(error, 'API_BUSY') || signal.aborted) throw error;
        await sleep(error.after ?? PAUSE);
      }
    }
  };
  const { file: id } = await patiently(() => client.post('import/file', { name, size }));
  for (let at = 0; at < size && !signal.aborted; at += PIECE) {
    onSent(at);
    const bytes = await file.piece(at, Math.min(size, at + PIECE));
    await patiently(() => client.post('import/piece', { file: id, at, bytes }));
  }
}
