import type { Contact, InstantMessaging } from '../../../domain/contact.ts';
import type { VCard, VCardImpp } from '../../../wire/addressbook.ts';
import { bind } from '../../contact/bind.ts';
import { oneLine } from '../../contact/lines.ts';
import { normalMessaging, readMessaging } from '../../contact/normal-messaging.ts';
import { type Field, patching } from '../../field.ts';
import { withCommunications } from './put.ts';

/** All instant-messaging handles, `protocol:handle` on the server. */
export const im: Field<VCard, Pick<Contact, 'instantMessaging'>> = patching<VCard, Pick<Contact, 'instantMessaging'>>({
  read: (card) => ({ instantMessaging: entriesOf(card).filter(hasHandle).map(readEntry) }),
  write: (card, value) => {
    const values = normalMessaging(value.instantMessaging);
    const entries = entriesOf(card);
    const bound = bind(values, entries.filter(hasHandle), [
      { value: textOf, entry: (entry) => textOf(readEntry(entry)) },
      { value: (one) => one.protocol, entry: (entry) => readEntry(entry).protocol },
    ]);
    const written = values.map((one, at) => writeEntry(bound[at], one));
    return withCommunications(card, { impps: [...written, ...entries.filter((entry) => !hasHandle(entry))] });
  },
  survives: (value) => ({ instantMessaging: normalMessaging(value.instantMessaging) }),
});

function textOf({ protocol, handle }: InstantMessaging): string {
  return `${protocol}:${handle}`;
}

function entriesOf(card: VCard): readonly VCardImpp[] {
  return card.communications?.impps ?? [];
}

function hasHandle(entry: VCardImpp): boolean {
  return readMessaging(oneLine(entry.value)) !== undefined;
}

function readEntry(entry: VCardImpp): InstantMessaging {
  return readMessaging(oneLine(entry.value)) ?? { protocol: 'im', handle: '' };
}

function writeEntry(entry: VCardImpp | undefined, one: InstantMessaging): VCardImpp {
  const value = entry !== undefined && textOf(readEntry(entry)) === textOf(one) ? entry.value : textOf(one);
  return { parameters: [], ...entry, value };
}
