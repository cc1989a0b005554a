import type { Contact, InstantMessaging } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { normalMessaging, readMessaging } from '../../contact/normal-messaging.ts';
import { type Field, patching } from '../../field.ts';

/**
 * The one instant-messaging address: `protocol:handle`, or a handle alone for the general protocol.
 * @loss further handles
 */
export const im: Field<OutlookContact, Pick<Contact, 'instantMessaging'>> = patching<
  OutlookContact,
  Pick<Contact, 'instantMessaging'>
>({
  read: ({ text }) => ({ instantMessaging: read(text.IMAddress) }),
  write: (contact, value) => {
    const [first] = normalMessaging(value.instantMessaging);
    return { ...contact, text: { ...contact.text, IMAddress: first === undefined ? '' : textOf(first) } };
  },
  survives: (value) => ({ instantMessaging: normalMessaging(value.instantMessaging).slice(0, 1) }),
});

function read(text: string): readonly InstantMessaging[] {
  const one = readMessaging(oneLine(text));
  return one === undefined ? [] : [one];
}

/** The protocol may be left out only where the handle is not taken for one. */
function textOf({ protocol, handle }: InstantMessaging): string {
  return protocol === 'im' && readMessaging(handle)?.handle === handle ? handle : `${protocol}:${handle}`;
}
