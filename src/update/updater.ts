/**
 * Updating, as the agent and the command line do it: asks the channel, downloads, verifies, and hands over to the guard. Every step is
 * written down before it is begun; whoever is started next goes on from there.
 */
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, digestText } from '../base/digest.ts';
import { CANCELLED, type Failure, isFailure } from '../base/failure.ts';
import { fetchManifest } from './channel.ts';
import { download, isRight } from './download.ts';
import { updateFailure } from './failures.ts';
import { judge, type Offer, type Verdict } from './judge.ts';
import { type Manifest, manifestName, readManifest } from './manifest.ts';
import type { UpdateState, Wish } from './state.ts';
import { mustBeOn, rulesNow, trustedNow, type UpdaterOptions } from './updater-options.ts';

export type Updater = {
  read(): UpdateState;
  /** How much of a download that goes on has arrived; undefined: none goes on. @units bytes */
  progress(): number | undefined;
  readonly checking: boolean;
  /**
   * Asks the channel and downloads what it offers.
   * @returns what the manifest meant, `staged` when it lies here complete
   * @throws UPDATE_…, STORAGE_FULL, CANCELLED; what was is as it was
   */
  check(options: { readonly byHand: boolean; readonly signal: AbortSignal }): Promise<'staged' | Verdict['kind']>;
  /** What the user wants of an update that waits. */
  wish(wish: Wish | null): void;
  /** Hands over to the guard, which ends this program. @throws UPDATE_OFF, UPDATE_NOTHING, UPDATE_HASH_WRONG, and what copying fails with */
  install(options?: { readonly reopen?: boolean }): Promise<void>;
  /** This program came up: an update that waited for that is done. What was left undone at a power loss goes on. */
  cameUp(): Promise<void>;
  /** Whether Outlook was closed for an update that is over, and is to be opened again; told once. */
  reopened(): boolean;
};

const DAY = 24 * 60 * 60_000;

export function openUpdater(options: UpdaterOptions): Updater {
  const { state, clock, port, installed } = options;
  let arrived: number | undefined;
  let busy: Promise<'staged' | Verdict['kind']> | undefined;
  const change = (work: (was: UpdateState) => UpdateState) => {
    const now = state.change(work);
    options.onChange();
    return now;
  };
  const fetched = async (byHand: boolean, signal: AbortSignal) => {
    const rules = mustBeOn(options);
    const { step } = state.read();
    if (step.at !== 'idle' && step.at !== 'downloading' && step.at !== 'staged') return 'none';
    const url = new URL(manifestName(rules.channel), rules.url).href;
    const text = await fetchManifest(url, options.fetch, signal);
    const manifest = readManifest(text, trustedNow(options));
    const verdict = judged(manifest, options, byHand);
    change((was) => followed(was, manifest, verdict, options));
    if (verdict.kind === 'none') return 'none';
    const offer = offerOf(manifest, verdict.file, url);
    await take(offer, signal);
    return 'staged';
  };
  const take = async (offer: Offer, signal: AbortSignal) => {
    const { step } = state.read();
    const same = step.at !== 'idle' && step.offer.file.sha256 === offer.file.sha256;
    if (same && step.at === 'staged' && (await isRight(join(state.folder, offer.file.name), offer.file))) return;
    if (!same) await clear(state.folder);
    const etag = same && step.at === 'downloading' ? step.etag : null;
    change((was) => ({ ...was, step: { at: 'downloading', offer, etag } }));
    try {
      await download({
        ...{ url: offer.url, wanted: offer.file, file: join(state.folder, offer.file.name), etag },
        began: (fresh) => void state.change((was) => ({ ...was, step: { at: 'downloading', offer, etag: fresh } })),
        progress: (done) => {
          arrived = done;
          options.onChange();
        },
        ...{ fetch: options.fetch, clock, rate: options.rate, signal },
      });
    } finally {
      arrived = undefined;
    }
    change((was) => ({ ...was, step: { at: 'staged', offer } }));
  };
  const check: Updater['check'] = async ({ byHand, signal }) => {
    busy ??= fetched(byHand, signal).finally(() => {
      busy = undefined;
    });
    options.onChange();
    try {
      const result = await busy;
      change((was) => noted(was, undefined, options));
      return result;
    } catch (error) {
      if (!isFailure(error, CANCELLED)) change((was) => noted(was, isFailure(error) ? error : undefined, options));
      throw error;
    }
  };
  return {
    read: state.read,
    progress: () => arrived,
    get checking() {
      return busy !== undefined;
    },
    check,
    wish: (wish) => void change((was) => ({ ...was, wish })),
    install: async ({ reopen = false } = {}) => {
      mustBeOn(options);
      const { step } = state.read();
      if (step.at !== 'staged' || port === undefined) throw nothing();
      const { offer } = step;
      if (!(await isRight(join(state.folder, offer.file.name), offer.file))) {
        await clear(state.folder);
        change((was) => ({ ...was, step: { at: 'idle' }, next: null }));
        throw updateFailure('UPDATE_HASH_WRONG', 'The update that lies here is damaged. It is downloaded again.');
      }
      change((was) => ({ ...was, step: { at: 'keeping', offer, from: installed }, reopen }));
      try {
        await port.keep();
      } catch (error) {
        change((was) => ({ ...was, step: { at: 'staged', offer }, wish: null, reopen: false }));
        throw error;
      }
      change((was) => ({ ...was, step: { at: 'installing', offer, from: installed, tries: 0 } }));
      await port.callGuard();
    },
    reopened: () => {
      const { step, reopen } = state.read();
      if (!reopen || step.at !== 'idle') return false;
      state.change((was) => ({ ...was, reopen: false }));
      return true;
    },
    cameUp: async () => {
      const before = state.read().step.at;
      const { step } = change((was) => awake(was, options));
      // The guard may still run from the copy of the version before: that goes with a later start.
      if (step.at === 'idle') await clear(state.folder, before === 'idle' ? [] : [KEPT]);
      else if (step.at === 'installing' || step.at === 'proving' || step.at === 'returning') await port?.callGuard();
    },
  };
}

