/**
 * Programs and what comes of them as bytes, so that a whole program crosses into Outlook's process at once and its results come back
 * at once. Objects cannot be bytes: they travel beside them in a list, and the bytes name them by index.
 *
 * Little-endian; handles are numbers (slots), slot 0 is the application; values as in {@link file://./packed-value.ts}.
 *
 * - program: u8 version (1) · u32 budget in milliseconds · u16 number of slots · u16 n, n slots that are given (their objects are the
 *   first n of the list) · steps · u16 n, n slots that are wanted
 * - steps: u16 n, then each: u8 what, and
 *   1 get, 2 call: u8 flags · slot on · member · slot as (0xFFFF: none) · u16 n, n arguments
 *   3 put: u8 flags · slot on · member · argument
 *   4 expect: slot · u16 n, n values
 *   5 each: slot of · slot as · u32 most (0xFFFFFFFF: all) · u16 n, n slots to collect · steps
 *   6 release: slot
 * - flags: 1 = optional · slot: u16 · member: u16 length in code units, UTF-16 · argument: a value, or kind 11 and a slot
 * - outcome: u8 version (1) · u32 calls made · u8 kind, and
 *   0 done: u16 n, n values in the order of the wanted slots
 *   1 stale: slot · value
 *   2 failed: u16 step · u32 HRESULT · member · text (u32 length in code units, UTF-16)
 *
 * The meaning of each step is that of {@link Program}; a program that is not of this form is refused as a whole, before its first step.
 */
import { assert, must, unreachable } from '../../base/assert.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from '../model/bytes.ts';
import { OUTLOOK_FAILED } from './finish.ts';
import { bad, KIND, readValue, readValueOf, writeValue } from './packed-value.ts';
import type { Arg, Handle, ObjectRef, Outcome, Program, Step } from './program.ts';

/** Bytes, and the objects that they name. */
export type Packed = { readonly bytes: Uint8Array; readonly objects: readonly ObjectRef[] };

const VERSION = 1;
const OP = { get: 1, call: 2, put: 3, expect: 4, each: 5, release: 6 } as const;
const OPTIONAL = 1;
const NO_SLOT = 0xffff;
const ALL = 0xffffffff;
const KINDS = { done: 0, stale: 1, failed: 2 } as const;

/** @param budget how long it may run before it is stopped; milliseconds */
export function packProgram(program: Program, budget: number): Packed {
  const slots = slotsOf(program);
  const objects: ObjectRef[] = Object.values(program.given ?? {});
  const steps = byteWriter();
  writeSteps({ write: steps, slots, objects }, program.steps);
  const write = byteWriter().u8(VERSION).u32(budget).u16(slots.size);
  writeSlots(write, slots, Object.keys(program.given ?? {}));
  write.bytes(steps.done());
  writeSlots(write, slots, program.returns);
  return { bytes: write.done(), objects };
}

/** The program that was packed, under handles of its own. @throws Failure OUTLOOK_FAILED when it is none */
export function unpackProgram(packed: Packed): Program & { readonly budget: number } {
  return understood(() => readProgram(packed));
}

function readProgram({ bytes, objects }: Packed): Program & { readonly budget: number } {
  const read = byteReader(bytes, 'packed program');
  if (read.u8() !== VERSION) bad('another version');
  const budget = read.u32();
  const reader: Reader = { read, slots: read.u16(), objects };
  if (reader.slots === 0) bad('no slots');
  const given = readSlots(reader);
  if (given.length > objects.length) bad('an object is missing');
  const steps = readSteps(reader, 0);
  const returns = readSlots(reader);
  if (read.remaining() > 0) bad('something follows its end');
  return {
    label: 'packed',
    budget,
    given: Object.fromEntries(given.map((handle, at) => [handle, must(objects[at])])),
    steps,
    returns,
  };
}

