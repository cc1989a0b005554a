import { describe, expect, test } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import type { Card } from '../../domain/contact.ts';
import { cardKit } from '../../domain/content-kit.ts';
import type { VCard } from '../../wire/addressbook.ts';
import { bluemindCard } from '../bluemind/contact/card.ts';
import { blankCard, type OutlookCard, outlookCard } from '../outlook/contact/card.ts';
import { contactLosses, groupLosses } from '../testing/card-losses.ts';
import { EVERY_TAG } from '../testing/card-samples.ts';
import { corpusFiles, hasCorpora } from '../testing/corpus-files.ts';
import { parseCards } from '../vcard/parse-cards.ts';

if (!hasCorpora) console.log('contact corpora: skipped, they are not there (set CORPORA)');

const recorded = corpusFiles('.', /\.(vcf|vcs|txt|gz)$/i).flatMap(({ name, text }) =>
  cardsOf(text).map((value, index) => ({ name: `${name} #${index}`, value })),
);

describe.runIf(hasCorpora)('recorded cards', () => {
  test('[H28] writing what was read leaves every card as it is', () => {
    for (const { name, value } of recorded) {
      expect(bluemindCard.write(value, bluemindCard.read(value, 'u1'), EVERY_TAG), name).toEqual(value);
    }
  });

  test('server → Outlook → server loses what docs/mapping-contacts.md lists, and nothing else', () => {
    const counts = new Map<string, number>();
    for (const { name, value } of recorded) {
      const before = bluemindCard.read(value, 'u1');
      const item = outlookCard.write(blankCard(before), before);
      const again = bluemindCard.write(undefined, outlookCard.read(item), EVERY_TAG);
      const losses = lossesBetween(before, bluemindCard.read(again, 'u1'));
      expect(
        losses.filter((loss) => !/^CM\d+$/.test(loss)),
        name,
      ).toEqual([]);
      for (const loss of losses) counts.set(loss, (counts.get(loss) ?? 0) + 1);
    }
    const report = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([loss, count]) => `${loss} ${count}`);
    console.log(`contact corpora: ${recorded.length} cards through Outlook; losses: ${report.join(', ')}`);
    expect(recorded.length).toBeGreaterThan(250);
  });

  test('what each side foretells is what it holds', () => {
    for (const { name, value } of recorded) {
      const before = bluemindCard.read(value, 'u1');
      const item = outlookCard.read(outlookCard.write(blankCard(before), before));
      expect(cardKit.changedFields(item, outlookCard.survives(before)), name).toEqual([]);
      const again = bluemindCard.read(bluemindCard.write(undefined, item, EVERY_TAG), 'u1');
      expect(cardKit.changedFields(again, bluemindCard.survives(item)), name).toEqual([]);
    }
  });

  test('[H29] a touch in Outlook changes that one member of the card and nothing else', () => {
    for (const { name, value } of recorded) {
      const server = bluemindCard.read(value, 'u1');
      const item = outlookCard.write(blankCard(server), server);
      const outlook = outlookCard.read(item);
      const merged = cardKit.merge({
        server: { base: server, now: server },
        outlook: { base: outlook, now: outlookCard.read(touched(item)) },
        prefer: 'server',
      });
      expect(bluemindCard.write(value, merged.server, EVERY_TAG), name).toEqual(touchedCard(value));
      expect(cardKit.changedFields(merged.outlook, outlookCard.read(touched(item)))).toEqual([]);
    }
  });
});

function cardsOf(text: string): readonly VCard[] {
  try {
    return parseCards(text).cards.map((card) => card.value);
  } catch (error) {
    if (isFailure(error)) return [];
    throw error;
  }
}

function lossesBetween(before: Card, after: Card): readonly string[] {
  if (before.kind === 'group') return after.kind === 'group' ? groupLosses(before, after) : ['kind'];
  return after.kind === 'contact' ? contactLosses(before, after) : ['kind'];
}

/** What a user does to the item: another job, or another name of a list. */
function touched(item: OutlookCard): OutlookCard {
  return 'members' in item ? { ...item, name: 'Touched' } : { ...item, text: { ...item.text, JobTitle: 'Touched' } };
}

function touchedCard(card: VCard): VCard {
  if (card.kind !== 'group') return { ...card, organizational: { ...card.organizational, title: 'Touched' } };
  const { identification } = card;
  return {
    ...card,
    identification: { ...identification, formatedName: { ...identification?.formatedName, value: 'Touched' } },
  };
}
