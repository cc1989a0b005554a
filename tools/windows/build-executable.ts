/**
 * The agent as one executable: Node for Windows with our bundle, icon and version in its resources, as a program without a console.
 * Everything is written by one library, so that the same sources give the same bytes; Node's own signature goes, ours comes last.
 * @source Node, "Single executable applications": the resource NODE_SEA_BLOB and the fuse
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Data, NtExecutable, NtExecutableResource, Resource } from 'resedit';

export type ExecutableParts = {
  /** The bundle. */
  readonly code: string;
  /** `node.exe` of Windows. */
  readonly runtime: string;
  /** Node of this machine, of the very version of `runtime`: the blob's form is that version's. */
  readonly sameNode: string;
  readonly icon: string;
  readonly version: string;
  readonly to: string;
};

const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const RCDATA = 10;
const WINDOWS_GUI = 2;
/** English of the United States, as the library's resources are, and Unicode. */
const LANGUAGE = { lang: 1033, codepage: 1200 };

export function buildExecutable(parts: ExecutableParts): void {
  const executable = NtExecutable.from(readFileSync(parts.runtime), { ignoreCert: true });
  const resources = NtExecutableResource.from(executable);
  const blob = blobOf(parts);
  resources.entries.push({
    ...{ type: RCDATA, id: 'NODE_SEA_BLOB', lang: 0, codepage: 0 },
    bin: Uint8Array.from(blob).buffer,
  });
  dress(resources, { ...parts, name: 'BlueMindConnector', describes: 'BlueMind Connector for Outlook' });
  resources.outputResource(executable);
  executable.newHeader.optionalHeader.subsystem = WINDOWS_GUI;
  const bytes = Buffer.from(executable.generate());
  blowFuse(bytes);
  writeFileSync(parts.to, bytes);
}

/** The bundle as Node reads it. Neither snapshot nor cached code: they belong to the machine that made them. */
function blobOf({ code, sameNode }: ExecutableParts): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'single-'));
  try {
    const [config, output] = [join(folder, 'config.json'), join(folder, 'blob')];
    // Relative names: the blob holds them, and the place of the build is nobody's business.
    writeFileSync(join(folder, 'app.cjs'), readFileSync(code));
    const wanted = { main: 'app.cjs', output: 'blob', disableExperimentalSEAWarning: true };
    writeFileSync(config, JSON.stringify({ ...wanted, useSnapshot: false, useCodeCache: false }));
    const made = spawnSync(sameNode, ['--experimental-sea-config', config], { cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`Node could not make the blob: ${made.error?.message ?? made.stderr}`);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Looks = { readonly icon: string; readonly version: string; readonly name: string; readonly describes: string };

/** Gives a program that is there already its icon and version. */
export function dressProgram(file: string, looks: Looks): void {
  const executable = NtExecutable.from(readFileSync(file));
  const resources = NtExecutableResource.from(executable);
  dress(resources, looks);
  resources.outputResource(executable);
  writeFileSync(file, Buffer.from(executable.generate()));
}

/** Icon and version, which Windows shows in the file's properties and in the task manager. */
function dress(resources: NtExecutableResource, { icon, version, name, describes }: Looks): void {
  const file = Data.IconFile.from(readFileSync(icon));
  const [group] = Resource.IconGroupEntry.fromEntries(resources.entries);
  Resource.IconGroupEntry.replaceIconsForResource(
    resources.entries,
    group?.id ?? 1,
    group?.lang ?? LANGUAGE.lang,
    file.icons.map((item) => item.data),
  );
  const info = Resource.VersionInfo.createEmpty();
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  info.setFileVersion(major, minor, patch, 0, LANGUAGE.lang);
  info.setProductVersion(major, minor, patch, 0, LANGUAGE.lang);
  info.setStringValues(LANGUAGE, {
    FileDescription: describes,
    ProductName: 'BlueMind Connector for Outlook',
    FileVersion: version,
    ProductVersion: version,
    InternalName: name,
    OriginalFilename: `${name}.exe`,
    LegalCopyright: 'MIT licence; Node.js: see LICENSE-node.txt',
  });
  for (let at = resources.entries.length - 1; at >= 0; at--)
    if (resources.entries[at]?.type === 16) resources.entries.splice(at, 1);
  info.outputToResourceEntries(resources.entries);
}

/** Node looks for its blob only where the fuse says so. */
function blowFuse(bytes: Buffer): void {
  const at = bytes.indexOf(`${FUSE}:0`, 0, 'latin1');
  if (at < 0 || bytes.indexOf(`${FUSE}:0`, at + 1, 'latin1') >= 0)
    throw new Error('This node.exe has no fuse for a single executable, or more than one.');
  bytes.write('1', at + FUSE.length + 1, 'latin1');
}
