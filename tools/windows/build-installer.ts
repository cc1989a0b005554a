/** The installer: NSIS over the program's folder, with lists of its files that are made here, so that removing knows what was put. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import names from '../../windows/names.json' with { type: 'json' };
import { PROGRAMS } from './build-program.ts';

export type InstallerParts = {
  /** The program's folder. */
  readonly program: string;
  readonly version: string;
  /** With the pictures, and for what is made on the way. */
  readonly work: string;
  readonly to: string;
  /** Whether the add-in's libraries are in the program's folder. */
  readonly addIn: boolean;
  /** `none` and `quick` are for tests: made within seconds. */
  readonly packed: 'best' | 'quick' | 'none';
  /** A command that signs the file that follows it. */
  readonly sign?: string | undefined;
};

const root = join(import.meta.dirname, '..', '..');

export function buildInstaller(parts: InstallerParts): void {
  const { program, version, work, to, addIn, packed, sign } = parts;
  const lists = join(work, 'lists');
  writeLists(resolve(program), lists);
  writeLicences(join(work, 'licences'));
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const defined: Readonly<Record<string, string | undefined>> = {
    ...{ VERSION: version, VERSION4: `${major}.${minor}.${patch}.0`, OUT: resolve(to) },
    ...{ PROGRAM: resolve(program), PICTURES: resolve(work, 'pictures'), LICENCES: resolve(work, 'licences') },
    LISTS: resolve(lists),
    ...(addIn ? names.addIn : {}),
    PACKED: packed,
    SIGN: sign,
  };
  const definitions = Object.entries(defined).flatMap(([name, value]) =>
    value === undefined ? [] : [`-D${name}=${value}`],
  );
  const made = spawnSync(
    'makensis',
    ['-V2', '-WX', '-INPUTCHARSET', 'UTF8', ...definitions, join(root, 'windows', 'installer', 'setup.nsi')],
    // Whatever asks for the time of the build gets none.
    { encoding: 'utf8', env: { ...process.env, SOURCE_DATE_EPOCH: '0' } },
  );
  if (made.status !== 0) throw new Error(`makensis failed: ${made.error?.message ?? `${made.stdout}${made.stderr}`}`);
}

/** What the installer puts, and what the uninstaller takes away again. */
function writeLists(program: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(program, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(program, join(parentPath, name)))
    .sort();
  const windows = (path: string) => path.replaceAll('/', '\\');
  const folderOf = (path: string) => windows(path.split('/').slice(0, -1).join('/'));
  const within = (path: string) => (path === '' ? '$INSTDIR' : `$INSTDIR\\${path}`);
  const put = files.flatMap((file) => [
    ...(PROGRAMS.test(file) ? [`!insertmacro makeRoom "${within(windows(file))}"`] : []),
    `SetOutPath "${within(folderOf(file))}"`,
    `File "${join(program, file)}"`,
  ]);
  const folders = [...new Set(files.flatMap((file) => foldersAbove(folderOf(file))))].sort(
    (a, b) => b.length - a.length,
  );
  const take = [
    ...files.map((file) => `Delete "${within(windows(file))}"`),
    ...folders.map((path) => `RMDir "${within(path)}"`),
  ];
  writeFileSync(join(folder, 'install.nsh'), `${put.join('\n')}\nSetOutPath "$INSTDIR"\n`);
  writeFileSync(join(folder, 'remove.nsh'), `${take.join('\n')}\n`);
}

function foldersAbove(path: string): string[] {
  const parts = path.split('\\').filter((part) => part !== '');
  return parts.map((_, index) => parts.slice(0, index + 1).join('\\'));
}

/** The licence as both languages show it: its own words, which are English, and in French a sentence that says so. */
function writeLicences(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8').replaceAll(/\r?\n/g, '\r\n');
  const french =
    'Ce logiciel est libre et gratuit. Vous pouvez l’utiliser, le copier, le modifier et le distribuer, à condition de conserver ' +
    'cette licence. Il est fourni sans garantie d’aucune sorte. Seul le texte original, en anglais, fait foi :\r\n\r\n';
  // With a mark of the byte order: makensis takes it for UTF-8 by that.
  writeFileSync(join(folder, 'licence-en.txt'), `\ufeff${licence}`);
  writeFileSync(join(folder, 'licence-fr.txt'), `\ufeff${french}${licence}`);
}
