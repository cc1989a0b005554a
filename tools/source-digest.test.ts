import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { digestOf } from './source-digest.ts';

const FILES = [
  'src/a.ts',
  'src/a.test.ts',
  'src/below/b.ts',
  'tools/build-x.ts',
  'tools/other.ts',
  'package-lock.json',
];
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'source-digest-'));
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'first');
  }
});
afterEach(() => rmSync(root, { recursive: true }));

it('a build is another one when its sources, a tool that builds or the packages changed, and not for tests and other tools', () => {
  const changed = FILES.filter((file) => {
    const before = digestOf(['src'], root);
    writeFileSync(join(root, file), 'second');
    return digestOf(['src'], root) !== before;
  });
  expect(changed).toEqual(['src/a.ts', 'src/below/b.ts', 'tools/build-x.ts', 'package-lock.json']);
});
