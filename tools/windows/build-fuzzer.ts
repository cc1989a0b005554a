/**
 * Builds the fuzzer of the add-in's interpreter (windows/shim/fuzz) for this machine, with the sanitizers for addresses, leaks and
 * undefined behaviour. `g++` is all that it needs.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, '..', '..', 'windows', 'shim', 'fuzz');
const FLAGS = [
  ...['-std=c++17', '-fshort-wchar', '-DSHIM_FUZZ', '-Wall', '-Wextra', '-Werror', '-g', '-O1'],
  ...['-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
];

/** As for `make`: another compiler of the same kind may be named. */
const COMPILER = process.env['CXX'] ?? 'g++';

/** Whether the compiler is here. */
export function hasFuzzer(): boolean {
  return spawnSync(COMPILER, ['--version']).status === 0;
}

/** Returns the program, made in `folder`: `fuzz SECONDS SEED [CORPUS…]`. @throws Error with the compiler's words */
export function buildFuzzer(folder: string): string {
  const [core, program] = [join(folder, 'core.o'), join(folder, 'fuzz')];
  const watched = ['-fno-exceptions', '-fsanitize-coverage=trace-pc', '-c'];
  compile([...FLAGS, ...watched, '-o', core, join(SOURCES, 'core.cpp')]);
  compile([...FLAGS, '-o', program, join(SOURCES, 'fuzz.cpp'), join(SOURCES, 'fake-ole.cpp'), core]);
  return program;
}

function compile(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(COMPILER, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${COMPILER} failed: ${error?.message ?? stderr.trim()}`);
}
