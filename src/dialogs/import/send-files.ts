import { handOver } from '../../agent/api/hand-over.ts';
import { agent } from '../app/live.tsx';

export type Sending = { readonly name: string; readonly sent: number; readonly size: number };

/** Hands files over to the agent, one after the other. */
export async function sendFiles(
  files: readonly File[],
  { signal, onSent }: { readonly signal: AbortSignal; readonly onSent: (sending: Sending) => void },
): Promise<void> {
  for (const file of files) {
    if (signal.aborted) return;
    const { name, size } = file;
    await handOver(
      agent,
      { name, size, piece: (from, to) => base64Of(file.slice(from, to)) },
      { signal, onSent: (sent) => onSent({ name, sent, size }), sleep },
    );
  }
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
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
