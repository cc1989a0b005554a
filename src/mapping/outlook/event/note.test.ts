/** What is said on an item: links, and what Outlook cannot hold. None of it is for the server. */
import { describe, expect, it } from 'vitest';
import { seriesKit } from '../../../domain/content-kit.ts';
import type { Series } from '../../../domain/event.ts';
import { planOf } from '../../../domain/testing/rule-text.ts';
import { anEvent, anException, aSeries } from '../../../domain/testing/samples.ts';
import type { When } from '../../../domain/time.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { plainText } from '../../rich-text.ts';
import type { OutlookEventContext } from './context.ts';
import { outlookEvent } from './event.ts';

const context: OutlookEventContext = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
const write = (series: Series, current?: Appointment) => outlookEvent.write(current, series, context);
const read = (item: Appointment) => outlookEvent.read(item, context);
const lines = (item: Appointment) => item.body.split('\r\n');

const LINKS = {
  url: 'https://acme.test/e/1',
  conference: 'https://visio.test/1',
  files: [
    { name: 'a.pdf', url: 'https://acme.test/f/1' },
    { name: 'https://acme.test/f/2', url: 'https://acme.test/f/2' },
  ],
};
const LINKED = aSeries({ main: anEvent({ body: plainText('Agenda\n\ntwo'), ...LINKS }) });

function at(start: string, end: string): When {
  return { kind: 'time', start: { wall: start, zone: 'Europe/Paris' }, end: { wall: end, zone: 'Europe/Paris' } };
}

function mondays(rule: string, more: Partial<Series> = {}): Series {
  const recurrence = planOf(rule, '2026-03-02T09:00:00', 'floating')?.rule ?? expect.fail('no rule');
  return aSeries({ main: anEvent({ title: 'Point', body: plainText('Agenda') }), recurrence, ...more });
}

describe('the note on an item', () => {
  it('[H30] shows page, conference and files as links below the words', () => {
    expect(lines(write(LINKED))).toEqual([
      'Agenda',
      '',
      'two',
      '',
      '----- BlueMind -----',
      'Page: https://acme.test/e/1',
      'Conference: https://visio.test/1',
      'File: a.pdf https://acme.test/f/1',
      'File: https://acme.test/f/2',
      '--------------------',
    ]);
  });

  it('[H30] is never read as words, and its links are those that were written', () => {
    expect(read(write(LINKED))).toEqual(LINKED);
  });

  it('[H30] is there once, however often the item is written', () => {
    let item = write(LINKED);
    for (const title of ['a', 'b', 'c']) {
      const series = read(item);
      item = write({ ...series, main: series.main && { ...series.main, title, body: plainText(title) } }, item);
    }
    expect(lines(item).filter((line) => line.startsWith('Page:'))).toHaveLength(1);
    expect(read(item).main?.body).toEqual(plainText('c'));
  });

  it('[H30] takes nothing along that the user writes before, after or among its lines', () => {
    const item = write(LINKED);
    const body = item.body
      .replace('Agenda', 'Mine')
      .replace(
        'Conference: https://visio.test/1',
        'Conference: https://visio.test/1 <https://visio.test/1>\r\nmine too',
      )
      .concat('\r\nbelow');
    expect(read({ ...item, body }).main?.body.plain).toBe('Mine\n\ntwo\nmine too\nbelow');
  });

  it('[H30] a note that the user took away is no change', () => {
    const item = write(LINKED);
    expect(read({ ...item, body: 'Agenda\r\n\r\ntwo' })).toEqual(LINKED);
  });

  it('[H30] follows the links, and goes with the last of them; the words stay', () => {
    const { main = anEvent() } = LINKED;
    const moved = write({ ...LINKED, main: { ...main, url: 'https://acme.test/e/2', files: [] } }, write(LINKED));
    expect(lines(moved).slice(4)).toEqual([
      '----- BlueMind -----',
      'Page: https://acme.test/e/2',
      'Conference: https://visio.test/1',
      '--------------------',
    ]);
    const bare = write({ ...LINKED, main: { ...main, url: '', conference: undefined, files: [] } }, moved);
    expect([bare.body, bare.tags[TAG.note]]).toEqual(['Agenda\r\n\r\ntwo', undefined]);
  });

  it('[H30] an edit elsewhere leaves text and note as Outlook has them', () => {
    const item = { ...write(LINKED), body: `${write(LINKED).body}  \r\n\r\n` };
    const series = read(item);
    const edited = write({ ...series, main: series.main && { ...series.main, title: 'edited' } }, item);
    expect(edited).toEqual({ ...item, subject: 'edited' });
  });

  it('[H30] a changed occurrence with words of its own has the note of its series', () => {
    const own = {
      ...anEvent(LINKS),
      body: plainText('only here'),
      when: at('2026-03-09T09:00:00', '2026-03-09T10:00:00'),
    };
    const series = mondays('FREQ=WEEKLY;BYDAY=MO;COUNT=4', {
      main: anEvent({ ...LINKS, body: plainText('Agenda') }),
      exceptions: [anException('2026-03-09T09:00:00', own)],
    });
    const item = write(series);
    expect(item.recurrence?.exceptions[0]?.body).toContain('Page: https://acme.test/e/1');
    expect(read(item)).toEqual(series);
  });
});

