import { defaultMail } from '../../mapping/vcard/formatted-name.ts';
import type { VCard, VCardMember } from '../../wire/addressbook.ts';
import { can } from '../containers/verbs.ts';
import { updateItem } from '../items/collection.ts';
import { fault } from '../kernel/fault.ts';
import { type Book, CARDS, cardOf, GROUPS, mailsOf } from './cards.ts';
import { bareAddress } from './sanitize-card.ts';

/**
 * Members of groups: rules [AB20] to [AB25] of docs/server-contacts.md.
 * @throws INVALID_GROUP_MEMBER for a group of another book
 */
export function cleanMembers(book: Book, members: readonly VCardMember[]): VCardMember[] {
  return members.flatMap((member) => cleanMember(book, normal(member)) ?? []);
}

type Member = {
  readonly commonName: string | null;
  readonly mailto: string | null;
  readonly containerUid: string | null;
  readonly itemUid: string | null;
};

function normal(member: VCardMember): Member {
  const mailto = bareAddress(member.mailto ?? '');
  return {
    commonName: member.commonName || null,
    mailto: mailto === '' ? null : mailto,
    containerUid: member.containerUid || null,
    itemUid: member.itemUid || null,
  };
}

function cleanMember(book: Book, member: Member): Member | undefined {
  if (member.itemUid === null) return member.mailto === null ? undefined : { ...member, containerUid: null };
  const containerUid = member.containerUid ?? book.container.uid;
  const card = findCard(book, containerUid, member.itemUid);
  // [AB23] A card that vanished leaves its name and mail behind.
  if (card === undefined) return member.mailto === null ? undefined : { ...member, containerUid: null };
  const name = card.identification?.formatedName?.value ?? null;
  if (card.kind === 'group') {
    if (containerUid !== book.container.uid)
      throw fault('INVALID_GROUP_MEMBER', 'A group can only hold groups of its own book.');
    return { commonName: name, mailto: defaultMail(card), containerUid, itemUid: member.itemUid };
  }
  if (member.mailto === null) return undefined;
  if (mailsOf(card).includes(member.mailto)) return { ...member, containerUid };
  // [AB22] The card no longer has that address: its name and main address stand in.
  const mailto = defaultMail(card);
  return mailto === null ? undefined : { commonName: name, mailto, containerUid, itemUid: member.itemUid };
}

/** The card a member points to, in a book that the caller may read; books he may not read hold nothing for him. */
function findCard(book: Book, containerUid: string, itemUid: string): VCard | undefined {
  const { kernel, session } = book;
  const container = kernel.store.containers.byUid(containerUid);
  if (container?.type !== CARDS.type || !can(kernel, session, container, 'Read')) return undefined;
  const item = kernel.store.items.byUid(container.id, itemUid);
  return item === undefined ? undefined : cardOf(item);
}

/** [AB24] Writes the groups of the book that hold this card anew, where it changes them. `name`: what the card is called from now on. */
export function refreshGroups(book: Book, itemUid: string, name?: string | null): void {
  for (const item of book.kernel.store.items.byLookup(book.container.id, GROUPS)) {
    const group = cardOf(item);
    const members = group.organizational?.member ?? [];
    if (item.uid === itemUid || !members.some((member) => member.itemUid === itemUid)) continue;
    const renamed = members.map((member) =>
      name && member.itemUid === itemUid && member.containerUid === book.container.uid
        ? { ...member, commonName: name }
        : member,
    );
    const clean = cleanMembers(book, renamed);
    if (JSON.stringify(clean) === JSON.stringify(members)) continue;
    updateItem(book, item.uid, { ...group, organizational: { ...group.organizational, member: clean } });
  }
}
