/** Files of vCards, versions 2.1, 3.0 and 4.0, as wire cards. */
import { Failure } from '../../base/failure.ts';
import { type ContentLine, parseLine, unfoldLines } from './content-line.ts';
import { type ParsedCard, readCard } from './read-card.ts';

/** A card that was left out; `index` counts from 0 in the order of the file. */
export type RefusedCard = { readonly index: number; readonly reason: string };

export type ParsedCards = { readonly cards: readonly ParsedCard[]; readonly refused: readonly RefusedCard[] };

/**
 * Every card of `text`; a card that cannot be one is told in `refused` and does not stop the others.
 * Lines outside of cards and lines that are no property are passed over. Linear in the length of the text.
 * @throws VCARD_UNPARSABLE when nothing in the text is a card
 */
export function parseCards(text: string): ParsedCards {
  const cards: ParsedCard[] = [];
  const refused: RefusedCard[] = [];
  splitCards(unfoldLines(text)).forEach((part, index) => {
    const card = part.closed ? readCard(part.lines) : { reason: 'The card is cut off: its end is missing.' };
    if ('reason' in card) refused.push({ index, reason: card.reason });
    else cards.push(card);
  });
  if (cards.length === 0 && refused.length === 0) {
    throw new Failure('VCARD_UNPARSABLE', 'This file holds no vCard: choose a file that was exported as vCard (.vcf).');
  }
  return { cards, refused };
}

type CardText = { readonly lines: ContentLine[]; closed: boolean };

/** The lines of each card. A card inside the AGENT of another one belongs to nobody we keep, and is passed over. */
function splitCards(lines: readonly string[]): CardText[] {
  const cards: CardText[] = [];
  let open: CardText | undefined;
  let agentDepth = 0;
  let agentAnnounced = false;
  for (const text of lines) {
    const line = parseLine(text);
    if (line === undefined) continue;
    const word = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN' && word === 'VCARD') {
      if (open !== undefined && (agentDepth > 0 || agentAnnounced)) agentDepth++;
      else {
        open = { lines: [], closed: false };
        cards.push(open);
      }
    } else if (line.name === 'END' && word === 'VCARD') {
      if (agentDepth > 0) agentDepth--;
      else if (open !== undefined) {
        open.closed = true;
        open = undefined;
      }
    } else if (open !== undefined && agentDepth === 0) {
      open.lines.push(line);
    }
    agentAnnounced = line.name === 'AGENT' && word === '';
  }
  return cards;
}
