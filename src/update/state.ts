/**
 * What updating remembers: one small file that is written whole or not at all, and survives a power cut. Whatever happens, the step in
 * it can be done (again) by whoever finds it; docs/updates.md has the table of steps.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../node/make-folder.ts';
import { makePrivate, writePrivately } from '../node/private-file.ts';
import type { Offer, Seen } from './judge.ts';
import type { PublicKey } from './keys.ts';
import type { Channel } from './manifest.ts';

/** Where an update stands. `from` is the version that works, and returns when the new one does not come up. */
export type Step =
  | { readonly at: 'idle' }
  /** `etag` of the file whose beginning lies here. */
  | { readonly at: 'downloading'; readonly offer: Offer; readonly etag: string | null }
  /** Complete and verified; waits for a moment when nobody is disturbed. */
  | { readonly at: 'staged'; readonly offer: Offer }
  /** The version that works is copied aside. */
  | { readonly at: 'keeping'; readonly offer: Offer; readonly from: string }
  | { readonly at: 'installing'; readonly offer: Offer; readonly from: string; readonly tries: number }
  /** Installed; the new version has not said yet that it is well. */
  | { readonly at: 'proving'; readonly offer: Offer; readonly from: string; readonly starts: number }
  | { readonly at: 'returning'; readonly offer: Offer; readonly from: string; readonly why: Returned['why'] };

/** What became of the last update that was begun. */
export type Done = { readonly at: number; readonly version: string; readonly from: string } & (
  | { readonly did: 'installed' }
  | Returned
);
type Returned = { readonly did: 'returned'; readonly why: 'not-installed' | 'not-up' };

/** When an update that waits may be installed while Outlook is open. @units milliseconds since 1970-01-01T00:00:00Z */
export type Wish = { readonly kind: 'now' } | { readonly kind: 'tonight' | 'later'; readonly at: number };

export type UpdateState = {
  readonly format: 1;
  readonly step: Step;
  readonly seen: Partial<Record<Channel, Seen>>;
  /** Keys that a manifest named; they hold as long as the program comes with the keys it had then. */
  readonly keys: { readonly since: readonly PublicKey[]; readonly now: readonly PublicKey[] } | null;
  /** See {@link import('./judge.ts').Here}; null: not drawn yet. */
  readonly luck: number | null;
  readonly failed: readonly string[];
  readonly wish: Wish | null;
  readonly checked: { readonly at: number; readonly code: string | null; readonly message: string | null } | null;
  /** When the channel is asked next. @units milliseconds since 1970-01-01T00:00:00Z; null: not asked yet */
  readonly next: number | null;
  /** Outlook was closed for the update, at the user's wish, and is opened again after it. */
  readonly reopen: boolean;
  readonly done: Done | null;
};

export const NEW_STATE: UpdateState = {
  format: 1,
  step: { at: 'idle' },
  seen: {},
  keys: null,
  luck: null,
  failed: [],
  wish: null,
  checked: null,
  next: null,
  reopen: false,
  done: null,
};

/** The state that several processes look at and change: the agent, the guard, a command. */
export type StateFile = {
  /** The folder of everything about updates. */
  readonly folder: string;
  read(): UpdateState;
  /** Reads, changes and writes while nobody else does. Nothing is written when `change` gives the same object back. */
  change(change: (state: UpdateState) => UpdateState): UpdateState;
};

/** @param folder made when it is not there @throws the error of the file system */
export function openState(folder: string): StateFile {
  makeFolder(folder);
  const file = join(folder, 'state.json');
  const read = () => readState(file);
  return {
    folder,
    read,
    change: (change) =>
      alone(join(folder, 'state.lock'), () => {
        const before = read();
        const after = change(before);
        if (after !== before) writePrivately(file, `${JSON.stringify(after, null, 1)}\n`);
        return after;
      }),
  };
}

/** A file that is missing, or of a version that is not understood, counts as none: updating begins anew, and nothing else is lost. */
function readState(file: string): UpdateState {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as UpdateState;
    return found.format === 1 ? { ...NEW_STATE, ...found } : NEW_STATE;
  } catch {
    return NEW_STATE;
  }
}

/** How long somebody else's change is waited for. @units milliseconds */
const PATIENCE = 5000;

/** A lock that the operating system takes back when its holder dies. */
function alone<T>(file: string, work: () => T): T {
  makePrivate(file);
  const lock = new DatabaseSync(file, { timeout: PATIENCE });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return work();
  } finally {
    lock.close();
  }
}
