import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAMS = ['/usr/bin/dbus-run-session', '/usr/bin/gnome-keyring-daemon'];
const missing = PROGRAMS.find((program) => !existsSync(program));
const without = missing === undefined ? '' : ` (skipped: no ${missing}; \`apt-get install dbus gnome-keyring\`)`;
const MODULE = new URL('./credentials.ts', import.meta.url).href;

/** A process that opens the store of `folder` and does `work` with it; its words. */
const inProcess = (folder: string, work: string) =>
  `"${process.execPath}" --input-type=module --eval '
    const { openCredentialStore } = await import(${JSON.stringify(MODULE)});
    const store = await openCredentialStore(${JSON.stringify(folder)});
    ${work}'`;

it.skipIf(missing !== undefined)(`on a Linux desktop the key lies in the Secret Service${without}`, async () => {
  const [home, folder] = [mkdtempSync(join(tmpdir(), 'home-')), mkdtempSync(join(tmpdir(), 'connector-'))];
  const session = [
    'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1',
    inProcess(folder, 'store.set("jane", "correct horse");'),
    inProcess(folder, 'console.log(store.get("jane"));'),
  ].join('\n');
  const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, CONNECTOR_KEYRING: '' };
  const { stdout } = await promisify(execFile)('dbus-run-session', ['--', 'bash', '-c', session], { env });
  expect(stdout).toContain('correct horse');
  expect(readdirSync(folder)).toEqual(['credentials.json']);
  // Without the desktop's session there is no key; none is made in its place.
  const outside = promisify(execFile)('bash', ['-c', inProcess(folder, '')], {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: '' },
  });
  await expect(outside).rejects.toThrow(/keyring.*does not answer/);
  expect(readdirSync(folder)).toEqual(['credentials.json']);
});
