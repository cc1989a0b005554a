/**
 * Builds the add-in for Outlook (windows/shim) with mingw-w64, for Outlook of 64 and of 32 bits. The same sources give the same bytes,
 * wherever they lie. What a library of Outlook's process must be is checked here: small, and needing nothing but Windows.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import project from '../../package.json' with { type: 'json' };
import names from '../../windows/names.json' with { type: 'json' };

export type Bits = 64 | 32;

/** Their names in an installation. */
const FILES = { 64: names.addIn.ADDIN64, 32: names.addIn.ADDIN32 } as const satisfies Record<Bits, string>;

/** Its class; windows/shim/dll.cpp knows it too. */
export const ADD_IN_CLASS = names.addIn.CLSID;

const TOOLS = { 64: 'x86_64-w64-mingw32-', 32: 'i686-w64-mingw32-' } as const satisfies Record<Bits, string>;
const SOURCES = join(import.meta.dirname, '..', '..', 'windows', 'shim');

/** @units bytes */
export const MOST_BYTES = 60 * 1024;
/** Part of every Windows since 7. */
const SYSTEM = ['advapi32.dll', 'kernel32.dll', 'msvcrt.dll', 'ole32.dll', 'oleaut32.dll', 'user32.dll'];
const EXPORTS = ['DllCanUnloadNow', 'DllGetClassObject'];

const COMPILE = [
  ...['-std=c++17', '-Os', '-Wall', '-Wextra', '-Werror', '-Wno-cast-function-type'],
  // Nothing is thrown across COM, because nothing can be thrown.
  ...['-fno-exceptions', '-fno-rtti', '-fno-threadsafe-statics'],
  ...['-ffunction-sections', '-fdata-sections', '-D_WIN32_WINNT=0x0601'],
];
// Nothing of the C runtime needs a start: there are no static objects with constructors.
const LINK = [
  ...['-s', '-shared', '-static', '-static-libgcc', '-nostartfiles'],
  '-Wl,--gc-sections,--kill-at,--dynamicbase,--nxcompat,--no-insert-timestamp,--enable-stdcall-fixup',
];
const ENTRY = { 64: '-Wl,-e,DllMain', 32: '-Wl,-e,_DllMain@12' } as const satisfies Record<Bits, string>;
const LIBRARIES = ['-lole32', '-loleaut32', '-luuid', '-ladvapi32', '-luser32'];

/** Builds both libraries into the folder `to`. Returns their paths. @throws Error with the compiler's words, or what is wrong */
export function buildAddIns(to: string, version: string = project.version): Readonly<Record<Bits, string>> {
  return { 64: buildAddIn(to, 64, version), 32: buildAddIn(to, 32, version) };
}

function buildAddIn(to: string, bits: Bits, version: string): string {
  mkdirSync(to, { recursive: true });
  // Built where the paths are short and the same from there, because some of them get into the bytes.
  const folder = mkdtempSync(join(tmpdir(), 'add-in-'));
  try {
    cpSync(SOURCES, folder, { recursive: true });
    const name = FILES[bits];
    run(folder, `${TOOLS[bits]}windres`, [
      `-DVERSION_COMMAS=${commas(version)}`,
      `-DVERSION_TEXT=\\"${version}\\"`,
      'shim.rc',
      'shim.o',
    ]);
    const define = `-DSHIM_VERSION="${version}"`;
    run(folder, `${TOOLS[bits]}g++`, [
      ...COMPILE,
      define,
      ...LINK,
      ENTRY[bits],
      '-o',
      name,
      'all.cpp',
      'shim.o',
      'shim.def',
      ...LIBRARIES,
    ]);
    check(folder, name, bits);
    copyFileSync(join(folder, name), join(to, name));
    return join(to, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commas(version: string): string {
  const [numbers = ''] = version.split('-');
  return [...numbers.split('.'), '0', '0', '0'].slice(0, 4).join(',');
}

/** What a library says about itself. */
export type Library = {
  readonly bytes: number;
  readonly format: string;
  readonly imports: readonly string[];
  readonly exports: readonly string[];
};

export function describeLibrary(path: string, bits: Bits): Library {
  const text = run('.', `${TOOLS[bits]}objdump`, ['-p', path]);
  const imports = [...text.matchAll(/DLL Name: (\S+)/g)].map(([, name = '']) => name.toLowerCase());
  const table = text.slice(text.indexOf('[Ordinal/Name Pointer] Table'));
  const exports = [...table.matchAll(/^\s*\[\s*\d+\]\s+(\w+)\s*$/gm)].map(([, name = '']) => name);
  const [, format = ''] = /file format (\S+)/.exec(text) ?? [];
  return { bytes: statSync(path).size, format, imports: imports.sort(), exports: exports.sort() };
}

function check(folder: string, name: string, bits: Bits): void {
  const library = describeLibrary(join(folder, name), bits);
  const strange = library.imports.filter((one) => !SYSTEM.includes(one));
  if (library.bytes > MOST_BYTES) throw new Error(`${name} has ${library.bytes} bytes, more than ${MOST_BYTES}`);
  if (strange.length > 0) throw new Error(`${name} needs ${strange.join(', ')}, which Windows does not bring`);
  if (library.exports.join() !== EXPORTS.join()) throw new Error(`${name} exports ${library.exports.join(', ')}`);
}

function run(cwd: string, program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr.trim()}`);
  return stdout;
}

if (import.meta.main) {
  const to = join(import.meta.dirname, '..', '..', 'dist', 'windows', 'add-in');
  for (const path of Object.values(buildAddIns(to))) console.log(`${path} ${statSync(path).size} bytes`);
}
