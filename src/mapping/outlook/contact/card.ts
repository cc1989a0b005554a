import { assert } from '../../../base/assert.ts';
import type { Card } from '../../../domain/contact.ts';
import type { OutlookContact, OutlookDistList } from '../../../outlook/model/contact.ts';
import type { Field } from '../../field.ts';
import { outlookContact } from './contact.ts';
import { outlookDistList } from './dist-list.ts';
import { EMPTY_CONTACT, EMPTY_DIST_LIST } from './empty-items.ts';

/** What a contacts folder of Outlook holds. */
export type OutlookCard = OutlookContact | OutlookDistList;

/** A card in the form that Outlook has for its kind. Only a value that {@link fitsCard} can be written into. */
export const outlookCard: Field<OutlookCard, Card> = {
  read: (value) => (isDistList(value) ? outlookDistList.read(value) : outlookContact.read(value)),
  write: (value, card) => {
    if (isDistList(value)) {
      assert(card.kind === 'group', 'a distribution list holds groups');
      return outlookDistList.write(value, card);
    }
    assert(card.kind === 'contact', 'a contact of Outlook holds contacts');
    return outlookContact.write(value, card);
  },
  survives: (card) => (card.kind === 'group' ? outlookDistList.survives(card) : outlookContact.survives(card)),
};

/** What a new item for this card starts from. */
export function blankCard(card: Card): OutlookCard {
  return card.kind === 'group' ? EMPTY_DIST_LIST : EMPTY_CONTACT;
}

/** Whether the card can be written into this item: one of the other kind must be made anew. */
export function fitsCard(value: OutlookCard, card: Card): boolean {
  return isDistList(value) === (card.kind === 'group');
}

function isDistList(value: OutlookCard): value is OutlookDistList {
  return 'members' in value;
}
