/**
 * What the engine costs: Outlook calls, requests, time and memory, over the real agent, the emulated Outlook and the embedded
 * server, the server in a process of its own. Times hold for the machine they were taken on; counts do not depend on it.
 *
 * `node bench/engine.ts [SCENARIO [ITEMS]]` prints one table for each scenario: first, idle, changes, planner, cancel.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { keepHeapLean } from '../src/node/lean-heap.ts';
import type { Figures, Scenarios } from './engine/scenarios.ts';

type Name = keyof Scenarios;
const USUAL = {
  first: 10_000,
  idle: 10_000,
  changes: 10_000,
  planner: 100_000,
  cancel: 10_000,
} as const satisfies Record<Name, number>;

const measured = process.env['BENCH_SCENARIO'];
if (measured !== undefined) {
  const [name, items] = measured.split(' ');
  // As the connector's own process begins; the planner alone is measured for its work, not for the garbage of its input.
  if (name !== 'planner') keepHeapLean();
  const { SCENARIOS } = await import('./engine/scenarios.ts');
  process.send?.(await SCENARIOS[name as Name](Number(items)));
  process.disconnect?.();
} else {
  const [, , only, items] = process.argv;
  for (const name of Object.keys(USUAL) as Name[]) {
    if (only === undefined || only === name) print(name, await apart(name, Number(items ?? USUAL[name])));
  }
}

function apart(name: Name, items: number): Promise<Figures> {
  const env = { ...process.env, BENCH_SCENARIO: `${name} ${items}` };
  const child = fork(fileURLToPath(import.meta.url), { env });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Figures));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

function print(name: string, figures: Figures): void {
  console.log(`\n| ${name} | |\n| --- | --- |`);
  for (const [what, value] of Object.entries(figures)) console.log(`| ${what} | ${value} |`);
}
