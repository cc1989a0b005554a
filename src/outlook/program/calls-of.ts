import type { Program, Step } from './program.ts';

/**
 * How many calls a program makes when nothing stops it: one for each get, put and call.
 * @param objects how many objects each collection of an `each` step holds: one call for the count, one to take each of them
 */
export function callsOf(program: Program, objects = 0): number {
  return callsOfSteps(program.steps, objects);
}

function callsOfSteps(steps: readonly Step[], objects: number): number {
  return steps.reduce((calls, step) => calls + callsOfStep(step, objects), 0);
}

function callsOfStep(step: Step, objects: number): number {
  if (step.do === 'each') {
    return 1 + Math.min(objects, step.most ?? objects) * (1 + callsOfSteps(step.steps, objects));
  }
  return step.do === 'expect' || step.do === 'release' ? 0 : 1;
}
