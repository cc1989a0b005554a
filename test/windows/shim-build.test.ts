/** The add-in's libraries as files: what can be said of them without running them. Outlook's of 32 bits runs nowhere here. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bits, buildAddIns, describeLibrary, MOST_BYTES } from '../../tools/windows/build-shim.ts';

let folder: string;
let built: Readonly<Record<Bits, string>>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'add-ins-'));
  built = buildAddIns(join(folder, 'one'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

it('the same sources give the same bytes, for either Outlook', () => {
  const again = buildAddIns(join(folder, 'two'));
  expect([digest(again[64]), digest(again[32])]).toEqual([digest(built[64]), digest(built[32])]);
});

it.each([
  [64, 'pei-x86-64'],
  [32, 'pei-i386'],
] as const)('the library for %i bits is of that kind, small, and needs nothing but Windows', (bits, format) => {
  const library = describeLibrary(built[bits], bits);
  expect(library).toEqual({
    bytes: expect.any(Number),
    format,
    imports: ['advapi32.dll', 'kernel32.dll', 'msvcrt.dll', 'ole32.dll', 'oleaut32.dll', 'user32.dll'],
    exports: ['DllCanUnloadNow', 'DllGetClassObject'],
  });
  expect(library.bytes).toBeLessThanOrEqual(MOST_BYTES);
});

it('its version is said in the file, as Explorer shows it', () => {
  buildAddIns(join(folder, 'other'), '12.3.4-beta');
  const text = readFileSync(join(folder, 'other', 'addin-x64.dll')).toString('utf16le');
  expect(text).toContain('FileVersion');
  expect(text).toContain('12.3.4-beta');
});
