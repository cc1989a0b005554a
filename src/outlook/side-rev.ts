/**
 * The revision of an item: when Outlook last changed it, whole seconds. Within one second it may change again without the time
 * moving, so an item changed just now is *hot*: its revision also holds a digest of what was read, a write compares that digest,
 * and every look reads the item again, until one look has read it after its second was over. When that look was, is the cursor.
 * So an edit is never missed, and an item that nobody touched keeps its revision. An item that says more once a time has come has that
 * time in its revision, and is read at every look from then on.
 */
import { canonicalJson, digestText } from '../base/digest.ts';
import type { Cursor, Rev } from '../sync/side.ts';
import type { Snapshot } from './model/snapshot.ts';

/** @units milliseconds that a modification must lie back before its second counts as over */
const HOT = 2000;

/** Whether something modified at that time could still change within the same second. @param now milliseconds since 1970 */
export function isHot(lastModified: string, now: number): boolean {
  return Date.parse(lastModified) > now - HOT;
}

/** Whether an item will say more without being changed: `awaits` at any time, `due` from then on. @units milliseconds since 1970 */
export type Later = { readonly awaits?: boolean | undefined; readonly due?: number | undefined };

/** Part of the revision of an item that is read at every look, since what it says depends on other items. */
const AWAITING = 'awaiting';
const DUE = 'due=';

/** The revision of what was read. @param now when the read began */
export function revOf<V>({ lastModified, value }: Snapshot<V>, now: number, { awaits = false, due }: Later = {}): Rev {
  const parts = [
    lastModified,
    ...(awaits || isHot(lastModified, now) ? [digestOf(value)] : []),
    ...(awaits ? [AWAITING] : []),
    ...(due === undefined ? [] : [`${DUE}${due}`]),
  ];
  return parts.join('~');
}

type RevParts = { readonly lastModified: string; readonly digest: string | undefined } & Required<Later>;

function partsOf(rev: Rev): RevParts {
  const [lastModified = '', ...rest] = rev.split('~');
  const due = rest.find((part) => part.startsWith(DUE));
  return {
    lastModified,
    digest: rest.find((part) => part !== due && part !== AWAITING),
    awaits: rest.includes(AWAITING),
    due: due === undefined ? undefined : Number(due.slice(DUE.length)),
  };
}

/** Whether an item that is now as `snapshot` still is the one that had the revision. */
export function isSame<V>(snapshot: Snapshot<V>, rev: Rev): boolean {
  const { lastModified, digest } = partsOf(rev);
  return snapshot.lastModified === lastModified && (digest === undefined || digest === digestOf(snapshot.value));
}

/** When the item of this revision was last modified. @units UTC, `YYYY-MM-DDTHH:MM:SSZ` */
export function modifiedOf(rev: Rev): string {
  return partsOf(rev).lastModified;
}

/**
 * Whether a listed item need not be read, its modification time being that of the known revision.
 * @param since the cursor of the last look
 */
export function isCertain(known: Rev, since: Cursor | undefined, now: number): boolean {
  const { lastModified, digest, awaits, due } = partsOf(known);
  if (isHot(lastModified, now) || awaits || isDue(due, now)) return false;
  return digest === undefined || (since !== undefined && !isHot(lastModified, Number(since)));
}

/** Whether what was read is what a revision with a digest stands for, and says no more than it did. */
export function isUntouched<V>(snapshot: Snapshot<V>, known: Rev | undefined, now: number): boolean {
  if (known === undefined) return false;
  const { digest, due } = partsOf(known);
  return digest !== undefined && !isDue(due, now) && isSame(snapshot, known);
}

function isDue(due: number | undefined, now: number): boolean {
  return due !== undefined && due <= now;
}

/** The cursor of a look that began at `now`. @param now milliseconds since 1970 */
export function cursorAt(now: number): Cursor {
  return String(now);
}

function digestOf(value: unknown): string {
  return digestText(canonicalJson(value));
}
