/** The person in front of Outlook at work on contacts, by means that the connector does not use. */
import type { Emulator } from '../../src/outlook/emulator/open-emulator.ts';
import type { Arg, OutlookValue, Step } from '../../src/outlook/program/program.ts';

const CONTACTS = 10;
const DATA = 'http://schemas.microsoft.com/mapi/proptag/0x37010102';

type Values = Readonly<Record<string, OutlookValue>>;

/** Does the steps; `session` and `items`, those of the default address book, are there. */
export async function inOutlook(
  emulator: Emulator,
  steps: readonly Step[],
  returns: readonly string[] = [],
): Promise<Values> {
  const start: Step[] = [
    get('application', 'Session', 'session'),
    call('session', 'GetDefaultFolder', [CONTACTS], 'folder'),
    get('folder', 'Items', 'items'),
  ];
  const outcome = await emulator.executor.run({ label: 'the user works', steps: [...start, ...steps], returns });
  if (outcome.kind !== 'done') throw new Error(`Outlook refuses the test's own steps: ${JSON.stringify(outcome)}`);
  return outcome.values;
}

/** Members of every item of the address book, in Outlook's order. */
export async function outlookItems(emulator: Emulator, members: readonly string[]): Promise<readonly Values[]> {
  const steps: Step[] = [
    {
      do: 'each',
      of: 'items',
      as: 'item',
      steps: members.map((member): Step => ({ do: 'get', on: 'item', member, as: member, optional: true })),
      collect: members,
    },
  ];
  const values = await inOutlook(emulator, steps, members);
  const columns = members.map((member) => values[member] as readonly OutlookValue[]);
  return (columns[0] ?? []).map((_, at) =>
    Object.fromEntries(members.map((name, index) => [name, columns[index]?.[at] ?? null])),
  );
}

/** Opens the contact of this name, changes it and saves it. */
export async function editContact(emulator: Emulator, fullName: string, change: readonly Step[]): Promise<void> {
  const id = await entryIdOf(emulator, fullName);
  await inOutlook(emulator, [call('session', 'GetItemFromID', [id], 'item'), ...change, call('item', 'Save')]);
}

/** Puts members of a contact. */
export async function putMembers(
  emulator: Emulator,
  fullName: string,
  members: Readonly<Record<string, Arg>>,
): Promise<void> {
  await editContact(
    emulator,
    fullName,
    Object.entries(members).map(([member, value]): Step => ({ do: 'put', on: 'item', member, value })),
  );
}

/** The bytes of the picture that the contact shows; undefined when it has none. */
export async function pictureOf(emulator: Emulator, fullName: string): Promise<Uint8Array | undefined> {
  const id = await entryIdOf(emulator, fullName);
  const values = await inOutlook(
    emulator,
    [
      call('session', 'GetItemFromID', [id], 'item'),
      get('item', 'Attachments', 'attachments'),
      {
        do: 'each',
        of: 'attachments',
        as: 'one',
        steps: [get('one', 'PropertyAccessor', 'accessor'), call('accessor', 'GetProperty', [DATA], 'data')],
        collect: ['data'],
      },
    ],
    ['data'],
  );
  const [data] = values['data'] as readonly OutlookValue[];
  return data instanceof Uint8Array ? data : undefined;
}

async function entryIdOf(emulator: Emulator, fullName: string): Promise<string> {
  const items = await outlookItems(emulator, ['EntryID', 'FullName']);
  const found = items.filter((item) => item['FullName'] === fullName);
  if (found.length !== 1) throw new Error(`Outlook has ${found.length} contacts called ${fullName}`);
  return String(found[0]?.['EntryID']);
}

export function get(on: string, member: string, as: string): Step {
  return { do: 'get', on, member, as };
}

export function call(on: string, member: string, args: readonly Arg[] = [], as?: string): Step {
  return as === undefined ? { do: 'call', on, member, args } : { do: 'call', on, member, args, as };
}
