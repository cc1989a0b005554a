import type { InstantMessaging } from '../../domain/contact.ts';
import { oneLine } from './lines.ts';

/** The protocol of a handle that does not tell its own. @source RFC 3860 */
const ANY = 'im';

/** `protocol:handle`, or a handle alone; undefined when there is none. */
export function readMessaging(text: string): InstantMessaging | undefined {
  const named = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text);
  const handle = (named?.[2] ?? text).trim();
  if (handle === '') return undefined;
  return { protocol: (named?.[1] ?? ANY).toLowerCase(), handle };
}

/** Handles in the form of the domain; one without a protocol says it itself or has the general one. */
export function normalMessaging(list: readonly InstantMessaging[]): readonly InstantMessaging[] {
  return list.flatMap(({ protocol, handle }) => {
    const scheme = oneLine(protocol).toLowerCase();
    const name = /^[a-z][a-z0-9+.-]*$/.test(scheme) ? `${scheme}:` : '';
    return readMessaging(name + oneLine(handle)) ?? [];
  });
}
