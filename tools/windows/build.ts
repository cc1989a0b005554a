/**
 * `npm run build:windows`: the program, its installer and what goes with it, into `dist/windows/release`. Two builds of the same sources
 * give the same bytes. `--runtime tested` takes the Node that Wine starts, `--fast` leaves the installer uncompressed, `--out` says
 * another folder; docs/windows-build.md has the rest.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import project from '../../package.json' with { type: 'json' };
import { buildInstaller } from './build-installer.ts';
import { buildProgram } from './build-program.ts';
import { fetchRuntime, type RuntimeName } from './build-runtime.ts';

export type WindowsBuild = {
  readonly runtime: RuntimeName;
  readonly fast: boolean;
  readonly version: string;
  readonly out: string;
};

const root = join(import.meta.dirname, '..', '..');

/** Returns the installer's file. */
export async function buildWindows({ runtime, fast, version, out }: WindowsBuild): Promise<string> {
  const [work, program] = [join(out, 'work'), join(out, 'program')];
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await buildProgram({ runtime: fetchRuntime(runtime), version, libraries: [], work, to: program });
  const to = join(out, `BlueMind-Connector-Setup-${version}.exe`);
  buildInstaller({ ...{ program, version, work, to, fast }, addIn: false });
  rmSync(work, { recursive: true, force: true });
  return to;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      runtime: { type: 'string', default: 'shipped' },
      fast: { type: 'boolean', default: false },
      out: { type: 'string', default: join(root, 'dist', 'windows', 'release') },
    },
  });
  const runtime = values.runtime === 'tested' ? 'tested' : 'shipped';
  console.log(await buildWindows({ ...values, runtime, version: project.version }));
}
