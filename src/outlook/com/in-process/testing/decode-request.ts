/** Requests read again, as the add-in reads them: what the encoder wrote must be the program that it was given. */
import type { Arg, Handle, ObjectRef, Program, Step } from '../../../program/program.ts';
import { HAS_AS, MAGIC, OP, OPTIONAL, STEP, TAG, VERSION } from '../wire.ts';
import { WireFault, type WireReader, wireReader } from '../wire-bytes.ts';
import { readValue } from '../wire-values.ts';

export type Request = {
  readonly budget: number;
  readonly releases: readonly ObjectRef[];
  readonly does: { readonly op: 'run'; readonly program: Program } | { readonly op: 'resume' | 'release' };
};

/** Handles are called `slot1`, `slot2`, …; slot 0 is `application`. @throws WireFault */
export function decodeRequest(bytes: Uint8Array): Request {
  const read = wireReader(bytes);
  if (read.u16() !== MAGIC || read.u8() !== VERSION) throw new WireFault('another form');
  const op = read.u8();
  const budget = read.u16();
  const releases = Array.from({ length: read.varint() }, () => ({ object: read.u32() }));
  const does = op === OP.run ? ({ op: 'run', program: readProgram(read) } as const) : onlyOp(op);
  if (read.left() > 0) throw new WireFault('something follows the request');
  return { budget, releases, does };
}

export function slotName(slot: number): Handle {
  return slot === 0 ? 'application' : `slot${slot}`;
}

function onlyOp(op: number): { readonly op: 'resume' | 'release' } {
  if (op === OP.resume) return { op: 'resume' };
  if (op === OP.release) return { op: 'release' };
  throw new WireFault(`op ${op}`);
}

function readProgram(read: WireReader): Program {
  const slots = read.varint();
  const names = Array.from({ length: read.varint() }, () => read.text());
  const slot = (): Handle => {
    const number = read.varint();
    if (number >= slots) throw new WireFault('a slot that is not there');
    return slotName(number);
  };
  const given = Array.from({ length: read.varint() }, () => [slot(), { object: read.u32() }] as const);
  const steps = readSteps({ read, names, slot });
  const returns = Array.from({ length: read.varint() }, slot);
  return { label: 'decoded', given: Object.fromEntries(given), steps, returns };
}

type Context = { readonly read: WireReader; readonly names: readonly string[]; readonly slot: () => Handle };

function readSteps(context: Context): readonly Step[] {
  return Array.from({ length: context.read.varint() }, () => readStep(context));
}

function readStep(context: Context): Step {
  const { read, slot } = context;
  const head = read.u8();
  const optional = (head & OPTIONAL) === 0 ? {} : { optional: true as const };
  const member = () => context.names[read.varint()] ?? '?';
  switch (head & 0x0f) {
    case STEP.get:
    case STEP.call: {
      const common = { on: slot(), member: member(), ...optional };
      const as = (head & HAS_AS) === 0 ? undefined : slot();
      const args = Array.from({ length: read.varint() }, () => readArg(context));
      if ((head & 0x0f) === STEP.get) return { do: 'get', ...common, args, as: as ?? '?' };
      return { do: 'call', ...common, args, ...(as === undefined ? {} : { as }) };
    }
    case STEP.put:
      return { do: 'put', on: slot(), member: member(), value: readArg(context), ...optional };
    case STEP.expect:
      return { do: 'expect', handle: slot(), values: Array.from({ length: read.varint() }, () => readValue(read)) };
    case STEP.each: {
      const [of, as, most] = [slot(), slot(), read.varint()];
      const collect = Array.from({ length: read.varint() }, slot);
      return { do: 'each', of, as, collect, steps: readSteps(context), ...(most === 0 ? {} : { most: most - 1 }) };
    }
    case STEP.release:
      return { do: 'release', handle: slot() };
    default:
      throw new WireFault(`step ${head}`);
  }
}

function readArg({ read, slot }: Context): Arg {
  if (read.next() !== TAG.slot) return readValue(read);
  read.u8();
  return { handle: slot() };
}