describe('what Outlook cannot hold is said on the item', () => {
  it('[H5] in the language of the user, and never comes back', () => {
    const series = mondays('FREQ=MONTHLY;BYMONTHDAY=1,15');
    const item = write(series);
    expect(lines(item)[3]).toMatch(
      /^Outlook cannot hold how this series repeats .* from 15 March 2026 to \d+ \w+ 20\d\d\./,
    );
    const french = outlookEvent.write(undefined, series, { ...context, language: 'fr' });
    expect(lines(french)[3]).toMatch(/^Outlook ne peut pas .* du 15 mars 2026 au /);
    expect([read(item).main?.body.plain, outlookEvent.read(french, context).main?.body.plain]).toEqual([
      'Agenda',
      'Agenda',
    ]);
    expect(seriesKit.changedFields(read(item), outlookEvent.read(french, context))).toEqual([]);
  });

  it('[H5] no more once the rule is one that Outlook holds', () => {
    const item = write(mondays('FREQ=MONTHLY;BYMONTHDAY=1,15'));
    const plain = write(mondays('FREQ=WEEKLY;BYDAY=MO'), item);
    expect([plain.body, plain.tags[TAG.note], plain.tags[TAG.simplified]]).toEqual(['Agenda', undefined, undefined]);
  });

  it('[H1] the second occurrence of a day, by its time and title', () => {
    const moved = anException('2026-03-09T09:00:00', {
      title: 'Moved',
      when: at('2026-03-16T14:00:00', '2026-03-16T15:00:00'),
    });
    expect(lines(write(mondays('FREQ=WEEKLY;BYDAY=MO;COUNT=6', { exceptions: [moved] })))).toContain(
      'Not shown in Outlook: 16 March 2026, 14:00 Moved',
    );
  });

  it('[H2] changed occurrences of dates that the rule does not make', () => {
    const strays = [1, 2, 3, 4, 5, 6, 7].map((day) =>
      anException(`2026-05-0${day}T08:00:00`, {
        title: `Stray ${day}`,
        when: at(`2026-05-0${day}T08:00:00`, `2026-05-0${day}T09:00:00`),
      }),
    );
    const series = mondays('FREQ=WEEKLY;BYDAY=MO;COUNT=4', { exceptions: strays });
    const item = write(series);
    expect(lines(item).slice(3, 9)).toEqual([
      'Not shown in Outlook: 1 May 2026, 08:00 Stray 1',
      'Not shown in Outlook: 2 May 2026, 08:00 Stray 2',
      'Not shown in Outlook: 3 May 2026, 08:00 Stray 3',
      'Not shown in Outlook: 4 May 2026, 08:00 Stray 4',
      'Not shown in Outlook: 5 May 2026, 08:00 Stray 5',
      'Not shown in Outlook: 2 more occurrences. See them in BlueMind.',
    ]);
    // They are known all the same: an edit of the server elsewhere leaves them told, and one of theirs is told anew.
    expect(read(item)).toEqual(series);
    const main = series.main && { ...series.main, title: 'edited' };
    expect(lines(write({ ...series, main }, item)).slice(3)).toEqual(lines(item).slice(3));
    expect(lines(write({ ...series, exceptions: strays.slice(6) }, item)).slice(3)).toEqual([
      'Not shown in Outlook: 7 May 2026, 08:00 Stray 7',
      '--------------------',
    ]);
  });

  it('[H9] that the user is invited to single occurrences only', () => {
    const orphan = { original: { at: '2026-03-09T09:00:00', zone: 'Europe/Paris' }, event: anEvent() };
    expect(lines(write({ ...aSeries(), main: undefined, exceptions: [orphan] }))).toContain(
      'Part of a series: you are invited to single occurrences of it only.',
    );
  });
});
