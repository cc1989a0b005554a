import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const MODULE = new URL('./stop-limit.ts', import.meta.url).href;

/** A process that is told to stop with SIGTERM; `work` is what it does then. */
async function stopped(work: string): Promise<{ code: number | null; said: string }> {
  const source = `
    const { stopLimit } = await import(${JSON.stringify(MODULE)});
    const stop = new AbortController();
    process.on('SIGTERM', () => stop.abort());
    const limit = stopLimit(stop.signal, () => process.exit(39), 100);
    const busy = setInterval(() => {}, 1000);
    ${work}
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // One that hangs must not outlive its test.
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let said = '';
  child.stdout.on('data', (text) => {
    if (said === '') child.kill('SIGTERM');
    said += String(text);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

it('a stop that hangs is ended by force, after it was told', async () => {
  expect(await stopped(`limit(() => console.log('overdue'));`)).toEqual({ code: 39, said: 'ready\noverdue\n' });
});

it('a stop that ends by itself is left alone, and so is a command that set no limit', async () => {
  const endsItself = `stop.signal.addEventListener('abort', () => clearInterval(busy));`;
  expect(await stopped(`limit(() => console.log('overdue')); ${endsItself}`)).toEqual({ code: 0, said: 'ready\n' });
  const later = `stop.signal.addEventListener('abort', () => setTimeout(() => clearInterval(busy), 400));`;
  expect(await stopped(later)).toEqual({ code: 0, said: 'ready\n' });
});
