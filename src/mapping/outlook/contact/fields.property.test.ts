import type { Contact, Group } from '../../../domain/contact.ts';
import type { OutlookContact, OutlookDistList } from '../../../outlook/model/contact.ts';
import type { Field } from '../../field.ts';
import { contacts, groups, outlookContacts, outlookDistLists, seenMembers } from '../../testing/card-samples.ts';
import { fieldLaws } from '../../testing/field-laws.ts';
import { addresses } from './addresses.ts';
import { anniversary } from './anniversary.ts';
import { birthday } from './birthday.ts';
import { categories } from './categories.ts';
import { certificates } from './certificates.ts';
import { outlookContact } from './contact.ts';
import { outlookDistList } from './dist-list.ts';
import { emails } from './emails.ts';
import { gender } from './gender.ts';
import { groupMembers } from './group-members.ts';
import { groupName } from './group-name.ts';
import { im } from './im.ts';
import { names } from './names.ts';
import { nickname } from './nickname.ts';
import { note } from './note.ts';
import { organisation } from './organisation.ts';
import { phones } from './phones.ts';
import { photo } from './photo.ts';
import { relations } from './relations.ts';
import { webPages } from './web-pages.ts';

contactLaws('names', names, ['name', 'formattedName']);
contactLaws('nickname', nickname, ['nickname']);
contactLaws('organisation', organisation, ['company', 'division', 'department', 'title', 'role']);
contactLaws('emails', emails, ['emails']);
contactLaws('phones', phones, ['phones']);
contactLaws('addresses', addresses, ['addresses']);
contactLaws('web pages', webPages, ['webPages']);
contactLaws('instant messaging', im, ['instantMessaging']);
contactLaws('birthday', birthday, ['birthday']);
contactLaws('anniversary', anniversary, ['anniversary']);
contactLaws('gender', gender, ['gender']);
contactLaws('certificates', certificates, ['certificates']);
contactLaws('photo', photo, ['photo']);
contactLaws('relations', relations, ['spouse', 'manager', 'assistant']);
contactLaws('note', note<OutlookContact>(), ['note']);
contactLaws('categories', categories<OutlookContact>(), ['categories']);
groupLaws('group name', groupName, ['name']);
groupLaws('group members', groupMembers, ['members']);

fieldLaws({ name: 'contact', field: outlookContact, shapes: outlookContacts, values: contacts, seen: seenMembers });
fieldLaws({ name: 'group', field: outlookDistList, shapes: outlookDistLists, values: groups, seen: seenMembers });

function contactLaws<K extends keyof Contact>(
  name: string,
  field: Field<OutlookContact, Pick<Contact, K>>,
  members: readonly K[],
) {
  const values = contacts.map((contact) => pick(contact, members));
  fieldLaws({ name, field, shapes: outlookContacts, values, seen: seenMembers });
}

function groupLaws<K extends keyof Group>(
  name: string,
  field: Field<OutlookDistList, Pick<Group, K>>,
  members: readonly K[],
) {
  const values = groups.map((group) => pick(group, members));
  fieldLaws({ name, field, shapes: outlookDistLists, values, seen: seenMembers });
}

function pick<T extends object, K extends keyof T>(value: T, members: readonly K[]): Pick<T, K> {
  return Object.fromEntries(members.map((member) => [member, value[member]])) as Pick<T, K>;
}
