/**
 * The revision of an item: when Outlook last changed it, whole seconds. Within one second it may change again without the time
 * moving, so an item changed just now is *hot*: its revision also holds a digest of what was read, it is read at every look
 * until it has cooled down, and a write compares the digest. An edit is never missed, whatever the clocks do.
 */
import { canonicalJson, digestText } from '../base/digest.ts';
import type { Rev } from '../sync/side.ts';
import type { Snapshot } from './model/snapshot.ts';

/** @units milliseconds that a modification must lie back before its second counts as over */
const HOT = 2000;

/** Whether something modified at that time could still change within the same second. @param now milliseconds since 1970 */
export function isHot(lastModified: string, now: number): boolean {
  return Date.parse(lastModified) > now - HOT;
}

/** The revision of what was read. @param now when the read began */
export function revOf<V>(snapshot: Snapshot<V>, now: number): Rev {
  const { lastModified, value } = snapshot;
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

/** Whether the revision is one that must be proven by reading. */
export function isHotRev(rev: Rev): boolean {
  return rev.includes('~');
}

function digestOf(value: unknown): string {
  return digestText(canonicalJson(value));
}
