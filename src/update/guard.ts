/**
 * Watches an update from outside, as a process of the version that works: installs the new one, starts it, waits until it says that it
 * is well, and otherwise brings the old one back. It may be killed at any moment; whoever starts it again, it goes on where it was.
 */
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { isRight } from './download.ts';
import type { InstallPort } from './install-port.ts';
import type { StateFile, Step, UpdateState } from './state.ts';

export type GuardOptions = {
  readonly state: StateFile;
  readonly port: InstallPort;
  readonly clock: Clock;
  /** Undoes what a newer version did to the agent's memory that this one cannot read. Called while no agent runs. */
  readonly memoryBack: () => void;
  /** @units milliseconds in which a new version must say that it is well */
  readonly patience?: number;
};

/** @units milliseconds, both */
const PATIENCE = 3 * 60_000;
const BEAT = 250;
/** How often an installation is begun, and how often a new version is started, before the old one returns. */
const MOST_TRIES = 2;
const MOST_STARTS = 3;

/** Resolves when there is nothing to watch any more. */
export async function guard(options: GuardOptions): Promise<void> {
  const { state, port } = options;
  for (;;) {
    const { step } = state.read();
    switch (step.at) {
      case 'installing':
        await install(step, options);
        break;
      case 'proving':
        await prove(step, options);
        break;
      case 'returning':
        await giveBack(step, options);
        return;
      default:
        await port.dismissGuard();
        return;
    }
  }
}

async function install(step: Extract<Step, { at: 'installing' }>, options: GuardOptions): Promise<void> {
  const { state, port } = options;
  const { offer, from } = step;
  const next = (to: Step) => state.change((was) => (was.step.at === 'installing' ? { ...was, step: to } : was));
  const file = join(state.folder, offer.file.name);
  if (step.tries >= MOST_TRIES || !(await isRight(file, offer.file))) {
    next({ at: 'returning', offer, from, why: 'not-installed' });
    return;
  }
  next({ ...step, tries: step.tries + 1 });
  await port.stop();
  try {
    await port.install(file);
    next({ at: 'proving', offer, from, starts: 0 });
  } catch {
    // Why is no matter: the version that worked is put back, whatever is left of it.
    next({ at: 'returning', offer, from, why: 'not-installed' });
  }
}

/** Starts the new version as often as it may end before it says that it is well. */
async function prove(step: Extract<Step, { at: 'proving' }>, options: GuardOptions): Promise<void> {
  const { state, port, clock, patience = PATIENCE } = options;
  const proving = () => state.read().step.at === 'proving';
  let starts = step.starts;
  // Counted in beats: a sleep of the computer is no time that the new version had. A restart of the computer gives it its time anew.
  let waited = 0;
  while (proving() && starts < MOST_STARTS && waited < patience) {
    starts += 1;
    state.change((was) => (was.step.at === 'proving' ? { ...was, step: { ...was.step, starts } } : was));
    const { ended } = await port.start();
    let over = false;
    void ended.then((how) => {
      over = how === 'ended';
    });
    for (; proving() && !over && waited < patience; waited += BEAT) await clock.sleep(BEAT);
  }
  state.change((was) =>
    was.step.at === 'proving'
      ? { ...was, step: { at: 'returning', offer: step.offer, from: step.from, why: 'not-up' } }
      : was,
  );
}

async function giveBack(step: Extract<Step, { at: 'returning' }>, options: GuardOptions): Promise<void> {
  const { state, port, clock, memoryBack } = options;
  await port.stop();
  await port.giveBack(step.from);
  memoryBack();
  state.change((was) => (was.step.at === 'returning' ? returned(was, step, clock.now()) : was));
  await port.start();
  await port.dismissGuard();
}

function returned(
  state: UpdateState,
  { offer, from, why }: Extract<Step, { at: 'returning' }>,
  at: number,
): UpdateState {
  return {
    ...state,
    step: { at: 'idle' },
    failed: [...new Set([...state.failed, offer.version])].slice(-10),
    wish: null,
    done: { at, version: offer.version, from, did: 'returned', why },
  };
}
