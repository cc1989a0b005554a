/**
 * How much memory and time large files take. `node bench/import.ts [GIGABYTES [FILE…]]` reads them, each in a process of its own, whose
 * peak of memory the operating system tells; `node bench/import.ts agent [MEGABYTES [FILE…]]` (on Linux) imports them through an agent, as the
 * window does; in place of `agent`, `look` only looks at them, `part` takes the first 100,000 items and tells how the memory grew meanwhile, and
 * `command` does so by `connector import`. FILE is one of mail.pst, calendar.ics, utf16.ics, cards.vcf, rows.csv.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepHeapLean } from '../src/node/lean-heap.ts';

const PART = 100_000;
const IN_AGENT: Readonly<Record<string, (through: ThroughAgent, file: string) => Promise<Record<string, unknown>>>> = {
  agent: ({ throughAgent }, file) => throughAgent(file, { look: true, take: Number.POSITIVE_INFINITY }),
  look: ({ throughAgent }, file) => throughAgent(file, { look: true, take: 0 }),
  part: ({ throughAgent }, file) => throughAgent(file, { look: false, take: PART }),
  command: ({ byCommand }, file) => byCommand(file, PART),
};
type ThroughAgent = typeof import('./import/through-agent.ts');

// As the connector's own process begins.
keepHeapLean();
const [first = '2', second, ...more] = process.argv.slice(2);
if (first === 'read') await read(second ?? '');
else if (first in IN_AGENT) await measure(Number(second ?? '200') * 1e6, more, inAgent);
else await measure(Number(first) * 1e9, second === undefined ? [] : [second, ...more], apart);

/** In the child. */
async function read(file: string): Promise<void> {
  const { openImport } = await import('../src/import/open-import.ts');
  const began = performance.now();
  const open = openImport(file, { zone: 'Europe/Paris', ownAddress: 'me@example.com' });
  const kinds = { event: 0, card: 0, refused: 0, other: 0, pause: 0 };
  for (const { kind } of open.found()) kinds[kind]++;
  const seconds = (performance.now() - began) / 1000;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ ...kinds, seconds: Math.round(seconds), megabytes }));
}

async function apart(file: string): Promise<string> {
  return execFileSync(process.execPath, [fileURLToPath(import.meta.url), 'read', file], { encoding: 'utf8' }).trim();
}

async function inAgent(file: string): Promise<string> {
  const began = performance.now();
  const told = await IN_AGENT[first]?.(await import('./import/through-agent.ts'), file);
  return JSON.stringify({ ...told, seconds: Math.round((performance.now() - began) / 1000) });
}

async function measure(bytes: number, only: readonly string[], look: (file: string) => Promise<string>): Promise<void> {
  const { LARGE_FILES } = await import('./import/large-files.ts');
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  try {
    for (const [name, make] of Object.entries(LARGE_FILES)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const file = join(folder, name);
      make(file, bytes);
      console.log(`${name} of ${(statSync(file).size / 1e9).toFixed(2)} GB: ${await look(file)}`);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
