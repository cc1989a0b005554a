/** The add-in's side of a crossing, over any executor: what the wire form and the executor over it are tried with where no Outlook is. */
import type { Executor, Outcome, OutlookValue, Program, Step } from '../../../program/program.ts';
import type { Crossing } from '../in-process-executor.ts';
import { KIND, MAGIC, MEMBER, REFUSALS, type Refusal, VERSION } from '../wire.ts';
import { type WireWriter, wireWriter } from '../wire-bytes.ts';
import { writeValue } from '../wire-values.ts';
import { decodeRequest, slotName } from './decode-request.ts';

/** @param pauses how often each program says that its time is over before it tells its outcome */
export function emulatedAddIn(executor: Executor, pauses = 0): Crossing {
  let paused: { readonly program: Program; readonly outcome: Outcome; left: number; calls: number } | undefined;
  return async (bytes) => {
    const { releases, does } = decodeRequest(bytes);
    await executor.release(releases);
    if (does.op === 'release') return head(KIND.released, 0).done();
    if (does.op === 'run') {
      const before = executor.calls();
      const outcome = await executor.run(does.program);
      paused = { program: does.program, outcome, left: pauses, calls: executor.calls() - before };
    }
    if (paused === undefined) return refusal('nothing paused');
    const { program, outcome, calls } = paused;
    paused.calls = 0;
    if (paused.left-- > 0) {
      const write = head(KIND.paused, calls);
      write.varint(0);
      return write.done();
    }
    paused = undefined;
    return answer(program, outcome, calls);
  };
}

export function refusal(why: Refusal): Uint8Array {
  const write = head(KIND.refused, 0);
  write.u8(REFUSALS.indexOf(why));
  return write.done();
}

function head(kind: number, calls: number): WireWriter {
  const write = wireWriter();
  write.u16(MAGIC);
  write.u8(VERSION);
  write.u8(kind);
  write.varint(calls);
  return write;
}

function answer(program: Program, outcome: Outcome, calls: number): Uint8Array {
  const write = head(KIND[outcome.kind], calls);
  if (outcome.kind === 'done') {
    for (const handle of program.returns) writeValue(write, outcome.values[handle] as OutlookValue);
  } else if (outcome.kind === 'stale') {
    write.varint(slotNumber(outcome.handle));
    writeValue(write, outcome.value);
  } else {
    write.varint(outcome.step);
    write.varint(memberNumber(program, outcome.member));
    write.u32(outcome.hresult);
    write.text(outcome.message);
  }
  return write.done();
}

function slotNumber(handle: string): number {
  for (let slot = 0; slot < 100_000; slot++) if (slotName(slot) === handle) return slot;
  throw new Error(`bug: no slot is called ${handle}`);
}

/** The members of a request are numbered in the order in which they come first. */
function memberNumber(program: Program, member: string): number {
  if (member === '') return MEMBER.none;
  const names = [...new Set(membersOf(program.steps))];
  return names.includes(member) ? MEMBER.names + names.indexOf(member) : MEMBER.item;
}

function membersOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => (step.do === 'each' ? membersOf(step.steps) : 'member' in step ? [step.member] : []));
}
