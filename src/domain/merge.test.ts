import { describe, expect, test } from 'vitest';
import type { Email, Phone } from './contact.ts';
import { cardKit, seriesKit } from './content-kit.ts';
import type { Attendee } from './person.ts';
import { aContact, anEvent, anException, aSeries } from './testing/samples.ts';

const nine = '2026-03-09T09:00:00';
const withAttendees = (...attendees: readonly Attendee[]) => aSeries({ main: anEvent({ attendees }) });
const withEmails = (...emails: readonly Email[]) => aContact({ emails });
const withPhones = (...phones: readonly Phone[]) => aContact({ phones });

describe('merging events', () => {
  test('[H25] different fields of one event come together, in each side’s own words', () => {
    const base = aSeries({ main: anEvent({ title: 'Plan', location: 'A' }) });
    const poor = aSeries({ main: anEvent({ title: 'Plan', location: 'A (Outlook)' }) });
    const merged = seriesKit.merge({
      server: { base, now: aSeries({ main: anEvent({ title: 'New plan', location: 'A' }) }) },
      outlook: {
        base: poor,
        now: aSeries({ main: anEvent({ title: 'Plan', location: 'A (Outlook)', busy: 'free' }) }),
      },
      prefer: 'server',
    });
    expect(merged).toEqual({
      server: aSeries({ main: anEvent({ title: 'New plan', location: 'A', busy: 'free' }) }),
      outlook: aSeries({ main: anEvent({ title: 'New plan', location: 'A (Outlook)', busy: 'free' }) }),
      conflicts: [],
    });
  });

  test('[H25] one field changed to two values is a conflict, and the preferred side stays', () => {
    const base = aSeries({ main: anEvent({ title: 'Plan' }) });
    const [server, outlook] = ['S', 'O'].map((title) => aSeries({ main: anEvent({ title }) })) as [
      typeof base,
      typeof base,
    ];
    const sides = { server: { base, now: server }, outlook: { base, now: outlook } };
    expect(seriesKit.merge({ ...sides, prefer: 'outlook' })).toEqual({
      server: outlook,
      outlook,
      conflicts: [{ field: 'main.title', winner: 'outlook' }],
    });
  });

  test('attendees come and go one by one, and each list keeps its order', () => {
    const [a, b, c, d] = ['a@x', 'b@x', 'c@x', 'd@x'].map((address) => attendee(address)) as [
      Attendee,
      Attendee,
      Attendee,
      Attendee,
    ];
    const accepted: Attendee = { ...b, response: 'accepted' };
    const merged = seriesKit.merge({
      server: { base: withAttendees(a, b, c), now: withAttendees(c, accepted, a) },
      outlook: { base: withAttendees(a, b, c), now: withAttendees(a, d, b) },
      prefer: 'server',
    });
    expect(merged).toEqual({
      server: withAttendees(accepted, a, d),
      outlook: withAttendees(a, d, accepted),
      conflicts: [],
    });
  });

  test('[H24] an edited entry beats its deletion, whichever side is preferred', () => {
    const base = withAttendees(attendee('a@x'));
    const edited = withAttendees({ ...attendee('a@x'), response: 'accepted' });
    const merged = seriesKit.merge({
      server: { base, now: withAttendees() },
      outlook: { base, now: edited },
      prefer: 'server',
    });
    expect(merged).toEqual({
      server: edited,
      outlook: edited,
      conflicts: [{ field: 'main.attendees', winner: 'outlook' }],
    });
  });

  test('[H24] an edited occurrence beats its removal from the series', () => {
    const base = aSeries();
    const edited = aSeries({ exceptions: [anException(nine, { title: 'Moved' })] });
    const removed = aSeries({ excluded: [nine, '2026-03-16T09:00:00'] });
    const merged = seriesKit.merge({
      server: { base, now: removed },
      outlook: { base, now: edited },
      prefer: 'server',
    });
    const both = aSeries({ excluded: ['2026-03-16T09:00:00'], exceptions: edited.exceptions });
    expect(merged).toEqual({
      server: both,
      outlook: both,
      conflicts: [{ field: `exceptions[${nine}]`, winner: 'outlook' }],
    });
  });

  test('one exception edited on both sides is merged field by field', () => {
    const series = (members: object) => aSeries({ exceptions: [anException(nine, members)] });
    const merged = seriesKit.merge({
      server: { base: series({}), now: series({ title: 'T', location: 'S' }) },
      outlook: { base: series({}), now: series({ location: 'O', busy: 'free' }) },
      prefer: 'server',
    });
    const both = series({ title: 'T', location: 'S', busy: 'free' });
    const conflicts = [{ field: `exceptions[${nine}].location`, winner: 'server' }];
    expect(merged).toEqual({ server: both, outlook: both, conflicts });
  });

  test('[H30] a text changed to the same words on both sides is no conflict and keeps its formatting', () => {
    const series = (plain: string, html?: string) => aSeries({ main: anEvent({ body: { plain, html } }) });
    const merged = seriesKit.merge({
      server: { base: series('Old', '<b>Old</b>'), now: series('New', '<b>New</b>') },
      outlook: { base: series('Old'), now: series('New') },
      prefer: 'outlook',
    });
    expect(merged).toEqual({ server: series('New', '<b>New</b>'), outlook: series('New'), conflicts: [] });
  });
});

