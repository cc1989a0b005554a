/** A card with more of everything than Outlook has room for, edited on both sides in turn: over HTTP, the agent and the emulator. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import { fetchPhoto } from '../../src/bluemind/book-service.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { CERTIFICATE } from '../../src/mapping/testing/card-samples.ts';
import { emptyCard } from '../../src/mapping/vcard/empty-card.ts';
import { writePng } from '../../src/node/pictures/png.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import type { VCard } from '../../src/wire/addressbook.ts';
import { editContact, outlookItems } from './contact-user.ts';
import { BOOK, type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

/** Edits, on one side and the other in turn: 100 in a long run. */
const EDITS = process.env['RUNS'] === undefined ? 10 : 100;

let server: RunningServer;
let session: Session;
let desk: Desk;

beforeEach(async () => {
  const home = newFolder();
  server = await startServer(home);
  session = lineTo(server.url);
  desk = await openDesk(home, server.url);
});
afterEach(async () => {
  await desk.close();
  await session.close();
  await server.close();
});

const path = (rest: string) => `/addressbooks/${encodeURIComponent(BOOK)}/${rest}`;
const type = (value: string) => ({ label: 'TYPE', value });
const own = { label: 'X-OWN', value: 'kept' };
const many = <T>(count: number, entry: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => entry(at));

function richCard(): VCard {
  const empty = emptyCard('individual');
  const place = (at: number) => type(['work', 'home'][at % 2] ?? 'work');
  return {
    ...empty,
    identification: {
      ...empty.identification,
      formatedName: { value: 'Roe, Jane', parameters: [own] },
      name: { ...empty.identification?.name, familyNames: 'Roe', givenNames: 'Jane', parameters: [own] },
      gender: { value: 'O', text: 'her own', parameters: [own] },
      birthday: Date.UTC(1604, 3, 12),
    },
    communications: {
      emails: many(9, (at) => ({ value: `e${at}@x.test`, parameters: [place(at), own] })),
      tels: many(12, (at) => ({
        value: `+${at}`,
        ext: null,
        parameters: [type(['work', 'home', 'cell'][at % 3] ?? 'work'), type('voice'), own],
      })),
      impps: many(3, (at) => ({ value: `sip:i${at}`, parameters: [own] })),
      langs: [{ value: 'fr', parameters: [own] }],
    },
    deliveryAddressing: many(5, (at) => ({
      address: {
        value: `label ${at}`,
        parameters: at === 4 ? [own] : [place(at), own],
        postOfficeBox: null,
        extentedAddress: at === 0 ? 'B 12' : `floor ${at}`,
        streetAddress: `${at} main st`,
        locality: `City ${at}`,
        region: null,
        postalCode: null,
        countryName: null,
      },
    })),
    explanatory: {
      urls: many(4, (at) => ({ value: `https://u${at}.test`, parameters: [own] })),
      categories: [],
      note: '<p>One <b>two</b></p>',
    },
    security: { keys: [{ value: pem(CERTIFICATE), parameters: [own] }] },
  };
}

test(`[H29] a card with nine addresses, a photo of 3 MB and a certificate survives ${EDITS} edits on both sides`, async () => {
  const photo = noisyPng(950);
  expect(photo.length).toBeGreaterThan(3_000_000);
  const base64 = Buffer.from(photo).toString('base64');
  await change({ add: [{ uid: 'jane', value: richCard(), photo: base64 }] });
  const begin = await stored();
  const totals = { changes: 0, failed: 0, held: 0 };
  const run = async () => {
    const { changes, failed, held } = totalsOf((await desk.agent.run()).folders);
    totals.changes += changes;
    totals.failed += failed;
    totals.held += held;
  };
  await run();
  for (let at = 0; at < EDITS; at++) {
    if (at % 2 === 0) await editInOutlook(at);
    else await change({ modify: [{ uid: 'jane', value: withTitle(await stored(), `Job ${at}`), photo: null }] });
    await run();
  }
  // Nothing came back: one change for the creation, one for each edit.
  expect(totals).toEqual({ changes: 1 + EDITS, failed: 0, held: 0 });
  const last = EDITS - 2;
  expect(await stored()).toEqual(edited(begin, last));
  expect(Buffer.compare((await fetchPhoto(session, BOOK, 'jane')) ?? Buffer.alloc(0), photo)).toBe(0);
  const [item] = await outlookItems(desk.emulator, [
    'JobTitle',
    'Email2Address',
    'HasPicture',
    'OfficeLocation',
    'FileAs',
  ]);
  expect(item).toEqual({
    JobTitle: `Job ${EDITS - 1}`,
    Email2Address: `new${last}@x.test`,
    HasPicture: true,
    OfficeLocation: 'B 12',
    FileAs: 'Mine',
  });
  await run();
  expect(totals.changes).toBe(1 + EDITS);
});

async function editInOutlook(at: number): Promise<void> {
  const put = (member: string, value: string) => ({ do: 'put', on: 'item', member, value }) as const;
  await editContact(desk.emulator, 'Jane Roe', [
    put('Email2Address', `new${at}@x.test`),
    put('MobileTelephoneNumber', `+00${at}`),
    put('BusinessAddressCity', `Lyon ${at}`),
    put('Spouse', `S ${at}`),
    put('FileAs', 'Mine'),
  ]);
}

/** The card as it was, but for what the users of both sides changed. */
function edited(card: VCard, at: number): VCard {
  const { communications, deliveryAddressing } = card;
  return {
    ...withTitle(card, `Job ${EDITS - 1}`),
    related: { ...card.related, spouse: `S ${at}` },
    communications: {
      ...communications,
      emails: communications?.emails?.map((one, index) => (index === 1 ? { ...one, value: `new${at}@x.test` } : one)),
      tels: communications?.tels?.map((one, index) => (index === 2 ? { ...one, value: `+00${at}` } : one)),
    },
    deliveryAddressing: deliveryAddressing?.map((one, index) =>
      index === 0 ? { address: { ...one.address, locality: `Lyon ${at}` } } : one,
    ),
  };
}

function withTitle(card: VCard, title: string): VCard {
  return { ...card, organizational: { ...card.organizational, title } };
}

async function stored(): Promise<VCard> {
  const [item] = (await session.call({ method: 'POST', path: path('_mget'), body: ['jane'] })) as { value: VCard }[];
  if (item === undefined) throw new Error('the card is gone');
  return item.value;
}

async function change(changes: { readonly add?: unknown[]; readonly modify?: unknown[] }): Promise<void> {
  const body = { add: [], modify: [], delete: [], ...changes };
  const { errors } = (await session.call({ method: 'PUT', path: path('_mupdates'), body })) as { errors: unknown[] };
  expect(errors).toEqual([]);
}

function pem(base64: string): string {
  return ['-----BEGIN CERTIFICATE-----', ...(base64.match(/.{1,64}/g) ?? []), '-----END CERTIFICATE-----'].join('\n');
}

/** A picture that cannot be packed. */
function noisyPng(side: number): Uint8Array {
  const rgba = new Uint8Array(side * side * 4);
  for (let i = 0, state = 7; i < rgba.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    rgba[i] = i % 4 === 3 ? 255 : state >> 16;
  }
  return writePng({ width: side, height: side, rgba });
}