function nothing() {
  return updateFailure(
    'UPDATE_NOTHING',
    'There is no update to install. Ask for one first, with `connector update check`.',
  );
}

function judged(manifest: Manifest, options: UpdaterOptions, byHand: boolean): Verdict {
  const { channel } = rulesNow(options);
  const state = options.state.change((was) => (was.luck === null ? { ...was, luck: options.random() * 100 } : was));
  const { installed, clock, platform, arch } = options;
  return judge(manifest, digestOf(manifest), {
    ...{ now: clock.now(), channel, installed, platform, arch, byHand },
    ...{ luck: state.luck ?? 0, seen: state.seen[channel], failed: state.failed },
  });
}

function digestOf(manifest: Manifest): string {
  return digestText(canonicalJson(manifest));
}

/** A manifest that may be followed is remembered with the keys that it names, and what it takes back is dropped. */
function followed(was: UpdateState, manifest: Manifest, verdict: Verdict, options: UpdaterOptions): UpdateState {
  const { channel, sequence, keys } = manifest;
  const withdrawn =
    verdict.kind === 'none' && was.step.at !== 'idle' && (verdict.why !== 'rollout' || manifest.rollout === 0);
  if (withdrawn) rmSync(join(options.state.folder, was.step.offer.file.name), { force: true });
  return {
    ...was,
    seen: { ...was.seen, [channel]: { sequence, digest: digestOf(manifest) } },
    ...(keys === undefined ? {} : { keys: { since: options.builtIn, now: keys } }),
    ...(withdrawn ? { step: { at: 'idle' as const }, wish: null } : {}),
  };
}

function offerOf(
  { version, channel, sequence, released, news }: Manifest,
  file: Offer['file'],
  manifest: string,
): Offer {
  return { version, channel, sequence, released, file, url: new URL(file.name, manifest).href, news };
}

/** Once a day, not all at the same hour; sooner after a failure that passes. */
function noted(was: UpdateState, failure: Failure | undefined, { clock, random }: UpdaterOptions): UpdateState {
  const at = clock.now();
  const soon = failure?.retry === 'later' && (failure.code === 'UPDATE_CUT' || failure.code === 'UPDATE_UNREACHABLE');
  const wait = soon ? DAY / 24 : DAY;
  return {
    ...was,
    checked: { at, code: failure?.code ?? null, message: failure?.message ?? null },
    next: at + wait * (0.8 + 0.4 * random()),
  };
}

/** What a program that has just come up makes of what it finds. */
function awake(was: UpdateState, { installed, clock }: UpdaterOptions): UpdateState {
  const { step } = was;
  switch (step.at) {
    case 'keeping':
      // The copy was cut off; it is made again.
      return { ...was, step: { at: 'staged', offer: step.offer } };
    case 'proving': {
      if (installed !== step.offer.version) return was;
      const { version } = step.offer;
      const done = { at: clock.now(), version, from: step.from, did: 'installed' } as const;
      return { ...was, step: { at: 'idle' }, wish: null, failed: was.failed.filter((one) => one !== version), done };
    }
    default:
      return was;
  }
}

/** The folder of the copy of the version before. */
export const KEPT = 'kept';

/** What was downloaded and copied; not the state. What is in use stays until the next time. */
async function clear(folder: string, except: readonly string[] = []): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^(state|guard)\./.test(name) || except.includes(name)) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
