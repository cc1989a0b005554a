import type { Group, Member } from '../../../domain/contact.ts';
import type { DistListMember, OutlookDistList } from '../../../outlook/model/contact.ts';
import { bind } from '../../contact/bind.ts';
import { oneLine } from '../../contact/lines.ts';
import { mailAddress } from '../../contact/normal-emails.ts';
import { type Field, patching } from '../../field.ts';

/**
 * The members of a distribution list, by their addresses; lists in the list, by the uid of the group that they are. A member whose
 * address stays is not touched, with its name; members of neither (names that Outlook could not resolve, lists that are no card
 * yet) stay and are not read.
 * @loss which card a member with an address is
 */
export const groupMembers: Field<OutlookDistList, Pick<Group, 'members'>> = patching<
  OutlookDistList,
  Pick<Group, 'members'>
>({
  read: (list) => ({ members: list.members.map(readMember).filter(isMember) }),
  write: (list, value) => {
    const values = kept(value.members);
    const known = list.members.filter((entry) => isMember(readMember(entry)));
    const bound = bind(values, known, [
      { value: exactKey, entry: (entry) => exactKey(readMember(entry)) },
      { value: keyOf, entry: (entry) => keyOf(readMember(entry)) },
    ]);
    const written = values.map((member, at) => writeMember(bound[at], member));
    return { ...list, members: [...written, ...list.members.filter((entry) => !known.includes(entry))] };
  },
  survives: (value) => ({ members: kept(value.members) }),
});

function kept(members: readonly Member[]): readonly Member[] {
  return members.map(({ name, address, cardUid }) => toMember(name, address, cardUid)).filter(isMember);
}

function readMember({ name, address, list }: DistListMember): Member {
  return toMember(name, address, list);
}

/** Outlook shows a member as `Name (address)`. @source outlook-objects 7 */
function toMember(name: string, address: string, group: string | undefined): Member {
  const mail = mailAddress(address);
  const line = oneLine(name);
  const suffix = ` (${mail})`;
  const bare = mail !== '' && line.toLowerCase().endsWith(suffix) ? line.slice(0, -suffix.length).trim() : line;
  return { name: bare, address: mail, bookUid: undefined, cardUid: mail === '' ? group || undefined : undefined };
}

function isMember({ address, cardUid }: Member): boolean {
  return address !== '' || cardUid !== undefined;
}

function exactKey(member: Member): string {
  return JSON.stringify(member);
}

function keyOf({ address, cardUid }: Member): string {
  return address || `group ${cardUid}`;
}

function writeMember(entry: DistListMember | undefined, member: Member): DistListMember {
  if (entry !== undefined && readMember(entry).name === member.name) return entry;
  const { name, cardUid } = member;
  if (cardUid !== undefined) return { name, address: '', list: cardUid };
  return { name, address: entry?.address ?? member.address };
}
