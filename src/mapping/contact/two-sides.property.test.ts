import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../base/testing/runs.ts';
import { type Contact, phoneUse } from '../../domain/contact.ts';
import { cardKit } from '../../domain/content-kit.ts';
import type { OutlookContact, PhoneMember } from '../../outlook/model/contact.ts';
import type { VCard } from '../../wire/addressbook.ts';
import { outlookContact } from '../outlook/contact/contact.ts';
import { cards } from '../testing/card-samples.ts';
import { begin, readServer, sync, type World } from '../testing/card-world.ts';

type Step =
  | { readonly on: 'server'; readonly edit: (card: VCard) => VCard }
  | { readonly on: 'outlook'; readonly edit: (item: OutlookContact) => OutlookContact };

const address = fc.integer({ min: 0, max: 12 }).map((n) => `p${n}@x.test`);
const word = fc.constantFrom('', 'Ada', 'Bo', 'Cy');
const number = fc.constantFrom('', '1', '2', '3');
const at = fc.nat(8);

const outlookEdits: fc.Arbitrary<(item: OutlookContact) => OutlookContact> = fc.oneof(
  fc
    .tuple(fc.constantFrom('LastName', 'FirstName', 'JobTitle', 'NickName', 'WebPage', 'Spouse', 'IMAddress'), word)
    .map(([member, text]) => (item: OutlookContact) => ({ ...item, text: { ...item.text, [member]: text } })),
  fc
    .tuple(
      fc.constantFrom<PhoneMember>(
        'BusinessTelephoneNumber',
        'Business2TelephoneNumber',
        'MobileTelephoneNumber',
        'PagerNumber',
      ),
      number,
    )
    .map(([member, text]) => (item: OutlookContact) => ({ ...item, phones: { ...item.phones, [member]: text } })),
  fc.tuple(fc.nat(2), fc.oneof(address, fc.constant(''))).map(([slot, text]) => (item: OutlookContact) => {
    const emails = item.emails.map((one, index) =>
      index === slot ? { address: text, displayName: 'D', type: 'SMTP' } : one,
    );
    return { ...item, emails: emails as unknown as OutlookContact['emails'] };
  }),
  fc
    .tuple(fc.constantFrom('business' as const, 'home' as const), word)
    .map(([member, city]) => (item: OutlookContact) => ({ ...item, [member]: { ...item[member], city } })),
  word.map((body) => (item: OutlookContact) => ({ ...item, body })),
);

const serverEdits: fc.Arbitrary<(card: VCard) => VCard> = fc.oneof(
  fc
    .tuple(at, address)
    .map(([index, value]) => editList('emails', index, { value, parameters: [{ label: 'TYPE', value: 'home' }] })),
  at.map((index) => editList('emails', index, undefined)),
  fc
    .tuple(at, number)
    .map(([index, value]) => editList('tels', index, { value, parameters: [{ label: 'TYPE', value: 'work' }] })),
  at.map((index) => editList('tels', index, undefined)),
  word.map((title) => (card: VCard) => ({ ...card, organizational: { ...card.organizational, title } })),
  word.map((text) => (card: VCard) => ({ ...card, explanatory: { ...card.explanatory, note: `<p>${text}</p>` } })),
);

/** Puts, adds or (undefined) removes one entry of a list of the card. */
function editList(
  list: 'emails' | 'tels',
  index: number,
  entry: { readonly value: string; readonly parameters: readonly { label: string; value: string }[] } | undefined,
): (card: VCard) => VCard {
  return (card) => {
    const entries = [...(card.communications?.[list] ?? [])];
    entries.splice(index, 1, ...(entry === undefined ? [] : [entry]));
    return { ...card, communications: { ...card.communications, [list]: entries } };
  };
}

const steps: fc.Arbitrary<Step> = fc.oneof(
  serverEdits.map((edit) => ({ on: 'server' as const, edit })),
  outlookEdits.map((edit) => ({ on: 'outlook' as const, edit })),
);
const histories = fc.tuple(cards('individual'), fc.array(steps, { minLength: 1, maxLength: 12 }));

function apply(world: World, step: Step): World {
  return step.on === 'server' ? { ...world, card: step.edit(world.card) } : { ...world, item: step.edit(world.item) };
}

