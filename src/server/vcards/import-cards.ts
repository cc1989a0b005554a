import { digestText } from '../../base/digest.ts';
import { isFailure } from '../../base/failure.ts';
import { defaultMail } from '../../mapping/vcard/formatted-name.ts';
import { parseCards } from '../../mapping/vcard/parse-cards.ts';
import type { ParsedCard } from '../../mapping/vcard/read-card.ts';
import { readPicture } from '../../node/pictures/picture.ts';
import type { VCard, VCardMember } from '../../wire/addressbook.ts';
import type { ImportStats } from '../../wire/calendar.ts';
import type { Book } from '../addressbooks/cards.ts';
import { cardsFirst } from '../addressbooks/change-cards.ts';
import { createCard, updateCard } from '../addressbooks/write-card.ts';
import { findItem } from '../items/collection.ts';
import { ownerTags } from '../tags/owner-tags.ts';
import type { Progress } from '../tasks/tasks.ts';

/** Cards per transaction, as in the original. */
const BATCH = 50;

type Line = { readonly uid: string; readonly value: VCard; readonly photo: Uint8Array | undefined };

/**
 * Imports a file of vCards into a book, in batches between which other calls are answered: rules [VC1] to [VC6] of
 * docs/server-contacts.md. A card that is refused is told in the log of the task and does not stop the others.
 * @throws VCARD_UNPARSABLE
 */
export async function importCards(book: Book, text: string, progress: Progress): Promise<ImportStats> {
  const { cards, refused } = parseCards(text);
  const lines = cardsFirst(linesOf(book, cards));
  progress.begin(Math.ceil(lines.length / BATCH), `${lines.length} cards, ${refused.length} unreadable.`);
  for (const { index, reason } of refused) progress.step(`Card ${index + 1}: ${reason}`);
  const uids: string[] = [];
  for (let from = 0; from < lines.length; from += BATCH) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (const line of lines.slice(from, from + BATCH)) {
      const reason = store(book, line);
      if (reason === undefined) uids.push(line.uid);
      else progress.step(`Card ${line.uid}: ${reason}`);
    }
    progress.step(`${Math.min(from + BATCH, lines.length)} of ${lines.length} cards.`);
  }
  return { uids, total: cards.length };
}

/** @returns why the card was refused */
function store(book: Book, { uid, value, photo }: Line): string | undefined {
  try {
    const card = withTags(book, value);
    if (findItem(book, uid) === undefined) createCard(book, uid, card, { photo });
    else updateCard(book, uid, card, photo);
    return undefined;
  } catch (error) {
    if (isFailure(error)) return error.message;
    throw error;
  }
}

/** The cards under the uids they will have, their members pointing to those. */
function linesOf(book: Book, cards: readonly ParsedCard[]): readonly Line[] {
  const uids = cards.map((card) => (card.uid === '' ? book.kernel.newId() : itemUid(card.uid)));
  const imported = new Map(cards.map((card, index) => [uids[index] ?? '', card.value]));
  return cards.map((card, index) => ({
    uid: uids[index] ?? '',
    value: withMembers(card.value, imported),
    // [VC5] What is no picture is not kept.
    photo: card.photo !== undefined && readPicture(card.photo) !== undefined ? card.photo : undefined,
  }));
}

/** [VC2] The uid of the file where it can stand in a path of the API, else one that is always the same for it. */
function itemUid(uid: string): string {
  return /^[A-Za-z0-9][\w.@:+-]{0,199}$/.test(uid) ? uid : digestText(uid);
}

/** [VC4] Members that are in the file point to this book, whatever book they were exported from. */
function withMembers(card: VCard, imported: ReadonlyMap<string, VCard>): VCard {
  const members = (card.organizational?.member ?? []).map((member): VCardMember => {
    const uid = member.itemUid ? itemUid(member.itemUid) : null;
    const target = uid === null ? undefined : imported.get(uid);
    if (target === undefined) return member;
    return { ...member, itemUid: uid, containerUid: null, mailto: member.mailto ?? defaultMail(target) };
  });
  return { ...card, organizational: { ...card.organizational, member: members } };
}

/** [VC3] Categories become tags of the book's owner, made when he has none of that name. */
function withTags(book: Book, card: VCard): VCard {
  const labels = (card.explanatory?.categories ?? []).flatMap((category) => (category.label ? [category.label] : []));
  const refs = ownerTags(book, labels);
  return { ...card, explanatory: { ...card.explanatory, categories: [...refs] } };
}
