/**
 * From outcomes to values or failures. The closed list of codes of this room:
 *
 * | Code | Meaning | Retry |
 * | --- | --- | --- |
 * | OUTLOOK_UNAVAILABLE | closed, starting, busy for too long, or out of resources | later |
 * | OUTLOOK_DENIED | the object model guard or a policy refuses what the connector needs | never |
 * | OUTLOOK_FAILED | a call that must work for any item or folder failed | later |
 */
import { Failure } from '../../base/failure.ts';
import { hresultText, isError, type Meaning, meaningOf } from './errors.ts';
import type { Outcome, OutlookValue } from './program.ts';
import type { Values } from './values.ts';

export const OUTLOOK_UNAVAILABLE = 'OUTLOOK_UNAVAILABLE';
export const OUTLOOK_DENIED = 'OUTLOOK_DENIED';
export const OUTLOOK_FAILED = 'OUTLOOK_FAILED';

/** The values of a program that must succeed. @throws Failure with a code of this room when it did not */
export function finish(outcome: Outcome, label: string): Values {
  if (outcome.kind === 'done') return outcome.values;
  if (outcome.kind === 'stale')
    throw new Error(`bug: "${label}" expects ${outcome.handle} and its caller does not know`);
  throw failureOf(outcome.hresult, `${label}: ${outcome.member}`);
}

/** The failure that an error means when it is not about one item. */
export function failureOf(hresult: number, doing: string): Failure {
  const code = hresultText(hresult);
  const meaning = meaningOf(hresult);
  if (concernsOutlook(meaning)) return outlookFailure(meaning, doing, code);
  return new Failure(OUTLOOK_FAILED, `Outlook could not do its part (${doing}, ${code}).`, { retry: 'later' });
}

/**
 * Optional steps turn errors into values. Those that say something about Outlook as a whole must not pass for a fault of the
 * item that was being read: this throws them. Lists are looked into (property slots, collected values), but not for denials:
 * the guard denies members, and a property slot with that error is a property that may not be read this way.
 */
export function throwIfOutlookFails(values: Values, label: string): void {
  for (const [handle, value] of Object.entries(values)) throwWithin(value, `${label}: ${handle}`, 'member');
}

/** Whether an error is about Outlook as a whole and not about the item at hand. */
export function concernsOutlook(meaning: Meaning): boolean {
  return meaning === 'busy' || meaning === 'closed' || meaning === 'later' || meaning === 'denied';
}

function throwWithin(value: OutlookValue, doing: string, level: 'member' | 'entry'): void {
  if (isError(value)) {
    const meaning = meaningOf(value.error);
    if (meaning === 'denied' && level === 'entry') return;
    if (concernsOutlook(meaning)) throw outlookFailure(meaning, doing, hresultText(value.error));
  } else if (Array.isArray(value)) {
    for (const entry of value as readonly OutlookValue[]) throwWithin(entry, doing, 'entry');
  }
}

function outlookFailure(meaning: Meaning, doing: string, code: string): Failure {
  if (meaning === 'denied') {
    return new Failure(
      OUTLOOK_DENIED,
      `Outlook does not let programs do this (${doing}, ${code}): allow programmatic access in its Trust Center, or use the add-in.`,
      { retry: 'never' },
    );
  }
  return new Failure(OUTLOOK_UNAVAILABLE, `Outlook is closed or busy (${doing}, ${code}); the connector tries again.`, {
    retry: 'later',
  });
}
