/**
 * `npm run build:windows`: the program, its installer and what goes with it, into `dist/windows`. Two builds of the same sources
 * give the same bytes. `--runtime tested` takes the Node that Wine starts, `--fast` leaves the installer uncompressed, `--out` says
 * another folder; docs/windows-build.md has the rest.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import project from '../../package.json' with { type: 'json' };
import { billOfMaterials } from './build-bill.ts';
import { buildInstaller } from './build-installer.ts';
import { writePolicyFiles } from './build-policies.ts';
import { buildProgram, PROGRAMS } from './build-program.ts';
import { fetchRuntime, type RuntimeName } from './build-runtime.ts';
import { buildAddIns } from './build-shim.ts';
import { type Certificate, certificateOf, sign, signingCommand } from './build-signing.ts';

type WindowsBuild = {
  readonly runtime: RuntimeName;
  readonly fast: boolean;
  readonly version: string;
  readonly out: string;
  /** undefined: unsigned. */
  readonly certificate: Certificate | undefined;
};

const root = join(import.meta.dirname, '..', '..');

/** What a build before this one left. */
function oursIn(out: string): readonly string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => /^BlueMind-Connector-|^(SHA256SUMS|policies|program|work)$/.test(name))
    .map((name) => join(out, name));
}

async function buildWindows({ runtime: name, fast, version, out, certificate }: WindowsBuild): Promise<void> {
  const [work, program] = [join(out, 'work'), join(out, 'program')];
  // What lies there beside it (fetched packages, the tests' Windows) stays.
  for (const old of oursIn(out)) rmSync(old, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const runtime = fetchRuntime(name);
  const libraries = Object.values(buildAddIns(join(work, 'add-in'), version));
  const packages = await buildProgram({ runtime, version, libraries, work, to: program });
  if (certificate !== undefined) for (const file of programsIn(program)) sign(file, certificate);
  const to = join(out, `BlueMind-Connector-Setup-${version}.exe`);
  const command = certificate && signingCommand(certificate, join(root, 'tools', 'windows', 'build-signing.ts'));
  buildInstaller({ program, version, work, to, packed: fast ? 'none' : 'best', addIn: true, sign: command });
  if (certificate !== undefined) sign(to, certificate);
  writePolicyFiles(join(out, 'policies'));
  const bill = JSON.stringify(billOfMaterials(packages, version, runtime), null, 2);
  writeFileSync(join(out, `BlueMind-Connector-${version}.cdx.json`), `${bill}\n`);
  rmSync(work, { recursive: true, force: true });
  writeSums(out);
}

function programsIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => PROGRAMS.test(file)).map((file) => join(folder, file));
}

/** Of what is handed out, as `sha256sum --check` reads it. */
function writeSums(out: string): void {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(out.length + 1))
    .filter((path) => /^(BlueMind-Connector-|policies\/)/.test(path))
    .sort();
  const digest = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(out, path)))
      .digest('hex');
  writeFileSync(join(out, 'SHA256SUMS'), files.map((path) => `${digest(path)}  ${path}\n`).join(''));
}

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'shipped' },
    fast: { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'dist', 'windows') },
  },
});
const runtime = values.runtime === 'tested' ? 'tested' : 'shipped';
await buildWindows({ ...values, runtime, version: project.version, certificate: certificateOf(process.env) });
