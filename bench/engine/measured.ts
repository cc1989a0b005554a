/** One scenario of the engine's bench in a process of its own: `node measured.js SCENARIO ITEMS`, the figures told to the parent. */
import { keepHeapLean } from '../../src/node/lean-heap.ts';
import type { Scenarios } from './scenarios.ts';

const [, , name, items] = process.argv;
// As the connector's own process begins; the planner alone is measured for its work, not for the garbage of its input.
if (name !== 'planner') keepHeapLean();
const { SCENARIOS } = await import('./scenarios.ts');
process.send?.(await SCENARIOS[name as keyof Scenarios](Number(items)));
process.disconnect?.();
