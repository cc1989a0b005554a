import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../base/failure.ts';
import { anException } from '../../../domain/testing/samples.ts';
import type { VEvent, VEventSeries } from '../../../wire/calendar.ts';
import { plainText } from '../../rich-text.ts';
import { bluemindEvent } from './event.ts';

const context = { tagOf: (label: string) => ({ containerUid: 'tags', itemUid: `t-${label}`, label, color: 'ff0000' }) };
const paris = (wall: string, offset = '+01:00') => ({
  iso8601: `${wall}.000${offset}`,
  timezone: 'Europe/Paris',
  precision: 'DateTime' as const,
});

const MAIN: VEvent = {
  dtstart: paris('2026-03-09T09:00:00'),
  dtend: paris('2026-03-09T10:00:00'),
  summary: 'Point',
  description: '<p>two <b>words</b></p>',
  alarm: [
    { action: 'Display', trigger: -900, description: 'mine', duration: 60, repeat: 2 },
    { action: 'Email', trigger: -86_400 },
  ],
  organizer: { commonName: 'John', mailto: 'john@acme.test', dir: 'bm://acme.test/users/U1' },
  attendees: [
    {
      commonName: 'Ann',
      mailto: 'ann@acme.test',
      dir: 'bm://acme.test/users/U2',
      role: 'Chair',
      partStatus: 'NeedsAction',
      rsvp: true,
      lang: 'fr',
    },
  ],
  categories: [{ containerUid: 'tags', itemUid: 't1', label: 'Work', color: '3d98ff' }],
  url: 'https://acme.test/1',
  conference: 'https://visio.test/1',
  properties: { theirs: 'kept' },
  sequence: 3,
  rrule: { frequency: 'WEEKLY', interval: 1, byDay: [{ day: 'MO', offset: 0 }] },
  exdate: [{ iso8601: '2026-03-23T08:00:00.000Z', timezone: 'UTC', precision: 'DateTime' }],
};
const VALUE: VEventSeries = {
  main: MAIN,
  occurrences: [],
  counters: [{ originator: { email: 'x@y.z' } }],
  icsUid: 'u1',
  acceptCounters: true,
  properties: { series: 'kept' },
};

const read = (value: VEventSeries = VALUE) => bluemindEvent.read(value, 'item');
const edit = (members: Partial<NonNullable<ReturnType<typeof read>['main']>>) => {
  const series = read();
  return bluemindEvent.write(VALUE, { ...series, main: series.main && { ...series.main, ...members } }, context);
};

