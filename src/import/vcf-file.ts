/** A file of cards (vCard 2.1, 3.0, 4.0), card by card: none needs the others, so that none is kept. */
import { digestBytes } from '../base/digest.ts';
import { bluemindCard } from '../mapping/bluemind/contact/card.ts';
import { parseCards } from '../mapping/vcard/parse-cards.ts';
import type { ByteSource } from './byte-source.ts';
import { importFailure } from './failures.ts';
import type { Found, ImportFile } from './found.ts';
import { linesOf, PAUSE, textOfBytes } from './text-source.ts';

/** A card with several pictures in it; nothing people have is larger. @units bytes */
const LARGEST_CARD = 32 * 1024 * 1024;

export function vcfFile(source: ByteSource): ImportFile {
  let done = 0;
  return {
    kind: 'vcf',
    total: source.size,
    done: () => done,
    found: function* () {
      let cards = 0;
      for (const piece of cardsIn(source)) {
        if (piece === PAUSE) {
          yield { kind: 'pause' };
          continue;
        }
        const { from, to } = piece;
        done = to;
        cards++;
        yield to - from > LARGEST_CARD
          ? refused('', 'it is impossibly large')
          : readCard(textOfBytes(source.read(from, to - from)));
      }
      done = source.size;
      if (cards === 0)
        throw importFailure(
          'IMPORT_KIND_UNKNOWN',
          'The file holds no contact: choose a file that was exported as vCard (.vcf).',
        );
    },
  };
}

const BLANK = 0x20;
const TAB = 0x09;

type Piece = { readonly from: number; readonly to: number };

/** Where the cards are. A card within another one (an AGENT) is part of it; one that is not ended, ends where the next begins. */
function* cardsIn(source: ByteSource): Generator<Piece | typeof PAUSE> {
  let from: number | undefined;
  let depth = 0;
  let agent = false;
  for (const read of linesOf(source)) {
    if (read === PAUSE) {
      yield PAUSE;
      continue;
    }
    const { at, next, bytes } = read;
    // A line that goes on from the one before begins nothing.
    if (bytes.length > 40 || bytes[0] === BLANK || bytes[0] === TAB) {
      agent = false;
      continue;
    }
    const line = textOfBytes(bytes)
      .replace(/^\ufeff/, '')
      .trim()
      .toUpperCase();
    if (/^BEGIN\s*:\s*VCARD$/.test(line)) {
      if (from !== undefined && (agent || depth > 1)) depth++;
      else {
        if (from !== undefined) yield { from, to: at };
        from = at;
        depth = 1;
      }
    } else if (/^END\s*:\s*VCARD$/.test(line) && from !== undefined) {
      depth--;
      if (depth === 0) {
        yield { from, to: next };
        from = undefined;
      }
    }
    agent = /^AGENT[;:]?.*:?$/.test(line) && line.endsWith(':');
  }
  if (from !== undefined) yield { from, to: source.size };
}

function readCard(text: string): Found {
  const { cards, refused: left } = parseCards(text);
  const [card] = cards;
  if (card === undefined) return refused('', left[0]?.reason ?? 'it is no card');
  const read = bluemindCard.read(card.value, card.uid);
  const photo = card.photo !== undefined && card.photo.length > 0 ? card.photo : undefined;
  if (read.kind === 'group' || photo === undefined) return { kind: 'card', card: read, photo: undefined, from: '' };
  return { kind: 'card', card: { ...read, photo: digestBytes(photo) }, photo, from: '' };
}

function refused(title: string, detail: string): Found {
  return { kind: 'refused', what: 'contact', title, reason: 'invalid', detail, from: '' };
}
