/** Files of calendars and contacts taken into BlueMind, from the bytes on the disk to the items in Outlook. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ImportReport } from '../../src/agent/import/report.ts';
import { type SmallDesk, smallDesk } from './small-desk.ts';
import { BOOK, CALENDAR } from './world.ts';

const small = smallDesk();

const lines = (...text: readonly string[]) => `${text.join('\r\n')}\r\n`;

const ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Office',
  'BEGIN:STANDARD',
  'DTSTART:16011028T030000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010325T020000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

/** A series whose exception stands apart from it, a meeting with guests, an event without an end, one without a start. */
const CALENDAR_FILE = lines(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  ...ZONE,
  ...['BEGIN:VEVENT', 'UID:series', 'SUMMARY:Week', 'DTSTART;TZID=Office:20260105T090000'],
  ...['DTEND;TZID=Office:20260105T100000', 'RRULE:FREQ=WEEKLY;COUNT=5', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:meeting', 'SUMMARY:Meeting', 'DTSTART:20260107T090000Z', 'DTEND:20260107T100000Z'],
  ...['ORGANIZER:mailto:jane@demo.test', 'ATTENDEE;CN=Ann:mailto:ann@example.org', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:nothing', 'SUMMARY:Nowhen', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:series', 'RECURRENCE-ID;TZID=Office:20260112T090000', 'SUMMARY:Moved'],
  ...['DTSTART;TZID=Office:20260112T140000', 'DTEND;TZID=Office:20260112T150000', 'END:VEVENT'],
  ...['BEGIN:VTODO', 'UID:task', 'END:VTODO'],
  'END:VCALENDAR',
);

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const CARD_FILE = lines(
  ...['BEGIN:VCARD', 'VERSION:3.0', 'KIND:group', 'UID:team', 'FN:Team', 'MEMBER:urn:uuid:ann', 'END:VCARD'],
  ...['BEGIN:VCARD', 'VERSION:3.0', 'UID:ann', 'N:Poe;Ann;;;', 'FN:Ann Poe', 'EMAIL:ann@example.org'],
  ...[`PHOTO;ENCODING=b;TYPE=PNG:${PIXEL}`, 'END:VCARD'],
  ...[
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=A9a;Bob',
    'TEL;CELL:+33 1',
    'END:VCARD',
  ],
  ...['BEGIN:VCARD', 'VERSION:4.0', 'NOTE:nobody', 'END:VCARD'],
);

function file(name: string, content: string | Uint8Array): { path: string } {
  const path = join(small().home, name);
  writeFileSync(path, content);
  return { path };
}

async function importing(files: readonly { path: string }[], dryRun = false, into: readonly string[] = []) {
  return small().desk.agent.imports.files(files, { into, dryRun });
}

/** Counts that are not zero. */
function told({ counts, others }: ImportReport): Record<string, number> {
  const all = Object.entries(counts).flatMap(([kind, fates]) =>
    Object.entries(fates).map(([fate, count]) => [`${kind} ${fate}`, count] as const),
  );
  return Object.fromEntries([...all, ['others', others] as const].filter(([, count]) => count > 0));
}

const titles = async (container: string, where: keyof Pick<SmallDesk, 'onServer' | 'inOutlook'> = 'onServer') =>
  (await small()[where](container)).map(([, title]) => title);

it('[A4] a calendar and cards come to the server and to Outlook, nobody is notified, and doing it again changes nothing', async () => {
  const files = [file('a.ics', CALENDAR_FILE), file('b.vcf', CARD_FILE)];
  const preview = await importing(files, true);
  expect(told(preview)).toEqual({
    ...{ 'event new': 2, 'event refused': 1, 'contact new': 2, 'contact refused': 1, 'group new': 1, others: 1 },
  });
  expect(await titles(CALENDAR)).toEqual([]);
  const report = await importing(files);
  expect(told(report)).toEqual({
    ...{ 'event taken': 2, 'event refused': 1, 'contact taken': 2, 'contact refused': 1, 'group taken': 1, others: 1 },
  });
  expect(report.refused.map(({ title, reason }) => [title, reason])).toEqual([
    ['Nowhen', 'invalid'],
    ['', 'invalid'],
  ]);
  expect(await titles(CALENDAR)).toEqual(['Meeting', 'Week']);
  expect(await titles(BOOK)).toEqual(['Ann Poe', 'Bob Léa', 'Team']);
  expect(await small().run()).toMatchObject({ failed: 0, held: 0 });
  expect(await titles(CALENDAR, 'inOutlook')).toEqual(['Meeting', 'Week']);
  expect(await titles(BOOK, 'inOutlook')).toEqual(['Ann Poe', 'Bob Léa', 'Team']);
  expect(told(await importing(files))).toEqual({
    ...{ 'event there': 2, 'event refused': 1, 'contact there': 2, 'contact refused': 1, 'group there': 1, others: 1 },
  });
  expect(small().server.kernel.store.outbox.all()).toEqual([]);
});

it('[A4] what was edited since it was imported is known again by its uid, and stays as it was edited', async () => {
  const files = [file('b.vcf', CARD_FILE)];
  await importing(files);
  const [[uid = ''] = []] = await small().onServer(BOOK);
  const value = {
    identification: { formatedName: { value: 'Anna Poe' }, name: { familyNames: 'Poe', givenNames: 'Anna' } },
  };
  await small().cards({ modify: [{ uid, value: { kind: 'individual', ...value } }] });
  expect(told(await importing(files))).toMatchObject({ 'contact there': 2, 'group there': 1 });
  expect(await titles(BOOK)).toEqual(['Anna Poe', 'Bob Léa', 'Team']);
});

it('[A4] exports of Outlook in French and German are read with their dates and encodings', async () => {
  const french = Buffer.from(
    'Objet;Début;Début;Fin;Fin;Journée entière;Rappel actif/inactif;Date de rappel;Heure du rappel;Catégories;Description;Emplacement\r\n' +
      '"Réunion ""A""";05/02/2026;14:00:00;05/02/2026;15:30:00;Faux;Vrai;05/02/2026;13:45:00;Équipe;"une ligne\r\ndeux";Salle 1\r\n' +
      'Congé;06/02/2026;00:00:00;08/02/2026;00:00:00;Vrai;Faux;;;;;\r\n',
    'latin1',
  );
  const german = Buffer.from(
    '\ufeffVorname,Nachname,Firma,E-Mail-Adresse,Geburtstag,Straße geschäftlich\r\nJörg,Groß,"Müller, Söhne",JOERG@example.org,24.12.1970,Am Weg 1\r\n',
    'utf16le',
  );
  const report = await importing([file('f.csv', french), file('g.csv', german)]);
  expect(told(report)).toEqual({ 'event taken': 2, 'contact taken': 1 });
  const items = async (folder: string) => {
    const pair = small()
      .desk.agent.pairs()
      .find(({ folders }) => folders.server === folder);
    return (await small().desk.agent.look(pair?.id ?? '')).outlook.map(({ content }) => content);
  };
  await small().run();
  expect(await items(CALENDAR)).toMatchObject([
    {
      main: {
        title: 'Réunion "A"',
        when: { start: { wall: '2026-02-05T14:00:00' }, end: { wall: '2026-02-05T15:30:00' } },
        location: 'Salle 1',
        body: { plain: 'une ligne\ndeux' },
        categories: ['Équipe'],
      },
    },
    { main: { title: 'Congé', when: { kind: 'date', start: '2026-02-06', end: '2026-02-08' } } },
  ]);
  expect(await items(BOOK)).toMatchObject([
    {
      name: { given: 'Jörg', family: 'Groß' },
      company: 'Müller, Söhne',
      birthday: '1970-12-24',
      emails: [{ address: 'joerg@example.org' }],
      addresses: [{ place: 'work', street: 'Am Weg 1' }],
    },
  ]);
});

it('[A4] a file that cannot be read costs nothing but itself; without a place of their kind things are left', async () => {
  const files = [
    file('a.ics', CALENDAR_FILE),
    file('x.pst', '!BDN and nothing'),
    file('y.docx', 'text'),
    { path: '/nowhere' },
  ];
  const report = await importing(files, false, [BOOK]);
  expect(told(report)).toEqual({ 'event left': 2, 'event refused': 1, others: 1 });
  expect(report.sources.map(({ name, failure }) => [name, failure?.code])).toEqual([
    ['a.ics', undefined],
    ['x.pst', 'IMPORT_DAMAGED'],
    ['y.docx', 'IMPORT_KIND_UNKNOWN'],
    ['nowhere', 'IMPORT_UNREADABLE'],
  ]);
  await expect(importing(files, false, ['no such'])).rejects.toMatchObject({ code: 'CONTAINER_UNKNOWN' });
});

it('[A4] a cancelled import keeps what it took, and goes on where it ended when it is begun again', async () => {
  const many = Array.from({ length: 450 }, (_, at) =>
    lines('BEGIN:VCARD', 'VERSION:3.0', `FN:Person ${at}`, `N:${at};Person;;;`, 'END:VCARD'),
  );
  const files = [file('many.vcf', many.join(''))];
  const stop = new AbortController();
  const progress = ({ items }: { items: number }) => items >= 250 && stop.abort();
  const first = await small().desk.agent.imports.files(files, {
    into: [],
    dryRun: false,
    progress,
    signal: stop.signal,
  });
  expect(first.outcome).toBe('cancelled');
  expect(told(first)).toEqual({ 'contact taken': 200 });
  expect(told(await importing(files))).toEqual({ 'contact taken': 250, 'contact there': 200 });
});