describe('bluemindEvent', () => {
  it('[H21] reads everybody whom the server counts, by directory entry or as nobody', () => {
    const nobody = { partStatus: 'Accepted' as const, role: 'Chair' as const };
    const hidden = { dir: 'bm://acme.test/users/U9', lang: 'fr' };
    const value = { ...VALUE, main: { ...MAIN, attendees: [...(MAIN.attendees ?? []), nobody, nobody, hidden] } };
    const series = read(value);
    expect(series.main?.attendees.map(({ name, address }) => `${name}|${address}`)).toEqual([
      'Ann|ann@acme.test',
      '|',
      '|bm://acme.test/users/U9',
    ]);
    const main = series.main && { ...series.main, attendees: series.main.attendees.slice(1) };
    const written = bluemindEvent.write(value, { ...series, main }, context);
    expect(written.main?.attendees).toEqual([nobody, nobody, hidden]);
  });

  it('[H21] a meeting of which the last is taken off is none, also where the server counted a nobody', () => {
    const value = { ...VALUE, main: { ...MAIN, attendees: [{ partStatus: 'Accepted' as const }] } };
    const { main, ...series } = read(value);
    const written = bluemindEvent.write(value, { ...series, main: main && { ...main, attendees: [] } }, context);
    expect([written.main?.organizer, written.main?.attendees]).toEqual([null, []]);
  });

  it('changes nothing but what was edited', () => {
    expect(edit({ title: 'Edited' })).toEqual({ ...VALUE, main: { ...MAIN, summary: 'Edited' } });
    expect(edit({ location: 'Room 4' })).toEqual({ ...VALUE, main: { ...MAIN, location: 'Room 4' } });
  });

  it('[H30] keeps the HTML of a text until its words change', () => {
    expect(edit({ body: plainText('two words') }).main?.description).toBe(MAIN.description);
    expect(edit({ body: plainText('other <words>') }).main?.description).toBe('other &lt;words&gt;');
  });

  it('keeps the alarms that Outlook does not show', () => {
    const { alarm } =
      edit({
        reminders: [
          { minutes: 30, action: 'display' },
          { minutes: 1440, action: 'email' },
        ],
      }).main ?? {};
    expect(alarm).toEqual([
      { action: 'Display', trigger: -1800, description: null, duration: 0, repeat: 0, summary: null },
      { action: 'Email', trigger: -86_400 },
    ]);
  });

  it('[H21] an answer keeps everything else that is known of the attendee', () => {
    const [ann] = read().main?.attendees ?? [];
    const written = edit({ attendees: ann ? [{ ...ann, response: 'accepted' }] : [] });
    expect(written.main?.attendees).toEqual([{ ...MAIN.attendees?.[0], partStatus: 'Accepted', cutype: 'Individual' }]);
  });

  it.each([
    ['outOfOffice', { transparency: 'Opaque', properties: { theirs: 'kept', outlookConnectorBusy: 'outOfOffice' } }],
    ['elsewhere', { transparency: 'Transparent', properties: { theirs: 'kept', outlookConnectorBusy: 'elsewhere' } }],
    ['tentative', { transparency: 'Opaque', status: 'Tentative' }],
    ['free', { transparency: 'Transparent' }],
  ] as const)('keeps the busy state %s where the server has no word for it', (busy, members) => {
    const written = edit({ busy });
    expect(written.main).toEqual({ ...MAIN, ...members });
    expect(read(written).main?.busy).toBe(busy);
  });

  it('believes the web client over a property of ours', () => {
    const written = edit({ busy: 'outOfOffice' });
    expect(read({ ...written, main: { ...written.main, transparency: 'Transparent' } }).main?.busy).toBe('free');
  });

  it('[H4] reads removed occurrences of any form and leaves their form alone', () => {
    expect(read().excluded).toEqual(['2026-03-23T09:00:00']);
    const written = bluemindEvent.write(
      VALUE,
      { ...read(), excluded: ['2026-03-23T09:00:00', '2026-03-30T09:00:00'] },
      context,
    );
    expect(written.main?.exdate).toEqual([...(MAIN.exdate ?? []), paris('2026-03-30T09:00:00', '+02:00')]);
  });

  it('a new exception starts as a copy of the main event', () => {
    const { main } = read();
    const exception = anException('2026-03-16T09:00:00', { ...main, title: 'Moved' });
    const written = bluemindEvent.write(VALUE, { ...read(), exceptions: [exception] }, context);
    const { rrule: _, exdate: __, ...rest } = MAIN;
    expect(written.occurrences).toEqual([
      { ...rest, rrule: null, exdate: null, rdate: null, summary: 'Moved', recurid: paris('2026-03-16T09:00:00') },
    ]);
  });

  it('an exception taken back leaves a list, never null', () => {
    const exception = anException('2026-03-16T09:00:00', { title: 'Moved' });
    const written = bluemindEvent.write(VALUE, { ...read(), exceptions: [exception] }, context);
    expect(bluemindEvent.write(written, { ...read(written), exceptions: [] }, context).occurrences).toEqual([]);
    expect(bluemindEvent.write({ ...VALUE, occurrences: null }, read(), context).occurrences).toEqual([]);
  });

  it('sends no people where there is no meeting', () => {
    const written = edit({ organizer: undefined });
    expect([written.main?.organizer, written.main?.attendees]).toEqual([null, []]);
  });

  it('refuses an item without an event, and an event without a start', () => {
    const code = (value: VEventSeries) => {
      try {
        return read(value).uid;
      } catch (error) {
        return isFailure(error) ? error.code : 'bug';
      }
    };
    expect([{ main: null, occurrences: [] }, { main: { ...MAIN, dtstart: null } }].map(code)).toEqual([
      'EVENT_EMPTY',
      'EVENT_WITHOUT_START',
    ]);
  });
});
