/**
 * What the engine costs: Outlook calls, requests, time and memory, over the real agent, the emulated Outlook and the embedded
 * server, the server in a process of its own. Times hold for the machine they were taken on; counts do not depend on it.
 *
 * `node bench/engine.ts [SCENARIO [ITEMS]]` prints one table for each scenario: first, idle, changes, planner, cancel.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundled } from '../tools/build-connector.ts';
import type { Figures, Scenarios } from './engine/scenarios.ts';

type Name = keyof Scenarios;
const USUAL = {
  first: 10_000,
  idle: 10_000,
  changes: 10_000,
  planner: 100_000,
  cancel: 10_000,
} as const satisfies Record<Name, number>;

const [, , only, items] = process.argv;
// What is measured loads as the program that is shipped does: without its types, in one file, and nothing that only tests need.
const program = await bundled({
  main: fileURLToPath(new URL('./engine/measured.ts', import.meta.url)),
  folder: 'bench',
  sources: ['src', 'bench'],
  minify: true,
});
for (const name of Object.keys(USUAL) as Name[]) {
  if (only === undefined || only === name) print(name, await apart(name, Number(items ?? USUAL[name])));
}

function apart(name: Name, items: number): Promise<Figures> {
  const child = fork(program, [name, String(items)]);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Figures));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

function print(name: string, figures: Figures): void {
  console.log(`\n| ${name} | |\n| --- | --- |`);
  for (const [what, value] of Object.entries(figures)) console.log(`| ${what} | ${value} |`);
}
