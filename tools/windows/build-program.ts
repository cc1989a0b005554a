/** The folder of the program as it is installed. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildDialogs } from '../build-dialogs.ts';
import { buildBundle, type Release } from './build-bundle.ts';
import { buildExecutable, dressProgram } from './build-executable.ts';
import { buildPictures } from './build-pictures.ts';
import { fetchNative, type Runtime } from './build-runtime.ts';

export type ProgramParts = Release & {
  readonly runtime: Runtime;
  /** The add-in's libraries; none: the program without a ribbon. */
  readonly libraries: readonly string[];
  /** For what is made on the way. */
  readonly work: string;
  readonly to: string;
};

/** What Windows runs: it is signed, and may be in use while it is replaced. */
export const PROGRAMS = /\.(exe|dll|node)$/;

const root = join(import.meta.dirname, '..', '..');

/** Where the files that the program reads lie in the sources, by the names of `src/node/resources.ts`. */
const RESOURCES = {
  dialogs: 'dist/dialogs',
  emulator: 'src/outlook/emulator/migrations',
  memory: 'src/storage/migrations',
  server: 'src/server/store/sqlite/migrations',
  trial: 'dist/trial',
} as const;

/** Returns the packages whose code is in it. */
export async function buildProgram({
  runtime,
  version,
  keys,
  libraries,
  work,
  to,
}: ProgramParts): Promise<readonly string[]> {
  rmSync(to, { recursive: true, force: true });
  for (const folder of ['native', 'resources']) mkdirSync(join(to, folder), { recursive: true });
  buildPictures(join(work, 'pictures'));
  const packages = await buildBundle(join(work, 'bundle'), 'app.cjs', { version, keys });
  await buildBundle(join(to, 'resources', 'outlook'), 'thread.cjs', { version });
  await buildBundle(join(to, 'resources', 'desktop'), 'tray.cjs', { version });
  const icon = join(work, 'pictures', 'connector.ico');
  buildExecutable({
    ...{ icon, version, runtime: runtime.windows, sameNode: runtime.here },
    code: join(work, 'bundle', 'app.cjs'),
    to: join(to, 'BlueMindConnector.exe'),
  });
  buildCommandLine(join(to, 'connector.exe'), { icon, version });
  for (const [name, file] of fetchNative()) cpSync(file, join(to, 'native', name));
  await buildDialogs();
  for (const [name, folder] of Object.entries(RESOURCES))
    cpSync(join(root, folder), join(to, 'resources', name), {
      recursive: true,
      filter: (file) => !file.endsWith('made-of.txt'),
    });
  for (const library of libraries) cpSync(library, join(to, library.split('/').at(-1) ?? ''));
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE.txt'));
  cpSync(runtime.licence, join(to, 'LICENSE-node.txt'));
  return packages;
}

/** The command line's own small program; reproducible, because nothing of the time of its making is in it. */
function buildCommandLine(to: string, looks: { readonly icon: string; readonly version: string }): void {
  const source = join('windows', 'cli', 'connector.c');
  const flags = ['-Os', '-s', '-Wall', '-Wextra', '-Werror'];
  const linked = ['-Wl,--dynamicbase,--nxcompat,--no-insert-timestamp'];
  const { status, stderr, error } = spawnSync('x86_64-w64-mingw32-gcc', [...flags, ...linked, '-o', to, source], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`connector.exe could not be built: ${error?.message ?? stderr}`);
  dressProgram(to, { ...looks, name: 'connector', describes: 'BlueMind Connector for Outlook, command line' });
}
