import type { Recipient } from '../model/appointment.ts';
import type { RecipientRow } from './read-recipients.ts';
import { RECIPIENT } from './schema-names.ts';
import type { Ref, Script } from './script.ts';

/**
 * Makes the recipients of an item those of `after`, touching only those that differ: Outlook keeps more of each than we know.
 * Removed from the last one up, because the others move down. Nothing here sends anything.
 * @loss responses, where Outlook does not let programs write them
 * @source outlook-calendar.md 5.3; outlook-objects.md sections 7 and 8 (names must be quoted)
 */
export function writeRecipients(
  run: Script,
  item: Ref<'AppointmentItem'>,
  before: readonly RecipientRow[],
  after: readonly Recipient[],
): void {
  const wanted = new Map(after.map((recipient) => [keyOf(recipient), recipient]));
  const kept = new Map(before.map((row) => [keyOf(row.recipient), row]));
  const gone = before.filter((row) => !wanted.has(keyOf(row.recipient)) || kept.get(keyOf(row.recipient)) !== row);
  const added = after.filter((recipient) => !kept.has(keyOf(recipient)));
  const changed = [...kept].flatMap(([key, row]) => {
    const now = wanted.get(key);
    return now === undefined || sameRecipient(row.recipient, now) ? [] : [{ row, now }];
  });
  if (gone.length + added.length + changed.length === 0) return;
  const recipients = run.object(item, 'Recipients', 'Recipients');
  for (const { row, now } of changed) {
    const recipient = run.open(recipients, 'Item', 'Recipient', row.index);
    if (row.recipient.type !== now.type) run.put(recipient, 'Type', now.type);
    if (row.recipient.response !== now.response) writeResponse(run, recipient, now);
    run.release(recipient);
  }
  for (const row of [...gone].sort((a, b) => b.index - a.index)) run.call(recipients, 'Remove', row.index);
  for (const recipient of added) addRecipient(run, recipients, recipient);
}

function addRecipient(run: Script, recipients: Ref<'Recipients'>, recipient: Recipient): void {
  const added = run.open(recipients, 'Add', 'Recipient', mailboxText(recipient.name, recipient.address));
  run.put(added, 'Type', recipient.type);
  // A name alone could resolve to somebody else of that name; with an address there is nothing to look up.
  if (recipient.address !== '') run.optional.call(added, 'Resolve');
  if (recipient.response !== 0) writeResponse(run, added, recipient);
  run.release(added);
}

/** MeetingResponseStatus cannot be written; whether the property below it can differs between versions. */
function writeResponse(run: Script, recipient: Ref<'Recipient'>, value: Recipient): void {
  const attempt = run.optional;
  const accessor = attempt.object(recipient, 'PropertyAccessor', 'PropertyAccessor');
  attempt.call(accessor, 'SetProperty', RECIPIENT.response, value.response);
  run.release(accessor);
}

/** `"Name" <address>`: unquoted, a comma or bracket in the name would swallow the address. */
export function mailboxText(name: string, address: string): string {
  if (address === '') return name;
  if (name === '' || name === address) return address;
  return `"${name.replace(/["\\]/g, '').trim()}" <${address}>`;
}

function keyOf(recipient: Recipient): string {
  return (recipient.address === '' ? recipient.name : recipient.address).toLowerCase();
}

function sameRecipient(a: Recipient, b: Recipient): boolean {
  return a.type === b.type && a.response === b.response;
}
