import { expect, it } from 'vitest';
import { importFaults, readRooms } from './check-imports.ts';

const TABLE = `
| Room | may import | environment |
| --- | --- | --- |
| \`base\` | – | pure |
| \`domain\`, \`wire\` | \`base\` | pure |
| \`outlook/side\` | \`base\`, \`sync/side\` | pure |
| \`sync\` | \`base\` | pure |
| \`agent\` | \`base\`, \`sync\` | Node |
`;

const faults = (path: string, text: string) => importFaults(readRooms(TABLE), [{ path, text }]);

it('an import that the table allows is no fault', () => {
  expect(faults('src/domain/a.ts', "import { x } from '../base/x.ts';\nimport y from './y.ts';")).toEqual([]);
  expect(faults('src/outlook/side.ts', "import type { Side } from '../sync/side.ts';")).toEqual([]);
});

it('an import that the table does not allow is named, also when it is spread over lines or dynamic', () => {
  expect(faults('src/domain/a.ts', "import {\n  x,\n} from '../sync/x.ts';")).toEqual([
    'src/domain/a.ts: domain may not import sync/x.ts',
  ]);
  expect(faults('src/outlook/side.ts', "import { plan } from '../sync/plan.ts';")).toHaveLength(1);
  expect(faults('src/wire/a.ts', "const x = await import('../domain/x.ts');")).toHaveLength(1);
});

it('a pure room may import pure packages only', () => {
  expect(faults('src/base/a.ts', "import { readFileSync } from 'node:fs';")).toHaveLength(1);
  expect(faults('src/base/a.ts', "import { sha256 } from '@noble/hashes/sha2.js';")).toEqual([]);
  expect(faults('src/agent/a.ts', "import { readFileSync } from 'node:fs';")).toEqual([]);
});

it('a file in no room is a fault, a test is free', () => {
  expect(faults('src/attic/a.ts', '')).toEqual(['src/attic/a.ts: in no room of ARCHITECTURE.md']);
  expect(faults('src/domain/a.test.ts', "import { x } from '../sync/x.ts';")).toEqual([]);
});