/** What no edit here touches and the domain does not know. */
function hidden({ card, item }: World): unknown {
  return [card.security, card.communications?.langs ?? [], card.identification?.gender, card.source, item.text.FileAs];
}

describe('a contact on both sides', () => {
  test('[S2] after each run there is nothing left to do', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), ([card, history], pauses) => {
        let world = begin(card);
        history.forEach((step, index) => {
          world = apply(world, step);
          // Without a run in between, edits of both sides meet.
          if (pauses[index]) return;
          world = sync(world);
          expect(sync(world)).toEqual(world);
        });
      }),
      runs(40),
    );
  });

  test('[H29] an edit of one side is not answered on that side, and arrives on the other', () => {
    fc.assert(
      fc.property(histories, ([card, history]) => {
        let world = begin(card);
        for (const step of history) {
          const edited = apply(world, step);
          const next = sync(edited);
          if (step.on === 'server') expect(next.card).toEqual(edited.card);
          else expect(next.item).toEqual(edited.item);
          const changed = changesOf(edited, step.on);
          const arrived = changedOn(world, next, step.on === 'server' ? 'outlook' : 'server');
          expect(changed).toEqual(expect.arrayContaining([...arrived]));
          world = next;
        }
      }),
      runs(40),
    );
  });

  test('[H29] entries come and go one by one, and those that Outlook has no room for stay on the server', () => {
    fc.assert(
      fc.property(histories, ([card, history]) => {
        let world = begin(card);
        for (const step of history) {
          const edited = apply(world, step);
          const next = sync(edited);
          if (step.on === 'outlook') {
            const [before, after] = [outlookContact.read(world.item), outlookContact.read(edited.item)];
            for (const keys of [addressesOf, numbersOf]) {
              // A number that the server has twice may be in a slot once, and then is left once.
              const had = keys(readServer(world.card));
              if (new Set(had).size < had.length) continue;
              const gone = keys(before).filter((key) => !keys(after).includes(key));
              const come = keys(after).filter((key) => !keys(before).includes(key));
              const kept = had.filter((key) => !gone.includes(key));
              expect(new Set(keys(readServer(next.card)))).toEqual(new Set([...kept, ...come]));
            }
            expect(readServer(next.card)).toMatchObject(changedTexts(before, after));
          }
          world = next;
        }
      }),
      runs(40),
    );
  });

  test('[H29] what the domain does not know survives every history', () => {
    fc.assert(
      fc.property(histories, ([card, history]) => {
        const first = begin(card);
        const last = history.reduce((world, step) => sync(apply(world, step)), first);
        expect(hidden(last)).toEqual(hidden(first));
      }),
      runs(40),
    );
  });
});

/** The addresses that the server takes. */
function addressesOf(contact: Contact): readonly string[] {
  return contact.emails
    .map((email) => email.address)
    .filter((one) => /^[a-z0-9.]+@x\.test$/.test(one))
    .sort();
}

/** The numbers by their use. */
function numbersOf(contact: Contact): readonly string[] {
  return contact.phones.map((phone) => `${phoneUse(phone.kind)}:${phone.number}`).sort();
}

function changedTexts(before: Contact, after: Contact): Partial<Contact> {
  const names = ['title', 'nickname', 'spouse'] as const;
  return Object.fromEntries(names.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}

/** The fields that a side changed since the sides agreed. */
function changesOf({ card, item, base }: World, side: 'server' | 'outlook'): readonly string[] {
  const now = side === 'server' ? readServer(card) : outlookContact.read(item);
  return fieldsOf(base[side] as Contact, now);
}

function changedOn(before: World, after: World, side: 'server' | 'outlook'): readonly string[] {
  return side === 'server'
    ? fieldsOf(readServer(before.card), readServer(after.card))
    : fieldsOf(outlookContact.read(before.item), outlookContact.read(after.item));
}

/** Changed fields by their first name; the name shown follows whatever it is made of. */
function fieldsOf(before: Contact, after: Contact): readonly string[] {
  const names = cardKit.changedFields(before, after).map((name) => name.split('.')[0] ?? name);
  return [...new Set(names)].filter((name) => name !== 'formattedName' && name !== 'name').sort();
}
