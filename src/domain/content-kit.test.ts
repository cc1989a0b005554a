import { describe, expect, expectTypeOf, test } from 'vitest';
import type { ContentKit } from '../sync/content.ts';
import type { Card, Contact, Group } from './contact.ts';
import { cardKit, seriesKit } from './content-kit.ts';
import type { Series } from './event.ts';
import { aContact, anEvent, anException, aSeries } from './testing/samples.ts';

describe('the kits', () => {
  test('fit the engine', () => {
    expectTypeOf(seriesKit).toExtend<ContentKit<Series>>();
    expectTypeOf(cardKit).toExtend<ContentKit<Card>>();
  });

  test('[H28] a digest does not depend on the order of members and keyed entries', () => {
    const attendees = [person('a@x.test'), person('b@x.test')];
    const series = aSeries({ main: anEvent({ attendees, categories: ['One', 'Two'] }) });
    const turned = aSeries({ main: anEvent({ categories: ['Two', 'One'], attendees: attendees.toReversed() }) });
    const shuffled = Object.fromEntries(Object.entries(turned).toReversed()) as Series;
    expect(seriesKit.digest(shuffled)).toBe(seriesKit.digest(series));
  });

  test('the order of entries of one key counts', () => {
    const place = { extended: '', postOfficeBox: '', locality: '', region: '', postalCode: '', country: '' };
    const [first, second] = [
      { place: 'work', street: '1 main st', ...place } as const,
      { place: 'work', street: '2 side st', ...place } as const,
    ];
    const [a, b] = [aContact({ addresses: [first, second] }), aContact({ addresses: [second, first] })];
    expect(cardKit.digest(a)).not.toBe(cardKit.digest(b));
    expect(cardKit.changedFields(a, b)).toEqual(['addresses.street']);
  });

  test('changed fields are named by their path, entries of whole values by their list', () => {
    const before = aSeries({ exceptions: [anException('2026-03-09T09:00:00', { location: 'A' })] });
    const after = aSeries({
      main: anEvent({ title: 'Other', attendees: [person('a@x.test')] }),
      excluded: ['2026-03-16T09:00:00'],
      exceptions: [
        anException('2026-03-09T09:00:00', { location: 'B' }),
        anException('2026-03-23T09:00:00', { location: 'C' }),
      ],
    });
    expect(seriesKit.changedFields(before, after)).toEqual([
      'exceptions[2026-03-09T09:00:00].location',
      'exceptions[2026-03-23T09:00:00]',
      'excluded',
      'main.attendees',
      'main.title',
    ]);
    expect(seriesKit.changedFields(after, after)).toEqual([]);
  });

  test('a fingerprint ignores the uid and how a text is set', () => {
    const plain = aSeries({ uid: '1', main: anEvent({ body: { plain: 'Hello', html: undefined } }) });
    const html = aSeries({ uid: '2', main: anEvent({ body: { plain: 'Hello', html: '<b>Hello</b>' } }) });
    expect(seriesKit.fingerprint(plain)).toBe(seriesKit.fingerprint(html));
    expect(seriesKit.digest(plain)).not.toBe(seriesKit.digest({ ...html, uid: '1' }));
  });

  test('[H22] a copy gets a uid of its own and stays the same to a person', () => {
    const series = aSeries({ uid: 'original', main: anEvent({ title: 'Meeting' }) });
    expect(seriesKit.withUid(series, 'copy')).toEqual({ ...series, uid: 'copy' });
    expect(seriesKit.fingerprint(seriesKit.withUid(series, 'copy'))).toBe(seriesKit.fingerprint(series));
    expect(seriesKit.digest(seriesKit.withUid(series, 'copy'))).not.toBe(seriesKit.digest(series));
    const contact = aContact({ uid: 'original', formattedName: 'Jane' });
    const { note, categories } = contact;
    const group: Group = { kind: 'group', uid: 'original', name: 'Team', members: [], note, categories };
    for (const card of [contact, group]) {
      expect(cardKit.withUid(card, 'copy')).toEqual({ ...card, uid: 'copy' });
      expect(cardKit.fingerprint(cardKit.withUid(card, 'copy'))).toBe(cardKit.fingerprint(card));
    }
  });

  test('a contact that became a group is one change of the whole', () => {
    const contact: Contact = aContact({ uid: 'c1', formattedName: 'Jane' });
    const group: Group = {
      kind: 'group',
      uid: 'c1',
      name: 'Jane',
      members: [],
      note: contact.note,
      categories: [],
    };
    const edited = { ...contact, nickname: 'J' };
    expect(cardKit.changedFields(contact, group)).toEqual(['kind']);
    const one = cardKit.merge({
      server: { base: contact, now: group },
      outlook: { base: contact, now: contact },
      prefer: 'outlook',
    });
    expect(one).toEqual({ server: group, outlook: group, conflicts: [] });
    const both = cardKit.merge({
      server: { base: contact, now: group },
      outlook: { base: contact, now: edited },
      prefer: 'outlook',
    });
    expect(both).toEqual({ server: edited, outlook: edited, conflicts: [{ field: 'kind', winner: 'outlook' }] });
  });

  test('titles and uids are what a person and a calendar go by', () => {
    expect(seriesKit.title(aSeries({ main: anEvent({ title: 'Meeting' }) }))).toBe('Meeting');
    const orphan = aSeries({ main: undefined, exceptions: [anException('2026-03-09T09:00:00', { title: 'Once' })] });
    expect(seriesKit.title(orphan)).toBe('Once');
    expect(seriesKit.uid(aSeries({ uid: '' }))).toBeUndefined();
    expect(cardKit.title(aContact({ formattedName: '', company: 'Acme' }))).toBe('Acme');
  });
});

function person(address: string) {
  return { name: '', address, role: 'required', kind: 'individual', response: 'needsAction' } as const;
}
