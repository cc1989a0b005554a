/**
 * Where policies stand: in Windows' registry, for the computer before the user; elsewhere in a file that only the administrator may
 * write. What cannot be read is as if it were not there.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { FoundPolicies } from './policies.ts';

/** Below HKEY_LOCAL_MACHINE and HKEY_CURRENT_USER. */
export const POLICY_KEY = String.raw`Software\Policies\BlueMind\Connector`;
export const POLICY_FILE = '/etc/bluemind-connector/policies.json';

/** Read when the agent starts, and by each command. */
export function findPolicies(platform: NodeJS.Platform = process.platform): FoundPolicies {
  if (platform === 'win32') return { ...inHive('HKCU'), ...inHive('HKLM') };
  try {
    const found: unknown = JSON.parse(readFileSync(POLICY_FILE, 'utf8'));
    return typeof found === 'object' && found !== null ? (found as FoundPolicies) : {};
  } catch {
    return {};
  }
}

function inHive(hive: 'HKCU' | 'HKLM'): FoundPolicies {
  try {
    const words = ['query', `${hive}\\${POLICY_KEY}`, ...(hive === 'HKLM' ? ['/reg:64'] : [])];
    return readQuery(
      execFileSync('reg', words, { encoding: 'utf8', windowsHide: true, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return {};
  }
}

/** What `reg query` prints of a key: lines of name, type and value, four blanks between them. */
export function readQuery(text: string): FoundPolicies {
  const lines = text.matchAll(/^ {4}(.+?) {4}(REG_SZ|REG_DWORD) {4}(.*?)\r?$/gm);
  return Object.fromEntries(
    [...lines].map(([, name = '', type, value = '']) => [name, type === 'REG_DWORD' ? Number(value) : value]),
  );
}
