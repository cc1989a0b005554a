import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { houseFaults } from './check-house.ts';
import { importFaults, readRooms } from './check-imports.ts';
import { linkFaults } from './check-links.ts';
import { staleApiPage } from './generate-agent-api.ts';
import { projectFiles } from './sources.ts';

/** `npm run check`: every gate but the tests, the cheap ones first; all run, the exit code says whether all passed. */
type Gate = { readonly name: string; readonly run: () => readonly string[] };

const command =
  (...words: readonly string[]) =>
  (): readonly string[] => {
    const [program = '', ...args] = words;
    const result = spawnSync(program, args, { encoding: 'utf8', shell: process.platform === 'win32' });
    if (result.error !== undefined) return [`${program}: ${result.error.message}`];
    return result.status === 0 ? [] : [`${result.stdout}${result.stderr}`.trim()];
  };

const rooms = () => readRooms(readFileSync('ARCHITECTURE.md', 'utf8'));

const GATES: readonly Gate[] = [
  { name: 'imports as in ARCHITECTURE.md', run: () => importFaults(rooms(), projectFiles(/^src\/.*\.tsx?$/)) },
  { name: 'house rules', run: () => houseFaults(rooms(), projectFiles(/^(src|test|tools|bench)\/.*\.tsx?$/)) },
  { name: 'links of the documents', run: () => linkFaults(projectFiles(/\.md$/)) },
  { name: 'docs/agent-api.md as the table of routes', run: staleApiPage },
  { name: 'format and lint', run: command('biome', 'ci', '--reporter=summary', '.') },
  { name: 'types of the pure rooms', run: command('tsc', '-p', 'tsconfig.pure.json') },
  { name: 'types of everything', run: command('tsc', '-p', 'tsconfig.json') },
  { name: 'types of the windows', run: command('tsc', '-p', 'tsconfig.dialogs.json') },
  { name: 'dead code', run: command('knip', '--no-progress') },
];

let failed = 0;
for (const { name, run } of GATES) {
  const faults = run();
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  for (const fault of faults) console.log(fault.replace(/^/gm, '     '));
  if (faults.length > 0) failed++;
}
console.log(failed === 0 ? 'check: all gates passed' : `check: ${failed} of ${GATES.length} gates failed`);
process.exitCode = failed === 0 ? 0 : 1;