/** @param program as {@link unpackProgram} gave it */
export function packOutcome(program: Program, outcome: Outcome, calls: number): Packed {
  const objects: ObjectRef[] = [];
  const write = byteWriter().u8(VERSION).u32(calls).u8(KINDS[outcome.kind]);
  switch (outcome.kind) {
    case 'done':
      write.u16(program.returns.length);
      for (const handle of program.returns) writeValue(write, outcome.values[handle] ?? null, objects);
      break;
    case 'stale':
      write.u16(must(slotsOf(program).get(outcome.handle)));
      writeValue(write, outcome.value, objects);
      break;
    case 'failed':
      write.u16(outcome.step).u32(outcome.hresult >>> 0);
      writeName(write, outcome.member);
      write.u32(outcome.message.length).utf16(outcome.message);
      break;
    default:
      unreachable(outcome);
  }
  return { bytes: write.done(), objects };
}

/** What came of `program`, and how many calls it took. @throws Failure OUTLOOK_FAILED when the answer is not of this form */
export function unpackOutcome(program: Program, { bytes, objects }: Packed): { outcome: Outcome; calls: number } {
  return understood(() => {
    const read = byteReader(bytes, 'packed outcome');
    if (read.u8() !== VERSION) bad('another version');
    const calls = read.u32();
    return { outcome: readOutcome(program, read, objects), calls };
  });
}

/** Damage here is not an item's: whoever packed is of another version. */
function understood<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!isFailure(cause)) throw cause;
    const sentence =
      'The add-in in Outlook and the connector do not understand each other; install the connector again.';
    throw new Failure(OUTLOOK_FAILED, sentence, { retry: 'later', cause });
  }
}

function readOutcome(program: Program, read: ByteReader, objects: readonly ObjectRef[]): Outcome {
  switch (read.u8()) {
    case KINDS.done: {
      if (read.u16() !== program.returns.length) bad('other values than were wanted');
      const values = program.returns.map((handle) => [handle, readValue(read, objects)] as const);
      return { kind: 'done', values: Object.fromEntries(values) };
    }
    case KINDS.stale: {
      const slot = read.u16();
      const [handle] = [...slotsOf(program)].find(([, number]) => number === slot) ?? bad('an unknown slot');
      return { kind: 'stale', handle, value: readValue(read, objects) };
    }
    case KINDS.failed: {
      const [step, hresult] = [read.u16(), read.u32()];
      return { kind: 'failed', step, hresult, member: readName(read), message: read.utf16(read.u32()) };
    }
    default:
      return bad('an unknown outcome');
  }
}

type Slots = ReadonlyMap<Handle, number>;
type Writer = { readonly write: ByteWriter; readonly slots: Slots; readonly objects: ObjectRef[] };

/** Every handle of a program and its number, the application first. */
function slotsOf(program: Program): Slots {
  const slots = new Map<Handle, number>([['application', 0]]);
  const add = (handle: Handle | undefined) => {
    if (handle !== undefined && !slots.has(handle)) slots.set(handle, slots.size);
  };
  const addAll = (steps: readonly Step[]) => {
    for (const step of steps) {
      if (step.do === 'get' || step.do === 'call' || step.do === 'each') add(step.as);
      if (step.do !== 'each') continue;
      addAll(step.steps);
      for (const handle of step.collect) add(handle);
    }
  };
  for (const handle of Object.keys(program.given ?? {})) add(handle);
  addAll(program.steps);
  assert(slots.size < NO_SLOT, 'a program has fewer handles than there are slots');
  return slots;
}

function writeSteps(writer: Writer, steps: readonly Step[]): void {
  writer.write.u16(steps.length);
  for (const step of steps) writeStep(writer, step);
}

function writeStep(writer: Writer, step: Step): void {
  const { write, slots, objects } = writer;
  const slot = (handle: Handle) => must(slots.get(handle));
  write.u8(OP[step.do]);
  switch (step.do) {
    case 'get':
    case 'call':
      write.u8(step.optional ? OPTIONAL : 0).u16(slot(step.on));
      writeName(write, step.member);
      write.u16(step.as === undefined ? NO_SLOT : slot(step.as)).u16(step.args?.length ?? 0);
      for (const arg of step.args ?? []) writeArgument(writer, arg);
      return;
    case 'put':
      write.u8(step.optional ? OPTIONAL : 0).u16(slot(step.on));
      writeName(write, step.member);
      writeArgument(writer, step.value);
      return;
    case 'expect':
      write.u16(slot(step.handle)).u16(step.values.length);
      for (const value of step.values) writeValue(write, value, objects);
      return;
    case 'each':
      write
        .u16(slot(step.of))
        .u16(slot(step.as))
        .u32(step.most ?? ALL);
      writeSlots(write, slots, step.collect);
      writeSteps(writer, step.steps);
      return;
    case 'release':
      write.u16(slot(step.handle));
      return;
    default:
      unreachable(step);
  }
}

