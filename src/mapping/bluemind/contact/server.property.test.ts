import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../base/testing/runs.ts';
import type { Card } from '../../../domain/contact.ts';
import { cardKit } from '../../../domain/content-kit.ts';
import { sanitizeCard } from '../../../server/addressbooks/sanitize-card.ts';
import { validateCard } from '../../../server/addressbooks/validate-card.ts';
import { CERTIFICATE, cards, contacts, EVERY_TAG, groups } from '../../testing/card-samples.ts';
import { bluemindCard } from './card.ts';

/** The server looks into certificates, and keeps photos beside cards. */
const people = fc
  .tuple(contacts, fc.boolean())
  .map(([contact, has]) => ({ ...contact, certificates: has ? [CERTIFICATE] : [], photo: undefined }));
const anyCard: fc.Arbitrary<Card> = fc.oneof(people, groups);
const asStored = (card: Parameters<typeof sanitizeCard>[0]) => sanitizeCard(card, (refs) => refs ?? []);

describe('the embedded server', () => {
  test('[AB3] takes every card that we write, and holds what was foretold', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const stored = asStored(bluemindCard.write(undefined, card, EVERY_TAG));
        validateCard(stored);
        const told = bluemindCard.survives(card);
        expect(cardKit.changedFields(told, bluemindCard.read(stored, card.uid))).toEqual([]);
      }),
      runs(300),
    );
  });

  test('[AB1] takes every edit of a card that it holds, and holds what was foretold', () => {
    fc.assert(
      fc.property(cards('individual'), people, (sent, contact) => {
        const before = asStored(withoutNulls(sent));
        const stored = asStored(bluemindCard.write(before, contact, EVERY_TAG));
        const told = bluemindCard.survives(contact);
        // Certificates and the letter case of tags are the server's.
        const changed = cardKit.changedFields(told, bluemindCard.read(stored, contact.uid));
        expect(changed.filter((name) => name !== 'categories' && name !== 'note')).toEqual([]);
      }),
      runs(300),
    );
  });
});

/** [AB2] The server stumbles over null lists, so that it never holds one. */
function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map((entry) => withoutNulls(entry)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)])) as T;
}
