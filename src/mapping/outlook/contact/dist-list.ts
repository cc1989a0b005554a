import type { Group } from '../../../domain/contact.ts';
import type { OutlookDistList } from '../../../outlook/model/contact.ts';
import { joinParts } from '../../contact/parts.ts';
import { categories } from './categories.ts';
import { EMPTY_DIST_LIST } from './empty-items.ts';
import { groupMembers } from './group-members.ts';
import { groupName } from './group-name.ts';
import { readUid, withUid } from './item-uid.ts';
import { note } from './note.ts';

const field = joinParts<OutlookDistList, Omit<Group, 'kind' | 'uid'>>(
  [groupName, groupMembers, note<OutlookDistList>(), categories<OutlookDistList>()],
  (group) => group,
);

/** A distribution list of Outlook as the domain sees it. Writing is a patch: members that stay are not touched. */
export const outlookDistList = {
  read(value: OutlookDistList): Group {
    return { kind: 'group', uid: readUid(value), ...field.read(value) };
  },

  write(current: OutlookDistList | undefined, group: Group): OutlookDistList {
    return withUid(field.write(current ?? EMPTY_DIST_LIST, group), group.uid);
  },

  survives(group: Group): Group {
    return { kind: 'group', uid: group.uid, ...field.survives(group) };
  },
};