function writeArgument({ write, slots, objects }: Writer, arg: Arg): void {
  if (isHandle(arg)) write.u8(KIND.slot).u16(must(slots.get(arg.handle)));
  else writeValue(write, arg, objects);
}

function isHandle(arg: Arg): arg is { readonly handle: Handle } {
  return typeof arg === 'object' && arg !== null && 'handle' in arg;
}

function writeSlots(write: ByteWriter, slots: Slots, handles: readonly Handle[]): void {
  write.u16(handles.length);
  for (const handle of handles) write.u16(must(slots.get(handle)));
}

function writeName(write: ByteWriter, name: string): void {
  write.u16(name.length).utf16(name);
}

type Reader = { readonly read: ByteReader; readonly slots: number; readonly objects: readonly ObjectRef[] };

/** An `each` within an `each` within … ends here. */
const DEEPEST = 8;

function readSteps(reader: Reader, depth: number): readonly Step[] {
  if (depth > DEEPEST) bad('steps are too deep');
  const length = reader.read.u16();
  return Array.from({ length }, () => readStep(reader, depth));
}

function readStep(reader: Reader, depth: number): Step {
  const { read, objects } = reader;
  const op = read.u8();
  switch (op) {
    case OP.get:
    case OP.call: {
      const optional = readFlags(read);
      const [on, member, as] = [readSlot(reader), readName(read), readResult(reader)];
      const args = Array.from({ length: read.u16() }, () => readArgument(reader));
      const common = { on, member, args, ...optional };
      if (op === OP.call) return { do: 'call', ...common, ...(as === undefined ? {} : { as }) };
      return { do: 'get', ...common, as: as ?? bad('a value that nobody takes') };
    }
    case OP.put: {
      const optional = readFlags(read);
      return { do: 'put', on: readSlot(reader), member: readName(read), value: readArgument(reader), ...optional };
    }
    case OP.expect: {
      const handle = readSlot(reader);
      return { do: 'expect', handle, values: Array.from({ length: read.u16() }, () => readValue(read, objects)) };
    }
    case OP.each: {
      const [of, as, most] = [readSlot(reader), readSlot(reader), read.u32()];
      const collect = readSlots(reader);
      const steps = readSteps(reader, depth + 1);
      return { do: 'each', of, as, collect, steps, ...(most === ALL ? {} : { most }) };
    }
    case OP.release:
      return { do: 'release', handle: readSlot(reader) };
    default:
      return bad(`step ${op} is unknown`);
  }
}

function readFlags(read: ByteReader): { readonly optional?: true } {
  const flags = read.u8();
  if (flags > OPTIONAL) bad('unknown flags');
  return flags === OPTIONAL ? { optional: true } : {};
}

function readArgument(reader: Reader): Arg {
  const kind = reader.read.u8();
  if (kind === KIND.slot) return { handle: readSlot(reader) };
  return readValueOf(kind, reader.read, reader.objects);
}

function readSlots(reader: Reader): readonly Handle[] {
  return Array.from({ length: reader.read.u16() }, () => readSlot(reader));
}

function readSlot(reader: Reader): Handle {
  return handleOf(reader, reader.read.u16());
}

function readResult(reader: Reader): Handle | undefined {
  const slot = reader.read.u16();
  return slot === NO_SLOT ? undefined : handleOf(reader, slot);
}

function handleOf({ slots }: Reader, slot: number): Handle {
  if (slot >= slots) bad('a slot that is not there');
  return slot === 0 ? 'application' : `slot${slot}`;
}

function readName(read: ByteReader): string {
  return read.utf16(read.u16());
}
