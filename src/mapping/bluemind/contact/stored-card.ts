import type { Card, PhotoId } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { bluemindCard, type CardContext } from './card.ts';

/**
 * A card with the photo that stands beside it on the server, named by its digest.
 * `sends`: in a value to be stored, whether the photo is another than the one that is there.
 */
export type StoredCard = { readonly card: VCard; readonly photo: PhotoId | undefined; readonly sends?: boolean };

/** {@link bluemindCard} with the photo. A group's photo, which Outlook has no place for, stays. */
export const storedCard = {
  read({ card, photo }: StoredCard, uid: string): Card {
    const read = bluemindCard.read(card, uid);
    return read.kind === 'group' ? read : { ...read, photo };
  },

  write(current: StoredCard | undefined, card: Card, context: CardContext): StoredCard {
    const written = bluemindCard.write(current?.card, card, context);
    const photo = card.kind === 'group' ? current?.photo : card.photo || undefined;
    return { card: written, photo, sends: photo !== current?.photo };
  },

  survives(card: Card): Card {
    const told = bluemindCard.survives(card);
    return told.kind === 'group' || card.kind === 'group' ? told : { ...told, photo: card.photo || undefined };
  },
};
