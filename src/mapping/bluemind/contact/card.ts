import type { Card, Contact, Group } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { NAMELESS, withCompany, withName, withShownName } from '../../contact/normal-name.ts';
import { joinParts } from '../../contact/parts.ts';
import { type Field, isSame } from '../../field.ts';
import { emptyCard } from '../../vcard/empty-card.ts';
import { addresses } from './addresses.ts';
import { anniversary } from './anniversary.ts';
import { birthday } from './birthday.ts';
import { categories, type TagFor } from './categories.ts';
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

/** What writing a card needs to know beyond it. */
export type CardContext = {
  /** The tag of a category's name among those of the user and the domain; the caller has made it where there was none. */
  readonly tagFor: TagFor;
};

/** Where no tags are known: categories that a card has already stay, new ones are not written. */
export const NO_TAGS: CardContext = { tagFor: () => undefined };

type ContactMembers = Omit<Contact, 'kind' | 'uid' | 'photo'>;
type GroupMembers = Omit<Group, 'kind' | 'uid'>;

/**
 * A card of the server as the domain sees it, without its photo, which stands beside it (`stored-card.ts`). Writing is a patch:
 * languages, parameters and whatever else the domain does not know stay as they are; only what changed is written.
 */
export const bluemindCard = {
  read(value: VCard, uid: string): Card {
    return isGroup(value)
      ? { kind: 'group', uid, ...groupField(NO_TAGS).read(value) }
      : { kind: 'contact', uid, photo: undefined, ...contactField(value, NO_TAGS).read(value) };
  },

  /** A card that turns from contact into group, or back, is written anew. */
  write(current: VCard | undefined, card: Card, context: CardContext): VCard {
    if (card.kind === 'group') {
      const group = current !== undefined && isGroup(current) ? current : newGroup();
      return groupField(context).write(group, card);
    }
    const contact = current !== undefined && !isGroup(current) ? current : emptyCard('individual');
    const written = contactField(contact, context).write(contact, card);
    return written === current ? current : withToldName(written, card);
  },

  survives(card: Card): Card {
    const { kind, uid } = card;
    if (kind === 'group') return { kind, uid, ...groupField(NO_TAGS).survives(card) };
    return { kind, uid, photo: undefined, ...contactField(emptyCard('individual'), NO_TAGS).survives(card) };
  },
};

/** The server wants a name to show; parts of it are written only where the name shown does not say them any more. */
function withToldName(card: VCard, contact: Contact): VCard {
  const field = contactField(card, NO_TAGS);
  const { name, formattedName } = field.survives(contact);
  const own = names.read(card);
  const shown = own.formattedName === '' ? names.write(card, { ...own, formattedName }) : card;
  return isSame(field.read(shown).name, name) ? shown : names.write(shown, { name, formattedName });
}

/** The server refuses a group without a name. */
function newGroup(): VCard {
  const group = emptyCard('group');
  return { ...group, identification: { ...group.identification, formatedName: { value: NAMELESS, parameters: [] } } };
}

function isGroup(card: VCard): boolean {
  return card.kind === 'group';
}

/** An organisation's or a place's name is not a person's, and has no parts. */
function contactField(card: VCard, { tagFor }: CardContext): Field<VCard, ContactMembers> {
  const person = card.kind !== 'org' && card.kind !== 'location';
  const parts = [names, nickname, organisation, emails, phones, addresses, webPages, im];
  const more = [birthday, anniversary, gender, relations, note, categories(tagFor), certificates];
  return joinParts<VCard, ContactMembers>([...parts, ...more], person ? withName : withCompany, withShownName);
}

function groupField({ tagFor }: CardContext): Field<VCard, GroupMembers> {
  return joinParts<VCard, GroupMembers>([groupName, groupMembers, note, categories(tagFor)], (group) => group);
}
