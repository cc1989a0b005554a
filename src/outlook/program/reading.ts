/**
 * Reading as data: a {@link Part} writes the steps that read one thing and says what their values mean. Parts of several items
 * share one program; a part that needs more (an exception's body, a recurrence too long for one property) answers with the next
 * part. A program that fails is split, so that one item's error never stops another and is told from Outlook's own troubles.
 */
import { isFailure } from '../../base/failure.ts';
import { hresultText, meaningOf } from './errors.ts';
import { concernsOutlook, failureOf, throwIfOutlookFails } from './finish.ts';
import type { Executor, Handle, ObjectRef, Outcome, Program } from './program.ts';
import { type Script, script } from './script.ts';
import { BadValue, type Values } from './values.ts';

/** What the values of a part mean. */
export type Decoded<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'more'; readonly next: Part<T> }
  /** The item is not there. */
  | { readonly kind: 'gone' }
  /** The item is there and cannot be read (now); `reason` is one sentence without contents. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A part that is read to its end. */
export type Settled<T> = Exclude<Decoded<T>, { kind: 'more' }>;

/** Writes its steps, and says what their values mean. @throws BadValue (from decoding) for an item that cannot be read */
export type Part<T> = (run: Script) => {
  readonly wanted: readonly Handle[];
  readonly decode: (values: Values) => Decoded<T>;
};

export type ReadOptions<T> = {
  readonly label: string;
  readonly given: Readonly<Record<Handle, ObjectRef>>;
  readonly parts: readonly Part<T>[];
  /** How many parts one program may hold, so that it stays short. */
  readonly sliceSize: number;
  /** Called before each program: the place to stop a cancelled read. */
  readonly beforeSlice?: (() => void) | undefined;
};

/** A part that goes on with what the first one found. */
export function continuedBy<T, U>(first: Part<T>, next: (value: T) => Decoded<U>): Part<U> {
  return (run) => {
    const { wanted, decode } = first(run);
    return {
      wanted,
      decode: (values) => {
        const decoded = decode(values);
        if (decoded.kind === 'value') return next(decoded.value);
        return decoded.kind === 'more' ? { kind: 'more', next: continuedBy(decoded.next, next) } : decoded;
      },
    };
  };
}

/** One program that reads all of `parts`, and what its values mean, in the same order. */
export function readingProgram<T>(
  label: string,
  given: Readonly<Record<Handle, ObjectRef>>,
  parts: readonly Part<T>[],
): { readonly program: Program; readonly decode: (values: Values) => readonly Decoded<T>[] } {
  const written: ReturnType<Part<T>>[] = [];
  const program = script(label, given, (all) => {
    for (const [index, part] of parts.entries()) written.push(part(all.part(parts.length === 1 ? '' : `${index}:`)));
    return written.flatMap((part) => part.wanted);
  });
  return { program, decode: (values) => written.map((part) => decodeSafely(part.decode, values)) };
}

/**
 * Reads all of `parts` to their ends, in programs of at most `sliceSize` parts each; results stand at the places of their parts.
 * @throws Failure OUTLOOK_* when Outlook as a whole cannot be read: a guard that denies, a closed Outlook
 */
export async function readParts<T>(executor: Executor, options: ReadOptions<T>): Promise<readonly Settled<T>[]> {
  const results: Settled<T>[] = options.parts.map(() => ({ kind: 'gone' }));
  let open = options.parts.map((part, index) => ({ index, part }));
  while (open.length > 0) {
    const slice = open.slice(0, options.sliceSize);
    open = open.slice(options.sliceSize);
    const decoded = await readSlice(
      executor,
      options,
      slice.map((entry) => entry.part),
    );
    for (const [at, { index }] of slice.entries()) {
      const result = decoded[at];
      if (result?.kind === 'more') open.push({ index, part: result.next });
      else if (result !== undefined) results[index] = result;
    }
  }
  return results;
}

async function readSlice<T>(
  executor: Executor,
  options: ReadOptions<T>,
  parts: readonly Part<T>[],
): Promise<readonly Decoded<T>[]> {
  options.beforeSlice?.();
  const { program, decode } = readingProgram(options.label, options.given, parts);
  const outcome = await executor.run(program);
  if (outcome.kind === 'done') {
    throwIfOutlookFails(outcome.values, program.label);
    return decode(outcome.values);
  }
  if (outcome.kind === 'stale')
    return parts.map(() => ({ kind: 'unreadable', reason: 'It changed while it was read.' }));
  if (concernsOutlook(meaningOf(outcome.hresult)))
    throw failureOf(outcome.hresult, `${program.label}: ${outcome.member}`);
  if (parts.length === 1) return [failedPart(outcome)];
  const one: Decoded<T>[] = [];
  for (const part of parts) one.push(...(await readSlice(executor, options, [part])));
  return one;
}

/** Only the call that opens the item can prove that it is gone; anything else that is not found is a damaged item. */
function failedPart(outcome: Extract<Outcome, { kind: 'failed' }>): Settled<never> {
  if (outcome.member === 'GetItemFromID' && meaningOf(outcome.hresult) === 'absent') return { kind: 'gone' };
  return {
    kind: 'unreadable',
    reason: `Outlook could not read it (${outcome.member}, ${hresultText(outcome.hresult)}).`,
  };
}

function decodeSafely<T>(decode: (values: Values) => Decoded<T>, values: Values): Decoded<T> {
  try {
    return decode(values);
  } catch (error) {
    // A damaged structure inside a property is a Failure of the model: it concerns this item and no other.
    if (error instanceof BadValue || isFailure(error)) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}
