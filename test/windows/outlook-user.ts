/** The person in front of the fake Outlook: what they see in its folders and do with its items, by programs of the test's own. */
import type { Outcome, OutlookValue, Program, Step } from '../../src/outlook/program/program.ts';

export type Kind = 'calendar' | 'contacts';
export type OutlookUser = {
  /** Names of the folders below the default one of a kind. */
  folders(kind: Kind): Promise<readonly string[]>;
  /** Titles of what is in the default folder of a kind, or in one below it. */
  titles(kind: Kind, folder?: string): Promise<readonly string[]>;
  /** An appointment, tomorrow. */
  make(title: string): Promise<void>;
  rename(title: string, to: string): Promise<void>;
  remove(...titles: readonly string[]): Promise<void>;
};

const DEFAULT: Readonly<Record<Kind, number>> = { calendar: 9, contacts: 10 };

/** @param run runs a program inside Outlook */
export function outlookUser(run: (program: Program) => Promise<Outcome>): OutlookUser {
  const work = async (steps: readonly Step[], ...returns: readonly string[]) => {
    const outcome = await run({ label: 'the user works', steps, returns });
    if (outcome.kind !== 'done') throw new Error(`Outlook refuses the user's own work: ${JSON.stringify(outcome)}`);
    return returns.map((name) => (outcome.values[name] ?? []) as readonly OutlookValue[]);
  };
  const listed = async (kind: Kind, folder?: string) => {
    const [titles = [], ids = []] = await work([...folderSteps(kind, folder), ...EACH_ITEM], 'title', 'id');
    return titles.map((title, at) => ({ title: String(title), id: String(ids[at]) }));
  };
  /** At once, as a selection. */
  const withItems = async (titles: readonly string[], steps: readonly Step[]) => {
    const all = await listed('calendar');
    const each = titles.flatMap((title): readonly Step[] => {
      const found = all.find((item) => item.title === title);
      if (found === undefined)
        throw new Error(`There is no “${title}” in Outlook: ${JSON.stringify(all.map((item) => item.title))}`);
      const open: Step = { do: 'call', on: 'session', member: 'GetItemFromID', args: [found.id], as: 'item' };
      return [open, ...steps, { do: 'release', handle: 'item' }];
    });
    await work([SESSION, ...each]);
  };
  return {
    folders: async (kind) => (await work([...folderSteps(kind), ...EACH_FOLDER], 'name')).flat().map(String).sort(),
    titles: async (kind, folder) => (await listed(kind, folder)).map(({ title }) => title).sort(),
    make: async (title) => {
      const start = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19);
      await work([
        { do: 'call', on: 'application', member: 'CreateItem', args: [1], as: 'item' },
        { do: 'put', on: 'item', member: 'Subject', value: title },
        { do: 'put', on: 'item', member: 'Start', value: { date: start } },
        { do: 'call', on: 'item', member: 'Save' },
        { do: 'release', handle: 'item' },
      ]);
    },
    rename: (title, to) =>
      withItems(
        [title],
        [
          { do: 'put', on: 'item', member: 'Subject', value: to },
          { do: 'call', on: 'item', member: 'Save' },
        ],
      ),
    remove: (...titles) => withItems(titles, [{ do: 'call', on: 'item', member: 'Delete' }]),
  };
}

const SESSION: Step = { do: 'get', on: 'application', member: 'Session', as: 'session' };

/** Leaves the folder in the handle `folder`. */
function folderSteps(kind: Kind, below?: string): readonly Step[] {
  const args = [DEFAULT[kind]];
  if (below === undefined)
    return [SESSION, { do: 'call', on: 'session', member: 'GetDefaultFolder', args, as: 'folder' }];
  return [
    SESSION,
    { do: 'call', on: 'session', member: 'GetDefaultFolder', args, as: 'default' },
    { do: 'get', on: 'default', member: 'Folders', as: 'below' },
    { do: 'call', on: 'below', member: 'Item', args: [below], as: 'folder' },
  ];
}

const EACH_ITEM: readonly Step[] = [
  { do: 'get', on: 'folder', member: 'Items', as: 'items' },
  {
    do: 'each',
    of: 'items',
    as: 'one',
    steps: [
      { do: 'get', on: 'one', member: 'Subject', as: 'title' },
      { do: 'get', on: 'one', member: 'EntryID', as: 'id' },
    ],
    collect: ['title', 'id'],
  },
];
const EACH_FOLDER: readonly Step[] = [
  { do: 'get', on: 'folder', member: 'Folders', as: 'folders' },
  {
    do: 'each',
    of: 'folders',
    as: 'one',
    steps: [{ do: 'get', on: 'one', member: 'Name', as: 'name' }],
    collect: ['name'],
  },
];
