/** Kinds of members that are one stored property each. */
import { long, text } from './arguments.ts';
import type { Member } from './dispatch.ts';
import { fail } from './fault.ts';
import type { LiveItem } from './live-item.ts';
import type { PropKey } from './property.ts';
import { NO_DATE } from './zone-time.ts';

/** A text member stored in one property. */
export function textMember(key: PropKey): Member<LiveItem> {
  return {
    get: (item) => item.bag.text(key),
    put: (item, value) => item.bag.setText(key, text(value)),
  };
}

/** A number member stored in one property; `allowed` limits what may be written. */
export function longMember(key: PropKey, allowed?: readonly number[], absent = 0): Member<LiveItem> {
  return {
    get: (item) => item.bag.long(key, absent),
    put: (item, value) => {
      const number = long(value);
      if (allowed !== undefined && !allowed.includes(number)) fail('INVALID_ARGUMENT');
      item.bag.setLong(key, number);
    },
  };
}

/** A date kept in UTC and shown in the machine's zone; 4501-01-01 when absent. */
export function localTime(item: LiveItem, key: PropKey): { readonly date: string } {
  const utc = item.bag.time(key);
  return { date: utc === undefined ? NO_DATE : item.session.toLocal(utc) };
}

/** A time that Outlook itself writes. @throws FAILED "You must specify a time" for a stored item that lost it */
export function stampTime(item: LiveItem, key: PropKey): { readonly date: string } {
  if (item.number !== 0 && item.bag.time(key) === undefined) fail('FAILED', '', 'NO_TIME');
  return localTime(item, key);
}
