import type { DistListMember, OutlookDistList } from '../model/contact.ts';
import { categoryChange, clearsCategories } from './categories.ts';
import { accessorOf, expectUnmoved, type Given, itemsOf, openItem, SESSION } from './item-place.ts';
import type { Handle, Program } from './program.ts';
import type { DistListRead } from './read-dist-list.ts';
import { type Ref, type Script, script } from './script.ts';
import { setProperties, tagChanges } from './tags.ts';
import { mailboxText } from './write-recipients.ts';

const DISTRIBUTION_LIST_ITEM = 7;

export type DistListWrite = {
  readonly given: Given;
  readonly storeId: string | undefined;
  /** undefined = a new item in the given folder. */
  readonly before: DistListRead | undefined;
  readonly after: OutlookDistList;
};

/**
 * How a distribution list gets from what it is to what it shall be; undefined when nothing differs. Members that stay are not
 * touched: they may be linked to contacts.
 * @loss a member with neither address nor a name that Outlook finds in its address books
 * @source outlook-objects.md section 7
 */
export function writeDistList(
  options: DistListWrite,
): { readonly program: Program; readonly entryId: Handle | undefined } | undefined {
  const { before, after, storeId } = options;
  const known = before?.snapshot.value ?? { name: '', members: [], body: '', categories: [], tags: {} };
  let changes = 0;
  let entryId: Handle | undefined;
  const label = before === undefined ? 'create distribution list' : 'update distribution list';
  const program = script(label, options.given, (run) => {
    const item =
      before === undefined
        ? run.open(itemsOf(run, options.given), 'Add', 'DistListItem', DISTRIBUTION_LIST_ITEM)
        : openItem(run, { entryId: before.snapshot.entryId, storeId }, 'DistListItem');
    const accessor =
      before === undefined ? accessorOf(run, item) : expectUnmoved(run, item, before.snapshot.lastModified);
    const untouched = run.steps.length;
    if (known.name !== after.name) run.put(item, 'DLName', after.name);
    if (known.body !== after.body) run.put(item, 'Body', after.body);
    writeMembers(run, item, known.members, after.members);
    if (clearsCategories(known.categories, after.categories)) run.put(item, 'Categories', '');
    const tags = tagChanges(known.tags, after.tags);
    setProperties(run, accessor, [...categoryChange(known.categories, after.categories), ...tags.set]);
    if (tags.remove.length > 0) run.call(accessor, 'DeleteProperties', tags.remove);
    changes = run.steps.length - untouched;
    run.call(item, 'Save');
    if (before !== undefined) return [];
    entryId = run.value(item, 'EntryID');
    return [entryId];
  });
  return changes === 0 && before !== undefined ? undefined : { program, entryId };
}

/** Removed from the last one up, because the others move down. */
function writeMembers(
  run: Script,
  item: Ref<'DistListItem'>,
  before: readonly DistListMember[],
  after: readonly DistListMember[],
): void {
  const wanted = new Set(after.map(keyOf));
  const kept = new Set(before.map(keyOf));
  for (const [at, member] of [...before.entries()].reverse()) {
    if (wanted.has(keyOf(member))) continue;
    const recipient = run.open(item, 'GetMember', 'Recipient', at + 1);
    run.call(item, 'RemoveMember', recipient);
    run.release(recipient);
  }
  for (const member of after) {
    if (kept.has(keyOf(member))) continue;
    kept.add(keyOf(member));
    addMember(run, item, member);
  }
}

/**
 * Without an address there is only a name to look for, and Outlook may find nobody: then the list goes without. The name of a list
 * in the list was tried before (`find-lists.ts`).
 */
function addMember(run: Script, item: Ref<'DistListItem'>, member: DistListMember): void {
  const attempt = member.address === '' ? run.optional : run;
  const recipient = attempt.open(SESSION, 'CreateRecipient', 'Recipient', mailboxText(member.name, member.address));
  run.optional.call(recipient, 'Resolve');
  attempt.call(item, 'AddMember', recipient);
  run.release(recipient);
}

function keyOf(member: DistListMember): string {
  if (member.list) return `list ${member.list}`;
  return `${member.address}|${member.name}`.toLowerCase();
}
