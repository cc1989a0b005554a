import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { byParts } from '../../contact/normal-name.ts';
import { joinParts } from '../../contact/parts.ts';
import { addresses } from './addresses.ts';
import { anniversary } from './anniversary.ts';
import { birthday } from './birthday.ts';
import { categories } from './categories.ts';
import { certificates } from './certificates.ts';
import { emails } from './emails.ts';
import { EMPTY_CONTACT } from './empty-items.ts';
import { gender } from './gender.ts';
import { im } from './im.ts';
import { readUid, withUid } from './item-uid.ts';
import { names } from './names.ts';
import { nickname } from './nickname.ts';
import { note } from './note.ts';
import { organisation } from './organisation.ts';
import { phones } from './phones.ts';
import { photo } from './photo.ts';
import { relations } from './relations.ts';
import { webPages } from './web-pages.ts';

const field = joinParts<OutlookContact, Omit<Contact, 'kind' | 'uid'>>(
  [
    names,
    nickname,
    organisation,
    emails,
    phones,
    addresses,
    webPages,
    im,
    birthday,
    anniversary,
    gender,
    relations,
    note<OutlookContact>(),
    categories<OutlookContact>(),
    certificates,
    photo,
  ],
  byParts,
);

/** A contact of Outlook as the domain sees it. Writing is a patch: members whose value stays are not touched. */
export const outlookContact = {
  read(value: OutlookContact): Contact {
    return { kind: 'contact', uid: readUid(value), ...field.read(value) };
  },

  write(current: OutlookContact | undefined, contact: Contact): OutlookContact {
    return withUid(field.write(current ?? EMPTY_CONTACT, contact), contact.uid);
  },

  survives(contact: Contact): Contact {
    return { kind: 'contact', uid: contact.uid, ...field.survives(contact) };
  },
};