describe('merging contacts', () => {
  const work = (address: string, primary = false): Email => ({ address, place: 'work', primary });
  const slot = (address: string, primary = false): Email => ({ address, place: 'other', primary });

  test('[H29] what Outlook cannot hold stays on the server when Outlook changes something else', () => {
    const base = withEmails(work('a@x', true), work('b@x'), work('c@x'), work('d@x'));
    const merged = cardKit.merge({
      server: { base, now: base },
      outlook: {
        base: withEmails(slot('a@x', true), slot('b@x'), slot('c@x')),
        now: withEmails(slot('a@x', true), slot('c@x')),
      },
      prefer: 'outlook',
    });
    expect(merged.server).toEqual(withEmails(work('a@x', true), work('c@x'), work('d@x')));
    expect(merged.conflicts).toEqual([]);
  });

  test('[H29] an address corrected in Outlook keeps its place on the server', () => {
    const base = withEmails(work('a@x', true), work('typo@x'), work('d@x'));
    const outlook = {
      base: withEmails(slot('a@x', true), slot('typo@x')),
      now: withEmails(slot('a@x', true), slot('right@x')),
    };
    const merged = cardKit.merge({ server: { base, now: base }, outlook, prefer: 'server' });
    expect(merged).toEqual({
      server: withEmails(work('a@x', true), work('right@x'), work('d@x')),
      outlook: outlook.now,
      conflicts: [],
    });
  });

  test('[H29] a corrected address stands although the other side added one before it', () => {
    const base = withEmails(work('a@x', true), work('typo@x'));
    const merged = cardKit.merge({
      server: { base, now: withEmails(work('new@x'), work('a@x', true), work('typo@x')) },
      outlook: {
        base: withEmails(slot('a@x', true), slot('typo@x')),
        now: withEmails(slot('a@x', true), slot('right@x')),
      },
      prefer: 'server',
    });
    expect(merged.server).toEqual(withEmails(work('new@x'), work('a@x', true), work('right@x')));
  });

  test('[H29] an address replaced by two others is gone, and both are new', () => {
    const base = withEmails(work('a@x', true));
    const merged = cardKit.merge({
      server: { base, now: base },
      outlook: { base: withEmails(slot('a@x', true)), now: withEmails(slot('b@x', true), slot('c@x')) },
      prefer: 'server',
    });
    expect(merged.server).toEqual(withEmails(slot('b@x', true), slot('c@x')));
  });

  test('[H29] one address corrected on both sides is a conflict', () => {
    const base = withEmails(work('typo@x', true));
    const merged = cardKit.merge({
      server: { base, now: withEmails(work('one@x', true)) },
      outlook: { base: withEmails(slot('typo@x', true)), now: withEmails(slot('two@x', true)) },
      prefer: 'outlook',
    });
    expect(merged.server).toEqual(withEmails(work('two@x', true)));
    expect(merged.conflicts).toEqual([{ field: 'emails.address', winner: 'outlook' }]);
  });

  test('[H29] a telephone cleared on one side is cleared on the other, one added arrives beside its neighbour', () => {
    const phone = (kind: Phone['kind'], number: string): Phone => ({ kind, number });
    const base = withPhones(phone('work', '1'), phone('home', '2'), phone('pager', '3'));
    const merged = cardKit.merge({
      server: {
        base,
        now: withPhones(phone('work', '1'), phone('mobile', '4'), phone('home', '2'), phone('pager', '3')),
      },
      outlook: { base, now: withPhones(phone('home', '2'), phone('pager', '5')) },
      prefer: 'server',
    });
    expect(merged).toEqual({
      server: withPhones(phone('mobile', '4'), phone('home', '2'), phone('pager', '5')),
      outlook: withPhones(phone('mobile', '4'), phone('home', '2'), phone('pager', '5')),
      conflicts: [],
    });
  });
});

function attendee(address: string): Attendee {
  return { name: '', address, role: 'required', kind: 'individual', response: 'needsAction' };
}
