/**
 * The revision of an item: when Outlook last changed it, whole seconds. Within one second it may change again without the time
 * moving, so an item changed just now is *hot*: its revision also holds a digest of what was read, a write compares that digest,
 * and every look reads the item again, until one look has read it after its second was over. When that look was, is the cursor.
 * So an edit is never missed, and an item that nobody touched keeps its revision.
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

/** The end of the revision of an item that is read at every look, since what it says depends on other items. */
const AWAITING = '~awaiting';

/** The revision of what was read. @param now when the read began @param awaits whether it will say more without being changed */
export function revOf<V>(snapshot: Snapshot<V>, now: number, awaits = false): Rev {
  const { lastModified, value } = snapshot;
  if (awaits) return `${lastModified}~${digestOf(value)}${AWAITING}`;
  return isHot(lastModified, now) ? `${lastModified}~${digestOf(value)}` : lastModified;
}

/** Whether an item that is now as `snapshot` still is the one that had the revision. */
export function isSame<V>(snapshot: Snapshot<V>, rev: Rev): boolean {
  const [lastModified, digest] = rev.split('~');
  return snapshot.lastModified === lastModified && (digest === undefined || digest === digestOf(snapshot.value));
}

/** When the item of this revision was last modified. @units UTC, `YYYY-MM-DDTHH:MM:SSZ` */
export function modifiedOf(rev: Rev): string {
  return rev.split('~')[0] ?? rev;
}

/**
 * Whether a listed item need not be read, its modification time being that of the known revision.
 * @param since the cursor of the last look
 */
export function isCertain(known: Rev, since: Cursor | undefined, now: number): boolean {
  const lastModified = modifiedOf(known);
  if (isHot(lastModified, now) || known.endsWith(AWAITING)) return false;
  return !known.includes('~') || (since !== undefined && !isHot(lastModified, Number(since)));
}

/** Whether what was read is what a revision with a digest stands for. */
export function isUntouched<V>(snapshot: Snapshot<V>, known: Rev | undefined): boolean {
  return known?.includes('~') === true && isSame(snapshot, known);
}

/** The cursor of a look that began at `now`. @param now milliseconds since 1970 */
export function cursorAt(now: number): Cursor {
  return String(now);
}

function digestOf(value: unknown): string {
  return digestText(canonicalJson(value));
}
