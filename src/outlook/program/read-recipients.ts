import type { Recipient, RecipientType, ResponseStatus } from '../model/appointment.ts';
import type { Handle, OutlookValue } from './program.ts';
import { RECIPIENT } from './schema-names.ts';
import type { Ref, Script } from './script.ts';
import { list, number, text, type Values } from './values.ts';

const PROPERTIES = ['name', 'addressType', 'address', 'smtpAddress', 'type', 'flags', 'response'] as const;
const ORGANIZER_FLAG = 0x2;
const MAPI_TO = 1;
const MAPI_CC = 2;
const MAPI_BCC = 3;

/** A recipient and its place in Outlook's collection, by which it is removed or changed. */
export type RecipientRow = { readonly index: number; readonly recipient: Recipient };

/** The recipients of an item, two calls and one bulk read each. Every member of a recipient is guarded. */
export function readRecipients(run: Script, item: Ref<'AppointmentItem'>): readonly Handle[] {
  const recipients = run.object(item, 'Recipients', 'Recipients');
  return run.each(recipients, 'Recipient', (each, recipient) => {
    const accessor = each.object(recipient, 'PropertyAccessor', 'PropertyAccessor');
    return [
      each.call(
        accessor,
        'GetProperties',
        PROPERTIES.map((name) => RECIPIENT[name]),
      ),
    ];
  });
}

/** Everybody but the organizer. @throws BadValue */
export function recipientsFrom(values: Values, handles: readonly Handle[]): readonly RecipientRow[] {
  const rows = list(values[handles[0] ?? '']);
  return rows.flatMap((row, at) => {
    const slots = list(row);
    const slot = (name: (typeof PROPERTIES)[number]): OutlookValue | undefined => slots[PROPERTIES.indexOf(name)];
    const type = typeOf(number(slot('type'), MAPI_TO), number(slot('flags')));
    if (type === 0) return [];
    const address = addressOf(text(slot('addressType')), text(slot('address')), text(slot('smtpAddress')));
    const name = nameOf(text(slot('name')), address);
    return [{ index: at + 1, recipient: { name, address, type, response: responseOf(number(slot('response'))) } }];
  });
}

/** MAPI's kinds of recipients as OlMeetingRecipientType; the high bits say how an answer was delivered. */
function typeOf(type: number, flags: number): RecipientType {
  if ((flags & ORGANIZER_FLAG) !== 0) return 0;
  switch (type & 0xf) {
    case MAPI_TO:
      return 1;
    case MAPI_CC:
      return 2;
    case MAPI_BCC:
      return 3;
    default:
      return 0;
  }
}

function responseOf(value: number): ResponseStatus {
  return value >= 1 && value <= 5 ? (value as ResponseStatus) : 0;
}

/** An address of type EX is a directory path and no mail address; the SMTP property has it, or nobody. */
export function addressOf(type: string, address: string, smtp: string): string {
  if (smtp !== '') return smtp;
  return type.toUpperCase() === 'EX' || !address.includes('@') ? '' : address;
}

/** Outlook shows resolved recipients as `Name (address)`; the address is no part of the name. */
function nameOf(name: string, address: string): string {
  const suffix = ` (${address})`;
  return address !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
