/**
 * Asks for updates once a day, and installs what waits when nobody is disturbed: no run goes on, and Outlook is closed, or the user has
 * agreed that it is closed for that.
 */
import type { Clock } from '../../base/clock.ts';
import { CANCELLED, isFailure } from '../../base/failure.ts';
import type { UpdateState, Wish } from '../../update/state.ts';
import type { Updates } from '../updates.ts';
import type { Part } from './supervise.ts';

export type UpdatePartOptions = {
  readonly updates: Updates;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether a run goes on. */
  readonly busy: () => boolean;
  readonly onFailure: (error: unknown) => void;
};

/** @units milliseconds */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BEAT = 15_000;
/** Whoever said *later* is asked again after so long. */
const LATER = 4 * HOUR;
/** Local hours of the night: from, and up to. */
const NIGHT = { from: 2, to: 5 };

export type UpdatePart = Part & {
  /** Looks at once whether something is to be done. */
  nudge(): void;
};

export function updatePart({ updates, clock, random, busy, onFailure }: UpdatePartOptions): UpdatePart {
  let wake = () => {};
  const { updater, outlook } = updates;
  const step = async (first: number, signal: AbortSignal) => {
    if (updates.off() !== undefined) return;
    if (isDue(updater.read(), first, clock.now())) await updater.check({ byHand: false, signal });
    await installWhenQuiet();
  };
  const installWhenQuiet = async () => {
    const state = updater.read();
    if (state.step.at !== 'staged' || busy()) return;
    if (!((await outlook?.running()) ?? false)) return updater.install();
    const { wish } = state;
    if (wish === null) return;
    if (wish.kind === 'later') return wish.at <= clock.now() ? updater.wish(null) : undefined;
    if (wish.kind === 'tonight' && !isNight(clock.now())) return;
    if (!(await outlook?.quit())) return updater.wish(null);
    await updater.install({ reopen: true });
  };
  return {
    name: 'updates',
    nudge: () => wake(),
    run: async (signal) => {
      // Not right after the start, when much else is to be done, and not all at once in the morning.
      const first = clock.now() + (2 + 13 * random()) * MINUTE;
      while (!signal.aborted) {
        try {
          await step(first, signal);
        } catch (error) {
          // Kept in the state of updates, for the windows; tried again when its time has come.
          if (!isFailure(error, CANCELLED)) onFailure(error);
          if (!isFailure(error)) throw error;
        }
        const early = new AbortController();
        wake = () => early.abort();
        const both = AbortSignal.any([signal, early.signal]);
        await clock.sleep(BEAT, both).catch(() => undefined);
      }
    },
  };
}

/** @param first when an installation that never asked asks; milliseconds since 1970-01-01T00:00:00Z */
function isDue({ next }: UpdateState, first: number, now: number): boolean {
  // A clock that was set back must not put it off for years.
  return next === null ? now >= first : now >= next || next - now > 3 * 24 * HOUR;
}

function isNight(now: number): boolean {
  const hour = new Date(now).getHours();
  return hour >= NIGHT.from && hour < NIGHT.to;
}

/** What the user chose, as it is remembered. */
export function wishFor(when: Wish['kind'], now: number): Wish {
  if (when === 'now') return { kind: 'now' };
  return { kind: when, at: when === 'later' ? now + LATER : nextNight(now) };
}

function nextNight(now: number): number {
  const at = new Date(now);
  at.setHours(NIGHT.from, 0, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at.getTime();
}
