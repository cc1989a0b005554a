/**
 * `npm run test:mutants`: breaks engine and mapping on purpose, one small change at a time, and sees that a named test notices. Every cell
 * of the verdict table is changed to every other verdict, every write to the journal is dropped, every guard is skipped, and every hard
 * case of calendars is broken in several ways.
 *
 * It works on a copy of the sources. A word after the command chooses the mutants whose name holds it (`mapping`, `[H15]`).
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GUARDS } from './mutants-of-guards.ts';
import { CASES } from './mutants-of-mapping.ts';

/** One change of one file. `tests`: where it must be noticed. */
type Mutant = {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly tests: readonly (readonly string[])[];
  /** Only tests whose name holds this may notice it. */
  readonly only?: string | undefined;
};

/** Quick tests first, then the properties. */
const ENGINE = [
  ['run', 'recover', 'policies', 'counterexamples', 'verdict'].map((name) => `src/sync/${name}.test.ts`),
  ['src/sync/sync.property.test.ts', 'src/sync/plan.property.test.ts'],
] as const;

/** Copies that are worked on at once. */
const AT_ONCE = 2;

const chosen = process.argv[2] ?? '';
const mutants = [...cells(), ...journalWrites(), ...guards(), ...hardCases()].filter(({ name }) =>
  name.includes(chosen),
);
const survivors: string[] = [];
await tryAll();
console.log(`${mutants.length} mutants, ${survivors.length} survived`);
for (const name of survivors) console.log(`survived: ${name}`);
process.exitCode = survivors.length === 0 ? 0 : 1;

/** Every cell of the table with every verdict that does not stand in it. */
function cells(): Mutant[] {
  const file = 'src/sync/verdict.ts';
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf('export const VERDICT');
  const table = [...text.matchAll(/(\w+): '(\w+)'/g)].filter(({ index }) => index > start);
  const verdicts = [...new Set(table.map(([, , verdict]) => verdict ?? ''))];
  return table.flatMap(({ 0: cell, 1: change, 2: now = '', index }, at) =>
    verdicts
      .filter((verdict) => verdict !== now)
      .map((verdict) => ({
        name: `cell ${['same', 'changed', 'gone'][Math.floor(at / 3)]}/${change}: ${verdict} instead of ${now}`,
        file,
        text: text.slice(0, index) + cell.replace(now, verdict) + text.slice(index + cell.length),
        tests: [['src/sync/verdict.test.ts']],
      })),
  );
}

/** Every call that writes in a transaction of the engine, and every statement of the memory in SQLite, left out. */
function journalWrites(): Mutant[] {
  const engine = ['effect', 'execute', 'recover', 'run', 'mark', 'distrust'].map((name) => `src/sync/${name}.ts`);
  return [
    ...engine.flatMap((file) => dropped(file, /\btx\.\w+\(/g, [...ENGINE, ['src/agent/replaced-account.test.ts']])),
    ...dropped('src/storage/state.ts', /(?<=^ +(?:\w+: .*=> |else |if .*\) |)) *\brun\(/gm, [
      ['src/storage/state.test.ts', 'src/storage/open.test.ts'],
      ['src/storage/world.property.test.ts'],
    ]),
  ];
}

function dropped(file: string, call: RegExp, tests: Mutant['tests']): Mutant[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(call)].map(({ 0: found, index }) => ({
    name: `${file}:${text.slice(0, index).split('\n').length} ${lineAt(text, index)} left out`,
    file,
    text: `${text.slice(0, index)}${found.match(/^ */)?.[0]}NOTHING(${text.slice(index + found.length)}\nconst NOTHING = (..._: unknown[]) => undefined;\n`,
    tests,
  }));
}

function lineAt(text: string, index: number): string {
  return text.slice(text.lastIndexOf('\n', index) + 1, text.indexOf('\n', index)).trim();
}

function guards(): Mutant[] {
  return GUARDS.map(({ name, tests, ...change }) => ({
    ...broken(`guard: ${name}`, change),
    tests: tests ?? ENGINE,
  }));
}

function hardCases(): Mutant[] {
  return CASES.map(({ hardCase, name, tests, ...change }) => ({
    ...broken(`mapping: [${hardCase}] ${name}`, change),
    tests: [tests],
    only: `[${hardCase}]`,
  }));
}

type Change = { readonly file: string; readonly from: string; readonly to: string };

function broken(name: string, { file, from, to }: Change): Omit<Mutant, 'tests'> {
  const text = readFileSync(file, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${name}: "${from}" does not stand once in ${file}`);
  return { name, file, text: text.replace(from, () => to) };
}

async function tryAll(): Promise<void> {
  const waiting = [...mutants];
  const work = async () => {
    const folder = copy();
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await tryOne(folder, next);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function tryOne(folder: string, { name, file, text, tests, only }: Mutant): Promise<void> {
  const original = readFileSync(file, 'utf8');
  writeFileSync(join(folder, file), text);
  let noticed: string | undefined;
  for (const group of tests) noticed ??= await firstFailure(folder, group, only);
  writeFileSync(join(folder, file), original);
  console.log(`${noticed === undefined ? 'SURVIVED' : 'noticed '} | ${name} | ${noticed ?? ''}`);
  if (noticed === undefined) survivors.push(name);
}

/** A copy of everything that the tests read. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  for (const name of ['src', 'test', 'docs', 'package.json', 'vitest.config.ts', 'ARCHITECTURE.md'])
    cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

type Report = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
};

/** The name of the first test that fails. An end without one (an error outside of all tests) is tried again, and notices nothing. */
async function firstFailure(folder: string, tests: readonly string[], only?: string): Promise<string | undefined> {
  for (let tries = 0; tries < 2; tries++) {
    const { code, report } = await runTests(folder, tests, only);
    if (code === 0) return undefined;
    const all = report?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
    const failed = all.find(({ status }) => status === 'failed');
    if (failed !== undefined) return failed.title;
  }
  return undefined;
}

async function runTests(
  folder: string,
  tests: readonly string[],
  only: string | undefined,
): Promise<{ code: number | null; report?: Report }> {
  const file = join(folder, 'report.json');
  rmSync(file, { force: true });
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--bail=1',
    '--reporter=json',
    `--outputFile=${file}`,
    ...(only === undefined ? [] : ['-t', only.replace(/[[\]]/g, '\\$&')]),
    ...tests,
  ];
  const code = await new Promise<number | null>((done) => {
    spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' }).on('close', done);
  });
  return existsSync(file) ? { code, report: JSON.parse(readFileSync(file, 'utf8')) as Report } : { code };
}
