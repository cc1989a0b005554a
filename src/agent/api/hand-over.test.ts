import { expect, it } from 'vitest';
import { Failure } from '../../base/failure.ts';
import type { Client } from './client.ts';
import { handOver } from './hand-over.ts';

/** Takes pieces, and refuses the requests of these numbers as an agent that has too many. */
function busyClient(refused: readonly number[]) {
  let asked = 0;
  const taken: { at: number; bytes: string }[] = [];
  const post = async (name: string, body: { at: number; bytes: string }) => {
    asked += 1;
    if (refused.includes(asked)) throw new Failure('API_BUSY', 'Too many.', { retry: 'later', after: 3 });
    if (name === 'import/piece') taken.push({ at: body.at, bytes: body.bytes });
    return { file: 7 };
  };
  return { client: { post } as unknown as Client, taken };
}

const file = { name: 'large.ics', size: 2_500_000, piece: async (from: number, to: number) => `${from}-${to}` };
const whole = [
  { at: 0, bytes: '0-1000000' },
  { at: 1_000_000, bytes: '1000000-2000000' },
  { at: 2_000_000, bytes: '2000000-2500000' },
];

it('waits as long as an agent says that has too many requests, and hands over every piece once', async () => {
  const { client, taken } = busyClient([1, 3, 4]);
  const slept: number[] = [];
  const sent: number[] = [];
  await handOver(client, file, {
    signal: new AbortController().signal,
    onSent: (at) => sent.push(at),
    sleep: async (seconds) => void slept.push(seconds),
  });
  expect({ taken, slept, sent }).toEqual({ taken: whole, slept: [3, 3, 3], sent: [0, 1_000_000, 2_000_000] });
});

it('ends when it is cancelled, while it waits too', async () => {
  const { client, taken } = busyClient([3, 4, 5, 6]);
  const stop = new AbortController();
  await handOver(client, file, { signal: stop.signal, onSent: () => {}, sleep: async () => stop.abort() });
  expect(taken).toEqual(whole.slice(0, 1));
});
