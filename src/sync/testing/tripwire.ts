/** Ends a run in the middle, as a killed process would: at a numbered step, and nothing after it happens. */
import type { Side } from '../side.ts';
import type { State } from '../state.ts';

/** Not a {@link Failure}: nobody catches a killed process. */
export class Crash extends Error {}

export type Tripwire = {
  /** Called before and after everything durable. @throws Crash at the step the wire is set to, and ever after */
  step(): void;
  taken(): number;
};

/** A wire that ends the run at step `at` (1 or more), or never. */
export function tripwire(at = Number.POSITIVE_INFINITY): Tripwire {
  let count = 0;
  return {
    step: () => {
      count += 1;
      if (count >= at) throw new Crash(`crashed at step ${count}`);
    },
    taken: () => count,
  };
}

/** The side, with a step before and after each effect. Reading is no step: nothing durable happens. */
export function trippedSide<C>(side: Side<C>, wire: Tripwire): Side<C> {
  const around = async <T>(effect: () => Promise<T>): Promise<T> => {
    wire.step();
    const result = await effect();
    wire.step();
    return result;
  };
  const { mark } = side;
  return {
    ...side,
    create: (folder, creates, signal) => around(() => side.create(folder, creates, signal)),
    update: (folder, updates, signal) => around(() => side.update(folder, updates, signal)),
    remove: (folder, targets, signal) => around(() => side.remove(folder, targets, signal)),
    ...(mark && { mark: (folder, marks, signal) => around(() => mark(folder, marks, signal)) }),
  };
}

/** The state, with a step before and after each transaction. */
export function trippedState<C>(state: State<C>, wire: Tripwire): State<C> {
  return {
    ...state,
    transaction: (work) => {
      wire.step();
      const result = state.transaction(work);
      wire.step();
      return result;
    },
  };
}
