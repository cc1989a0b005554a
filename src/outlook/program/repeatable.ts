import type { Program, Step } from './program.ts';

/** Calls whose effect outlives the program. What was only put on an open item goes with it. */
const LASTING: readonly string[] = ['Save', 'Delete', 'Move', 'Copy', 'CopyTo', 'MoveTo', 'Send', 'Respond'];

/** Whether a program that stopped at `step` has left nothing behind, so that it may run again from its beginning. */
export function canRepeat(program: Program, step: number): boolean {
  return !program.steps.slice(0, step).some((one) => lasting(one, program));
}

function lasting(step: Step, program: Program): boolean {
  if (step.do === 'each') return step.steps.some((inner) => lasting(inner, program));
  if (step.do !== 'call') return false;
  return LASTING.includes(step.member) || (step.member === 'Add' && isFolders(step.on, program));
}

/** A new item lasts when it is saved, a new folder at once. */
function isFolders(handle: string, program: Program): boolean {
  return program.steps.some((step) => step.do === 'get' && step.as === handle && step.member === 'Folders');
}
