/** A card that a server and Outlook hold, and what keeps them in step: for tests of both mappings with the merge between. */
import type { Card, Contact } from '../../domain/contact.ts';
import { cardKit } from '../../domain/content-kit.ts';
import type { OutlookContact } from '../../outlook/model/contact.ts';
import type { VCard } from '../../wire/addressbook.ts';
import { bluemindCard } from '../bluemind/contact/card.ts';
import { outlookContact } from '../outlook/contact/contact.ts';
import { EVERY_TAG } from './card-samples.ts';

/** A card on both sides, and what each side held when they last agreed. */
export type World = {
  readonly card: VCard;
  readonly item: OutlookContact;
  readonly base: { readonly server: Card; readonly outlook: Card };
};

/** The card as the domain sees it. */
export function readServer(card: VCard): Contact {
  return bluemindCard.read(card, 'u1') as Contact;
}

/** One run: merge, write where a side shall change, read back. */
export function sync({ card, item, base }: World): World {
  const [server, outlook] = [readServer(card), outlookContact.read(item)];
  const merged = cardKit.merge({
    server: { base: base.server, now: server },
    outlook: { base: base.outlook, now: outlook },
    prefer: 'server',
  });
  const moved = (now: Card, next: Card) => cardKit.digest(now) !== cardKit.digest(next);
  const nextCard = moved(server, merged.server) ? bluemindCard.write(card, merged.server, EVERY_TAG) : card;
  const nextItem = moved(outlook, merged.outlook) ? outlookContact.write(item, merged.outlook as Contact) : item;
  return {
    card: nextCard,
    item: nextItem,
    base: { server: readServer(nextCard), outlook: outlookContact.read(nextItem) },
  };
}

/** A card that came from the server and was created in Outlook; what Outlook and its user add there is not ours to change. */
export function begin(card: VCard): World {
  const server = readServer(card);
  const made = outlookContact.write(undefined, server);
  const item = { ...made, text: { ...made.text, FileAs: 'Mine' } };
  return { card, item, base: { server, outlook: outlookContact.read(item) } };
}
