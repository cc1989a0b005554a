/** What the add-in answers. */
import type { Outcome, Program } from '../../program/program.ts';
import type { EncodedProgram } from './encode-request.ts';
import { KIND, MAGIC, MEMBER, REFUSALS, type Refusal, VERSION } from './wire.ts';
import { WireFault, type WireReader, wireReader } from './wire-bytes.ts';
import { readValue } from './wire-values.ts';

export type Response = {
  /** Calls that this crossing made. */
  readonly calls: number;
  readonly answer:
    | { readonly kind: 'outcome'; readonly outcome: Outcome }
    /** Its time was over before the step of this index; it goes on when asked to. */
    | { readonly kind: 'paused'; readonly step: number }
    | { readonly kind: 'refused'; readonly why: Refusal }
    | { readonly kind: 'released' };
};

/** @throws WireFault */
export function decodeResponse(bytes: Uint8Array, program: Program, encoded: EncodedProgram): Response {
  const { kind, calls, read } = readHead(bytes);
  const answer = readAnswer(kind, read, program, encoded);
  if (read.left() > 0) throw new WireFault('something follows the answer');
  return { calls, answer };
}

/** Whether objects were given back. @throws WireFault */
export function decodeReleased(bytes: Uint8Array): boolean {
  return readHead(bytes).kind === KIND.released;
}

function readHead(bytes: Uint8Array): { readonly kind: number; readonly calls: number; readonly read: WireReader } {
  const read = wireReader(bytes);
  if (read.u16() !== MAGIC || read.u8() !== VERSION) throw new WireFault('another form');
  const kind = read.u8();
  return { kind, calls: read.varint(), read };
}

function readAnswer(kind: number, read: WireReader, program: Program, encoded: EncodedProgram): Response['answer'] {
  switch (kind) {
    case KIND.done: {
      const values = program.returns.map((handle) => [handle, readValue(read)] as const);
      return { kind: 'outcome', outcome: { kind: 'done', values: Object.fromEntries(values) } };
    }
    case KIND.stale: {
      const handle = encoded.handles[read.varint()];
      if (handle === undefined) throw new WireFault('a handle that is not there');
      return { kind: 'outcome', outcome: { kind: 'stale', handle, value: readValue(read) } };
    }
    case KIND.failed: {
      const step = read.varint();
      const member = memberOf(read.varint(), encoded);
      return { kind: 'outcome', outcome: { kind: 'failed', step, member, hresult: read.u32(), message: read.text() } };
    }
    case KIND.paused:
      return { kind: 'paused', step: read.varint() };
    case KIND.refused:
      return { kind: 'refused', why: REFUSALS[read.u8()] ?? 'none' };
    case KIND.released:
      return { kind: 'released' };
    default:
      throw new WireFault(`an answer of kind ${kind}`);
  }
}

function memberOf(number: number, { names }: EncodedProgram): string {
  if (number === MEMBER.none) return '';
  if (number === MEMBER.item) return 'Item';
  const name = names[number - MEMBER.names];
  if (name === undefined) throw new WireFault('a member that is not there');
  return name;
}
