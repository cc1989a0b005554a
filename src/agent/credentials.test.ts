import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCredentialStore } from './credentials.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'connector-'));

it('a password is given back to a later process and stands nowhere in clear', async () => {
  const at = folder();
  (await openCredentialStore(at)).set('jane@demo.test', 'correct horse');
  expect((await openCredentialStore(at)).get('jane@demo.test')).toBe('correct horse');
  for (const name of readdirSync(at)) {
    expect(readFileSync(join(at, name)).includes('correct horse')).toBe(false);
    expect(statSync(join(at, name)).mode & 0o077).toBe(0);
  }
});

it('a removed password is gone and the others stay', async () => {
  const store = await openCredentialStore(folder());
  store.set('a', '1');
  store.set('b', '2');
  store.remove('a');
  expect([store.get('a'), store.get('b')]).toEqual([undefined, '2']);
});

it('a damaged file is one clear failure, and a password moved to another account is not accepted', async () => {
  const at = folder();
  const store = await openCredentialStore(at);
  store.set('a', '1');
  const file = join(at, 'credentials.json');
  writeFileSync(file, JSON.stringify({ b: JSON.parse(readFileSync(file, 'utf8')).a }));
  expect(() => store.get('b')).toThrow(/Connect the account again/);
  writeFileSync(file, '{"cut');
  expect(() => store.get('a')).toThrow(/Connect the account again/);
});
