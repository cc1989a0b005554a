import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runWindows, startWindows, startWindowsNode } from '../../tools/windows/wine.ts';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

it('Windows’ Node runs a source of the project as it is, and calls Windows through koffi', async () => {
  const { code, stdout, stderr } = await startWindowsNode(script('koffi.ts'), ['é', 'a b']).exited;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ platform: 'win32', same: true, args: ['é', 'a b'] });
});

it('the exit code and both outputs of a Windows program arrive', async () => {
  const { code, stdout, stderr } = await runWindows('cmd', ['/c', 'echo out& echo err>&2& exit 3']);
  expect([code, stdout.trim(), stderr.trim()]).toEqual([3, 'out', 'err']);
});

it('a program that waits is ended, and what it said before is known', async () => {
  const process = startWindows('cmd', ['/c', 'echo here& ping -n 60 127.0.0.1 >nul']);
  expect(await process.until((stdout) => /here/.exec(stdout)?.[0])).toBe('here');
  await process.end();
  expect((await process.exited).code).toBe(137);
});

it('waiting for what a program never says ends with the program', async () => {
  const process = startWindows('cmd', ['/c', 'exit 4']);
  await expect(process.until(() => undefined)).rejects.toThrow('cmd ended with 4');
});
