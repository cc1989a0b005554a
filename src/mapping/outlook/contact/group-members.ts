import type { Group, Member } from '../../../domain/contact.ts';
import type { DistListMember, OutlookDistList } from '../../../outlook/model/contact.ts';
import { bind } from '../../contact/bind.ts';
import { oneLine } from '../../contact/lines.ts';
import { mailAddress } from '../../contact/normal-emails.ts';
import { type Field, patching } from '../../field.ts';

/**
 * The members of a distribution list, by their addresses. A member whose address stays is not touched, with its name; members
 * without an address (lists in the list, names that Outlook could not resolve) stay and are not read.
 * @loss which card a member is; members without an address
 */
export const groupMembers: Field<OutlookDistList, Pick<Group, 'members'>> = patching<
  OutlookDistList,
  Pick<Group, 'members'>
>({
  read: (list) => ({ members: list.members.map(readMember).filter(hasAddress) }),
  write: (list, value) => {
    const values = kept(value.members);
    const known = list.members.filter((entry) => mailAddress(entry.address) !== '');
    const bound = bind(values, known, [
      { value: (member) => JSON.stringify(member), entry: (entry) => JSON.stringify(readMember(entry)) },
      { value: (member) => member.address, entry: (entry) => mailAddress(entry.address) },
    ]);
    const written = values.map((member, at) => writeMember(bound[at], member));
    return { ...list, members: [...written, ...list.members.filter((entry) => !known.includes(entry))] };
  },
  survives: (value) => ({ members: kept(value.members) }),
});

function kept(members: readonly Member[]): readonly Member[] {
  return members.map((member) => toMember(member.name, member.address)).filter(hasAddress);
}

function readMember(entry: DistListMember): Member {
  return toMember(entry.name, entry.address);
}

/** Outlook shows a member as `Name (address)`. @source outlook-objects 7 */
function toMember(name: string, address: string): Member {
  const mail = mailAddress(address);
  const line = oneLine(name);
  const suffix = ` (${mail})`;
  const bare = mail !== '' && line.toLowerCase().endsWith(suffix) ? line.slice(0, -suffix.length).trim() : line;
  return { name: bare, address: mail, bookUid: undefined, cardUid: undefined };
}

function hasAddress(member: Member): boolean {
  return member.address !== '';
}

function writeMember(entry: DistListMember | undefined, member: Member): DistListMember {
  if (entry !== undefined && readMember(entry).name === member.name) return entry;
  return { name: member.name, address: entry?.address ?? member.address };
}
