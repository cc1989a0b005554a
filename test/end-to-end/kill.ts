import { spawn } from 'node:child_process';
import { systemClock } from '../../src/node/system-clock.ts';
import { buildConnector } from '../../tools/build-connector.ts';

/**
 * Starts `connector sync` on a data folder in a process of its own and kills it after `ms` milliseconds, as a power cut would.
 * @returns whether it was still running then
 */
export async function killedSync(folder: string, ms: number): Promise<boolean> {
  const child = spawn(process.execPath, [await buildConnector(), 'sync', '--data', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const finished = await Promise.race([ended, systemClock.sleep(ms).then(() => 'time is up' as const)]);
  if (finished === 'time is up') {
    child.kill('SIGKILL');
    await ended;
    return true;
  }
  if (finished !== 0 && finished !== 3) throw new Error(`the run ended by itself with ${finished}: ${said}`);
  return false;
}

/** Numbers from 0 up to 1 that can be had again: `SEED` replays a run that failed. */
export function seededRandom(): () => number {
  let state = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
  console.log(`random moments: SEED=${state}`);
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}
