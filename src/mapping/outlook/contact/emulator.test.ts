import { describe, expect, test } from 'vitest';
import { must } from '../../../base/assert.ts';
import { isFailure } from '../../../base/failure.ts';
import type { Card } from '../../../domain/contact.ts';
import { cardKit } from '../../../domain/content-kit.ts';
import { emulatedOutlook } from '../../../outlook/emulator/testing/world.ts';
import { outlookSide } from '../../../outlook/side.ts';
import { cardKind } from '../../../outlook/side-kind.ts';
import { folderId } from '../../../outlook/side-session.ts';
import { openBench } from '../../../outlook/testing/bench.ts';
import { bluemindCard } from '../../bluemind/contact/card.ts';
import { corpusFiles, hasCorpora } from '../../testing/corpus-files.ts';
import { parseCards } from '../../vcard/parse-cards.ts';
import { blankCard, fitsCard, outlookCard } from './card.ts';

if (!hasCorpora) console.log('contacts in the emulator: skipped, the corpora are not there (set CORPORA)');

/** An address book of the emulator as a side, with our mapping. */
async function addressBook() {
  const outlook = emulatedOutlook({});
  const { executor, clock } = outlook;
  const pause = async () => clock.advance(3000);
  const bench = await openBench({ executor, pause, dispose: async () => {} }, 'contacts');
  const kind = cardKind({ mapping: outlookCard, blank: blankCard, fits: fitsCard });
  const side = outlookSide({ executor, kind, clock });
  const close = async () => {
    await side.close();
    outlook.close();
  };
  return { side, folder: folderId({ entryId: bench.folderId, storeId: bench.storeId }), close };
}

function recordedCards(): readonly { readonly name: string; readonly card: Card }[] {
  return corpusFiles('vcf', /\.(vcf|vcs)$/i).flatMap(({ name, text }) => {
    try {
      return parseCards(text).cards.map(({ value }, at) => ({ name, card: bluemindCard.read(value, `${name}-${at}`) }));
    } catch (error) {
      if (isFailure(error)) return [];
      throw error;
    }
  });
}

describe.runIf(hasCorpora)('recorded cards in the emulator', () => {
  test('[H28] Outlook holds what was foretold, and an edit is held as foretold, too', async () => {
    const { side, folder, close } = await addressBook();
    const recorded = recordedCards();
    expect(recorded.length).toBeGreaterThan(200);
    const creates = recorded.map(({ card }) => ({ token: card.uid.slice(0, 200), content: card }));
    const created = await side.create(folder, creates);
    for (const [at, effect] of created.entries()) {
      const { name, card } = must(recorded[at]);
      if (!effect.ok) throw new Error(`${name}: ${effect.failure.reason} ${effect.failure.detail}`);
      expect(cardKit.changedFields(side.preview(alone(card)), effect.item.content), name).toEqual([]);
    }
    const items = created.flatMap((effect) => (effect.ok ? [effect.item] : []));
    const edits = items.map(({ id, rev, content }) => ({ target: { folder, id, rev }, content: edited(content) }));
    for (const [at, effect] of (await side.update(folder, edits)).entries()) {
      const { name } = must(recorded[at]);
      if (!effect.ok) throw new Error(`${name}: ${effect.failure.reason} ${effect.failure.detail}`);
      expect(cardKit.changedFields(side.preview(alone(must(edits[at]).content)), effect.item.content), name).toEqual(
        [],
      );
    }
    await close();
  });
});

/** A group without the groups in it: none of those is in the folder. */
function alone(card: Card): Card {
  return card.kind === 'group' ? { ...card, members: card.members.filter(({ address }) => address !== '') } : card;
}

/** What the server might say next: other names, addresses and numbers, fewer of some. */
function edited(card: Card): Card {
  if (card.kind === 'group') return { ...card, name: `${card.name}!`, members: card.members.slice(1) };
  return {
    ...card,
    name: { ...card.name, given: 'Ada', suffixes: '' },
    emails: [{ address: 'first@x.test', place: 'work', primary: true }, ...card.emails.slice(1)],
    phones: card.phones.slice(1),
    addresses: card.addresses.map((address) => ({ ...address, locality: 'Lyon' })),
    birthday: card.birthday === undefined ? '1980-02-29' : undefined,
    note: { plain: 'Line one\n\n  line two', html: undefined },
    categories: ['Work', ...card.categories],
  };
}
