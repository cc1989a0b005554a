import type { Group, Member } from '../../../domain/contact.ts';
import type { VCard, VCardMember } from '../../../wire/addressbook.ts';
import { bind } from '../../contact/bind.ts';
import { oneLine } from '../../contact/lines.ts';
import { mailAddress } from '../../contact/normal-emails.ts';
import { type Field, patching } from '../../field.ts';
import { putText } from './put.ts';

/**
 * The members of a group: cards of any book, other groups, or just a name and an address.
 * @loss members without an address that are no card: the server drops them
 */
export const groupMembers: Field<VCard, Pick<Group, 'members'>> = patching<VCard, Pick<Group, 'members'>>({
  read: (card) => ({ members: entriesOf(card).map(readMember).filter(isMember) }),
  write: (card, value) => {
    const values = kept(value.members);
    const entries = entriesOf(card);
    const used = entries.filter((entry) => isMember(readMember(entry)));
    const bound = bind(values, used, [
      { value: exactKey, entry: (entry) => exactKey(readMember(entry)) },
      { value: (member) => member.cardUid, entry: (entry) => readMember(entry).cardUid },
      { value: (member) => member.address || undefined, entry: (entry) => readMember(entry).address || undefined },
    ]);
    const written = values.map((member, at) => writeMember(bound[at], member));
    const now = card.organizational;
    const rest = entries.filter((entry) => !isMember(readMember(entry)));
    return { ...card, organizational: { ...now, member: [...written, ...rest] } };
  },
  survives: (value) => ({ members: kept(value.members) }),
});

function kept(members: readonly Member[]): readonly Member[] {
  return members
    .map((member) => ({
      name: oneLine(member.name),
      address: mailAddress(member.address),
      bookUid: member.cardUid ? member.bookUid || undefined : undefined,
      cardUid: member.cardUid || undefined,
    }))
    .filter(isMember);
}

function entriesOf(card: VCard): readonly VCardMember[] {
  return card.organizational?.member ?? [];
}

function readMember(entry: VCardMember): Member {
  return {
    name: oneLine(entry.commonName),
    address: mailAddress(entry.mailto),
    bookUid: entry.itemUid ? entry.containerUid || undefined : undefined,
    cardUid: entry.itemUid || undefined,
  };
}

function isMember(member: Member): boolean {
  return member.address !== '' || member.cardUid !== undefined;
}

function exactKey(member: Member): string {
  return JSON.stringify([member.name, member.address, member.bookUid, member.cardUid]);
}

function writeMember(entry: VCardMember | undefined, member: Member): VCardMember {
  const mailto = mailAddress(entry?.mailto) === member.address ? entry?.mailto : member.address;
  return {
    commonName: putText(entry?.commonName, member.name),
    mailto: mailto || null,
    containerUid: member.bookUid ?? null,
    itemUid: member.cardUid ?? null,
  };
}
