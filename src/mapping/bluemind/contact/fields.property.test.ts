import type fc from 'fast-check';
import type { Contact, Group } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import type { Field } from '../../field.ts';
import { cards, contacts, EVERY_TAG, groups, seenMembers } from '../../testing/card-samples.ts';
import { fieldLaws } from '../../testing/field-laws.ts';
import { addresses } from './addresses.ts';
import { anniversary } from './anniversary.ts';
import { birthday } from './birthday.ts';
import { bluemindCard } from './card.ts';
import { categories } from './categories.ts';
import { certificates } from './certificates.ts';
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
import { relations } from './relations.ts';
import { webPages } from './web-pages.ts';

const people = cards('individual');
const lists = cards('group');

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
contactLaws('relations', relations, ['spouse', 'manager', 'assistant']);
contactLaws('note', note, ['note']);
contactLaws('categories', categories(EVERY_TAG.tagFor), ['categories']);
groupLaws('group name', groupName, ['name']);
groupLaws('group members', groupMembers, ['members']);

fieldLaws({
  name: 'contact',
  field: whole('u1'),
  shapes: people,
  values: ofUid(contacts).map((contact) => ({ ...contact, photo: undefined })),
  seen: seenMembers,
});
fieldLaws({ name: 'group', field: whole('u1'), shapes: lists, values: ofUid(groups), seen: seenMembers });

function contactLaws<K extends keyof Contact>(
  name: string,
  field: Field<VCard, Pick<Contact, K>>,
  members: readonly K[],
) {
  fieldLaws({
    name,
    field,
    shapes: people,
    values: contacts.map((contact) => pick(contact, members)),
    seen: seenMembers,
  });
}

function groupLaws<K extends keyof Group>(name: string, field: Field<VCard, Pick<Group, K>>, members: readonly K[]) {
  fieldLaws({ name, field, shapes: lists, values: groups.map((group) => pick(group, members)), seen: seenMembers });
}

function pick<T extends object, K extends keyof T>(value: T, members: readonly K[]): Pick<T, K> {
  return Object.fromEntries(members.map((member) => [member, value[member]])) as Pick<T, K>;
}

/** The uid is the item's, not the card's. */
function ofUid<T extends { readonly uid: string }>(values: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return values.map((value) => ({ ...value, uid: 'u1' }));
}

function whole<T extends Contact | Group>(uid: string): Field<VCard, T> {
  return {
    read: (card) => bluemindCard.read(card, uid) as T,
    write: (card, value) => bluemindCard.write(card, value, EVERY_TAG),
    survives: (value) => bluemindCard.survives(value) as T,
  };
}
