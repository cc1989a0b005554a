/** The objects that a program is given, wherever it names them. */
import type { Arg, ObjectRef, OutlookValue, Program, Step } from '../../program/program.ts';

/** The numbers of all objects that a program names. */
export function objectsOf(program: Program): readonly number[] {
  const found: number[] = [];
  withObjects(program, (ref) => {
    found.push(ref.object);
    return ref;
  });
  return found;
}

/** The same program with other references in the places of its objects. */
export function withObjects(program: Program, replace: (ref: ObjectRef) => ObjectRef): Program {
  const given = Object.entries(program.given ?? {}).map(([handle, ref]) => [handle, replace(ref)] as const);
  return { ...program, given: Object.fromEntries(given), steps: program.steps.map((step) => inStep(step, replace)) };
}

function inStep(step: Step, replace: (ref: ObjectRef) => ObjectRef): Step {
  switch (step.do) {
    case 'get':
    case 'call':
      return step.args === undefined ? step : { ...step, args: step.args.map((arg) => inArg(arg, replace)) };
    case 'put':
      return { ...step, value: inArg(step.value, replace) };
    case 'each':
      return { ...step, steps: step.steps.map((inner) => inStep(inner, replace)) };
    case 'expect':
    case 'release':
      return step;
  }
}

function inArg(arg: Arg, replace: (ref: ObjectRef) => ObjectRef): Arg {
  return typeof arg === 'object' && arg !== null && 'handle' in arg ? arg : inValue(arg, replace);
}

function inValue(value: OutlookValue, replace: (ref: ObjectRef) => ObjectRef): OutlookValue {
  if (isList(value)) return value.map((entry) => inValue(entry, replace));
  return typeof value === 'object' && value !== null && 'object' in value ? replace(value) : value;
}

function isList(value: OutlookValue): value is readonly OutlookValue[] {
  return Array.isArray(value);
}
