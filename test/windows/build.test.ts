import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { billOfMaterials } from '../../tools/windows/build-bill.ts';
import { buildInstaller } from '../../tools/windows/build-installer.ts';
import { buildPictures } from '../../tools/windows/build-pictures.ts';
import { buildProgram } from '../../tools/windows/build-program.ts';
import { fetchRuntime } from '../../tools/windows/build-runtime.ts';
import { buildAddIns } from '../../tools/windows/build-shim.ts';
import { certificateOf, sign, verifySignature } from '../../tools/windows/build-signing.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

async function built(name: string) {
  const [work, program] = [join(folder, `${name}-work`), join(folder, name)];
  const libraries = Object.values(buildAddIns(join(work, 'add-in')));
  const runtime = fetchRuntime('tested');
  const packages = await buildProgram({ runtime, version: '1.0.0', libraries, work, to: program });
  buildPictures(join(work, 'pictures'));
  const to = join(folder, `${name}-installer.exe`);
  buildInstaller({ program, version: '1.0.0', work, to, addIn: true, packed: 'none' });
  const files = readdirSync(program, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name: file }) => join(parentPath, file)).sort();
  const digests = Object.fromEntries(paths.map((path) => [path.slice(program.length), digest(path)]));
  return { digests, installer: digest(to), packages, runtime };
}

it('two builds in different folders give the same bytes, and the bill names all that is in them', async () => {
  const [one, two] = [await built('one'), await built('another')];
  expect(two.digests).toEqual(one.digests);
  expect(two.installer).toBe(one.installer);
  const bill = JSON.stringify(billOfMaterials(one.packages, '1.0.0', one.runtime));
  for (const name of ['undici', 'koffi', 'react', '@koromix/koffi-win32-x64', `node@${one.runtime.version}`])
    expect(bill).toContain(name);
}, 300_000);

it('what is signed is verified, and what was changed afterwards is refused', () => {
  const [key, certificates] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const use = 'extendedKeyUsage=codeSigning';
  const words = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Test -addext ${use} -keyout ${key} -out ${certificates}`;
  execFileSync('openssl', words.split(' '), { stdio: 'ignore' });
  const certificate = certificateOf({ SIGN_CERTIFICATES: certificates, SIGN_KEY: key });
  if (certificate === undefined) throw new Error('no certificate');
  const file = join(folder, 'signed.dll');
  cpSync(buildAddIns(join(folder, 'add-in'))[64], file);
  expect(() => verifySignature(file, certificate)).toThrow('osslsigncode verify failed');
  sign(file, certificate);
  verifySignature(file, certificate);
  const changed = readFileSync(file);
  changed[2000] = (changed[2000] ?? 0) ^ 1;
  writeFileSync(file, changed);
  expect(() => verifySignature(file, certificate)).toThrow('osslsigncode verify failed');
});

it('half a certificate is told before anything is built', () => {
  expect(() => certificateOf({ SIGN_KEY: 'key.pem' })).toThrow('both');
  expect(certificateOf({})).toBeUndefined();
});
