/** Further versions of the tested program. They share all of its files but the executable, which is what takes long to build. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundle, type Release } from '../../tools/windows/build-bundle.ts';
import { buildExecutable } from '../../tools/windows/build-executable.ts';
import { buildInstaller } from '../../tools/windows/build-installer.ts';
import { fetchRuntime } from '../../tools/windows/build-runtime.ts';
import { OUT } from './installation.ts';

const AGENT = 'BlueMindConnector.exe';
/** Only in the version that does not come up. */
export const STRANGER = join('resources', 'of-the-new-version.txt');

/** An installer of a version that works; the program must be built. */
export async function laterVersion(release: Release): Promise<string> {
  const { program, work } = folders(release.version);
  const { windows, here } = fetchRuntime('tested');
  await buildBundle(join(work, 'bundle'), 'app.cjs', release);
  buildExecutable({
    ...{ runtime: windows, sameNode: here, version: release.version, to: join(program, AGENT) },
    ...{ code: join(work, 'bundle', 'app.cjs'), icon: join(OUT, 'work', 'pictures', 'connector.ico') },
  });
  return packed(release.version);
}

/** An installer of a version whose agent ends as soon as it is started. */
export function dyingVersion(version: string): string {
  const { program, work } = folders(version);
  const source = join(work, 'dies.c');
  writeFileSync(source, 'int main(void) { return 3; }\n');
  execFileSync('x86_64-w64-mingw32-gcc', ['-mwindows', '-s', '-o', join(program, AGENT), source]);
  writeFileSync(join(program, STRANGER), version);
  return packed(version);
}

/** Copies of the program's folder for a version. */
function folders(version: string): { readonly program: string; readonly work: string } {
  const [program, work] = [join(OUT, `program-${version}`), join(OUT, 'work', version)];
  rmSync(program, { recursive: true, force: true });
  cpSync(join(OUT, 'program'), program, { recursive: true });
  mkdirSync(work, { recursive: true });
  return { program, work };
}

/** Small enough that its download, which is never faster than a megabyte a second, does not take long. */
function packed(version: string): string {
  const to = join(OUT, `BlueMind-Connector-Setup-${version}.exe`);
  const program = join(OUT, `program-${version}`);
  const work = join(OUT, 'work');
  buildInstaller({ program, version, work, to, addIn: true, packed: 'quick' });
  return to;
}
