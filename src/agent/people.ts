import type { AbortSignalLike } from '../base/clock.ts';
import type { Person } from '../bluemind/directory.ts';
import type { Card, Member } from '../domain/contact.ts';
import type { FolderId, ItemId, Side } from '../sync/side.ts';

/** Who has a mail address; asked once for each. */
export type PersonOf = (address: string, signal?: AbortSignalLike) => Promise<Person | undefined>;

/** Remembers every answer. */
export function askingOnce(ask: PersonOf): PersonOf {
  const known = new Map<string, Promise<Person | undefined>>();
  return (address, signal) => {
    const answer = known.get(address) ?? ask(address, signal);
    known.set(address, answer);
    // A failure is no answer.
    answer.catch(() => known.delete(address));
    return answer;
  };
}

/**
 * A server side on which a new member of a group is the person of the directory who has its address: Outlook knows members by
 * address only. Members that are on the server already stay as they are.
 */
export function resolvingSide(side: Side<Card>, personOf: PersonOf): Side<Card> {
  const resolved = async (card: Card, known: ReadonlySet<string>, signal?: AbortSignalLike): Promise<Card> => {
    if (card.kind !== 'group') return card;
    const members: Member[] = [];
    for (const member of card.members) {
      const free = member.cardUid === undefined && member.address !== '' && !known.has(member.address);
      members.push({ ...member, ...(free ? await personOf(member.address, signal) : undefined) });
    }
    return { ...card, members };
  };
  return {
    ...side,
    create: async (folder, creates, signal) => {
      const filled: (typeof creates)[number][] = [];
      for (const create of creates)
        filled.push({ ...create, content: await resolved(create.content, new Set(), signal) });
      return side.create(folder, filled, signal);
    },
    update: async (folder, updates, signal) => {
      const groups = updates.filter(({ content }) => content.kind === 'group').map(({ target }) => target.id);
      const known = await membersOf(side, folder, groups, signal);
      const filled: (typeof updates)[number][] = [];
      for (const update of updates)
        filled.push({
          ...update,
          content: await resolved(update.content, known.get(update.target.id) ?? new Set(), signal),
        });
      return side.update(folder, filled, signal);
    },
  };
}

async function membersOf(
  side: Side<Card>,
  folder: FolderId,
  ids: readonly ItemId[],
  signal: AbortSignalLike | undefined,
): Promise<ReadonlyMap<ItemId, ReadonlySet<string>>> {
  const items = ids.length === 0 ? [] : await side.read(folder, ids, signal);
  return new Map(
    items.map(({ id, content }) => [
      id,
      new Set(content.kind === 'group' ? content.members.map(({ address }) => address) : []),
    ]),
  );
}
