import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publicKeyOf } from '../src/update/keys.ts';
import { readManifest } from '../src/update/manifest.ts';
import { newKey, type Release, release, signerFrom } from './release.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  writeFileSync(join(folder, 'Connector-0.1.0-x64.exe'), 'installer');
});
afterEach(() => rmSync(folder, { recursive: true }));

const { privateKey } = generateKeyPairSync('ed25519');
const wanted = (change: Partial<Release> = {}): Release => ({
  ...{ folder, channel: 'stable', version: '0.1.0', minimum: '0.1.0', rollout: 20, days: 30, nextKeys: [] },
  ...{ signers: [privateKey], now: Date.UTC(2026, 2, 2), ...change },
});

it('what is in the folder is signed as agents read it, each time with a greater number', () => {
  const read = () => readManifest(readFileSync(release(wanted()), 'utf8'), [publicKeyOf(privateKey)]);
  const [first, second] = [read(), read()];
  expect(first).toMatchObject({ version: '0.1.0', rollout: 20, expires: '2026-04-01T00:00:00.000Z' });
  expect(first.files).toMatchObject([{ platform: 'win32', arch: 'x64', name: 'Connector-0.1.0-x64.exe', size: 9 }]);
  expect([first.news.en.length > 0, first.news.fr.length]).toEqual([true, first.news.en.length]);
  expect(second.sequence).toBe(first.sequence + 1);
});

it('without a key, with a key of another kind, or without an installer, it says so and writes nothing', () => {
  expect(() => release(wanted({ signers: [] }))).toThrow('There is no key to sign with.');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' });
  expect(() => signerFrom(String(rsa), 'x.pem')).toThrow('x.pem holds no private Ed25519 key');
  expect(() => signerFrom('secret words', 'x.pem')).toThrow(
    /^x.pem holds no private Ed25519 key in PEM form\. Make one/,
  );
  expect(() => release(wanted({ version: '0.2.0' }))).toThrow('There is no installer of version 0.2.0');
});

it('a new key is for its owner alone, is trusted by builds from then on, and is never put into the project', () => {
  const trusted = join(folder, 'trusted.json');
  writeFileSync(trusted, '{ "keys": ["before"] }');
  const key = newKey(join(folder, 'key.pem'), trusted);
  expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600);
  expect(publicKeyOf(signerFrom(readFileSync(join(folder, 'key.pem'), 'utf8'), ''))).toBe(key);
  expect(JSON.parse(readFileSync(trusted, 'utf8'))).toEqual({ keys: ['before', key] });
  expect(() => newKey(join(folder, 'key.pem'), trusted)).toThrow('is there already');
  expect(() => newKey(join(import.meta.dirname, 'key.pem'), trusted)).toThrow('lies in the project');
});
