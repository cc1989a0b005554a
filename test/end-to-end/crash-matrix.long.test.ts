import { it } from 'vitest';
import { expectSurvived } from './crash-matrix.ts';

/** A process for every step, two at a time. @units milliseconds */
const PATIENCE = 600_000;

it(
  '[S4] killed at every durable step of a real run, the connector ends as if nobody had killed it',
  () => expectSurvived((steps) => steps.map((_, at) => at + 1)),
  PATIENCE,
);
