import { agent } from '../app/live.tsx';

/** @units bytes handed over at once; as base64 they stay below what the agent takes */
const PIECE = 500_000;

export type Sending = { readonly name: string; readonly sent: number; readonly size: number };

/** Hands files over to the agent, one after the other, piece by piece: a file of any size is never in memory as a whole. */
export async function sendFiles(
  files: readonly File[],
  { signal, onSent }: { readonly signal: AbortSignal; readonly onSent: (sending: Sending) => void },
): Promise<void> {
  for (const file of files) {
    const { name, size } = file;
    const { file: id } = await agent.post('import/file', { name, size });
    for (let at = 0; at < size; at += PIECE) {
      if (signal.aborted) return;
      onSent({ name, sent: at, size });
      await agent.post('import/piece', { file: id, at, bytes: await base64Of(file.slice(at, at + PIECE)) });
    }
  }
}

function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = String(reader.result);
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(piece);
  });
}
