/** Requests to the add-in: a program from its beginning, the one that stopped, or only objects to give back. */
import { must, unreachable } from '../../../base/assert.ts';
import type { Arg, Handle, OutlookValue, Program, Step } from '../../program/program.ts';
import { HAS_AS, MAGIC, OP, OPTIONAL, STEP, TAG, VERSION } from './wire.ts';
import { type WireWriter, wireWriter } from './wire-bytes.ts';
import { writeValue } from './wire-values.ts';

/** What every request says. */
export type RequestHead = {
  /** How long it may keep Outlook's main thread. @units milliseconds */
  readonly budget: number;
  /** Objects to give back first. */
  readonly releases: readonly number[];
};

/** A program as bytes, and what its numbers mean in the answer. */
export type EncodedProgram = {
  /** Without the request's head. */
  readonly bytes: Uint8Array;
  /** Handles by slot. */
  readonly handles: readonly Handle[];
  /** Members by index. */
  readonly names: readonly string[];
};

export function encodeResume(budget: number): Uint8Array {
  return headOf(OP.resume, { budget, releases: [] }).done();
}

export function encodeRelease(releases: readonly number[]): Uint8Array {
  return headOf(OP.release, { budget: 0, releases }).done();
}

export function encodeRun({ bytes }: EncodedProgram, head: RequestHead): Uint8Array {
  const write = headOf(OP.run, head);
  write.bytes(bytes);
  return write.done();
}

export function encodeProgram(program: Program): EncodedProgram {
  const numbers = numbersOf(program);
  const write = wireWriter();
  write.varint(numbers.slots.size);
  write.varint(numbers.names.size);
  for (const name of numbers.names.keys()) write.text(name);
  const given = Object.entries(program.given ?? {});
  write.varint(given.length);
  for (const [handle, { object }] of given) {
    write.varint(slotOf(numbers, handle));
    write.u32(object);
  }
  writeSteps(write, numbers, program.steps);
  write.varint(program.returns.length);
  for (const handle of program.returns) write.varint(slotOf(numbers, handle));
  return { bytes: write.done(), handles: [...numbers.slots.keys()], names: [...numbers.names.keys()] };
}

function headOf(op: (typeof OP)[keyof typeof OP], { budget, releases }: RequestHead): WireWriter {
  const write = wireWriter();
  write.u16(MAGIC);
  write.u8(VERSION);
  write.u8(op);
  write.u16(budget);
  write.varint(releases.length);
  for (const object of releases) write.u32(object);
  return write;
}

type Numbers = { readonly slots: Map<Handle, number>; readonly names: Map<string, number> };

/** Every handle that the program names, the application first, and every member. */
function numbersOf(program: Program): Numbers {
  const numbers: Numbers = { slots: new Map([['application', 0]]), names: new Map() };
  for (const handle of Object.keys(program.given ?? {})) number(numbers.slots, handle);
  numberSteps(numbers, program.steps);
  for (const handle of program.returns) number(numbers.slots, handle);
  return numbers;
}

function numberSteps(numbers: Numbers, steps: readonly Step[]): void {
  const { slots, names } = numbers;
  for (const step of steps) {
    switch (step.do) {
      case 'get':
      case 'call':
        number(names, step.member);
        number(slots, step.on);
        if (step.as !== undefined) number(slots, step.as);
        for (const arg of step.args ?? []) numberArg(slots, arg);
        break;
      case 'put':
        number(names, step.member);
        number(slots, step.on);
        numberArg(slots, step.value);
        break;
      case 'each':
        number(slots, step.of);
        number(slots, step.as);
        for (const handle of step.collect) number(slots, handle);
        numberSteps(numbers, step.steps);
        break;
      case 'expect':
      case 'release':
        number(slots, step.handle);
        break;
      default:
        unreachable(step);
    }
  }
}

function numberArg(slots: Map<Handle, number>, arg: Arg): void {
  if (isHandle(arg)) number(slots, arg.handle);
}

function number<K>(numbers: Map<K, number>, key: K): void {
  if (!numbers.has(key)) numbers.set(key, numbers.size);
}

function slotOf({ slots }: Numbers, handle: Handle): number {
  return must(slots.get(handle));
}

function writeSteps(write: WireWriter, numbers: Numbers, steps: readonly Step[]): void {
  write.varint(steps.length);
  for (const step of steps) writeStep(write, numbers, step);
}

function writeStep(write: WireWriter, numbers: Numbers, step: Step): void {
  switch (step.do) {
    case 'get':
    case 'call': {
      const flags = (step.optional === true ? OPTIONAL : 0) | (step.as === undefined ? 0 : HAS_AS);
      write.u8(STEP[step.do] | flags);
      write.varint(slotOf(numbers, step.on));
      write.varint(must(numbers.names.get(step.member)));
      if (step.as !== undefined) write.varint(slotOf(numbers, step.as));
      write.varint(step.args?.length ?? 0);
      for (const arg of step.args ?? []) writeArg(write, numbers, arg);
      return;
    }
    case 'put':
      write.u8(STEP.put | (step.optional === true ? OPTIONAL : 0));
      write.varint(slotOf(numbers, step.on));
      write.varint(must(numbers.names.get(step.member)));
      writeArg(write, numbers, step.value);
      return;
    case 'expect':
      write.u8(STEP.expect);
      write.varint(slotOf(numbers, step.handle));
      write.varint(step.values.length);
      for (const value of step.values) writeValue(write, value);
      return;
    case 'each':
      write.u8(STEP.each);
      write.varint(slotOf(numbers, step.of));
      write.varint(slotOf(numbers, step.as));
      write.varint(step.most === undefined ? 0 : step.most + 1);
      write.varint(step.collect.length);
      for (const handle of step.collect) write.varint(slotOf(numbers, handle));
      writeSteps(write, numbers, step.steps);
      return;
    case 'release':
      write.u8(STEP.release);
      write.varint(slotOf(numbers, step.handle));
      return;
    default:
      unreachable(step);
  }
}

function writeArg(write: WireWriter, numbers: Numbers, arg: Arg): void {
  if (isHandle(arg)) {
    write.u8(TAG.slot);
    write.varint(slotOf(numbers, arg.handle));
  } else {
    writeValue(write, arg as OutlookValue);
  }
}

function isHandle(arg: Arg): arg is { readonly handle: Handle } {
  return typeof arg === 'object' && arg !== null && 'handle' in arg;
}
