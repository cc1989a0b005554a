import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VCard } from '../../wire/addressbook.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const BOOK = '/addressbooks/book%3AContacts_U1';

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let next = 0;
const newUid = () => `card-${++next}`;

function named(name: string, more: VCard = {}): VCard {
  return { kind: 'individual', ...more, identification: { formatedName: { value: name }, ...more.identification } };
}

/** The card as the server gives it back. */
async function stored(card: object): Promise<VCard> {
  const uid = newUid();
  await world.john.call('PUT', `${BOOK}/${uid}`, card);
  return (await world.john.call('GET', `${BOOK}/${uid}/complete`)).value;
}

const refused = (card: unknown) => world.john.refused('PUT', `${BOOK}/${newUid()}`, card);

describe('what is rewritten', () => {
  test('[AB1] parts that are not there are filled', async () => {
    expect(await stored({ kind: 'individual', identification: { formatedName: { value: 'Jane' } } })).toEqual({
      kind: 'individual',
      source: null,
      identification: {
        formatedName: { value: 'Jane', parameters: [] },
        name: {
          value: null,
          parameters: [],
          familyNames: null,
          givenNames: null,
          additionalNames: null,
          prefixes: null,
          suffixes: null,
        },
        nickname: { value: null, parameters: [] },
        photo: false,
        birthday: null,
        anniversary: null,
        gender: { value: null, text: null, parameters: [] },
      },
      deliveryAddressing: [],
      communications: { tels: [], emails: [], impps: [], langs: [] },
      organizational: {
        title: null,
        role: null,
        org: { company: null, division: null, department: null },
        member: [],
      },
      explanatory: { urls: [], categories: [], note: null },
      related: { spouse: null, manager: null, assistant: null },
      security: { keys: [] },
    });
  });

  test('[AB7] addresses are lower-case and trimmed, taken out of a name; null ones go', async () => {
    const emails = [{ value: ' Jane@X.Test ' }, { value: 'Jane Roe <JR@x.test>' }, { value: null }];
    const card = await stored(named('Jane', { communications: { emails } }));
    expect(card.communications?.emails?.map((email) => email.value)).toEqual(['jane@x.test', 'jr@x.test']);
  });

  test.each([
    [
      'given, additional and family name',
      { name: { givenNames: ' Jane ', additionalNames: 'A', familyNames: 'Roe' } },
      'Jane A Roe',
    ],
    ['prefix and suffix', { name: { prefixes: 'Dr', suffixes: 'PhD' } }, 'Dr PhD'],
    ['the company', {}, 'Acme'],
  ])('[AB9] a name to show is built from %s', async (_, identification, expected) => {
    const card = { kind: 'individual', identification, organizational: { org: { company: 'Acme' } } };
    expect((await stored(card)).identification?.formatedName?.value).toBe(expected);
  });

  test('[AB9] the main address is the last resort, not the first', async () => {
    const emails = [{ value: 'a@x.test' }, { value: 'b@x.test', parameters: [{ label: 'DEFAULT', value: 'true' }] }];
    const card = await stored({ kind: 'individual', communications: { emails } });
    expect(card.identification?.formatedName?.value).toBe('b@x.test');
  });

  test('[AB10] blank parameters go, semicolons inside them too', async () => {
    const parameters = [
      { label: 'TYPE', value: 'wo;rk' },
      { label: 'TYPE', value: ' ' },
      { label: null, value: 'x' },
    ];
    const card = await stored(named('Jane', { communications: { tels: [{ value: '1', parameters }] } }));
    expect(card.communications?.tels?.[0]?.parameters).toEqual([{ label: 'TYPE', value: 'work' }]);
  });

  test('[AB11] days from the year 2200 on are dropped, the others are days', async () => {
    const identification = { birthday: Date.UTC(4501, 0, 1), anniversary: Date.UTC(2001, 1, 3, 11) };
    expect((await stored(named('Jane', { identification }))).identification).toMatchObject({
      birthday: null,
      anniversary: Date.UTC(2001, 1, 3),
    });
  });

  test('[AB12] extensions of numbers and parameters of nicknames are lost', async () => {
    const card = await stored(
      named('Jane', {
        communications: { tels: [{ value: '1', ext: '2' }] },
        identification: { nickname: { value: 'J', parameters: [{ label: 'A', value: 'b' }] } },
      }),
    );
    expect(card.communications?.tels?.[0]?.ext).toBeNull();
    expect(card.identification?.nickname).toEqual({ value: 'J', parameters: [] });
  });

  test('[AB13] parts of the name are trimmed, certificates without text go', async () => {
    const name = { familyNames: ' Roe ' };
    const card = await stored(named('J', { identification: { name }, security: { keys: [{ value: ' ' }] } }));
    expect(card.identification?.name?.familyNames).toBe('Roe');
    expect(card.security?.keys).toEqual([]);
  });

  test('[AB15] unknown tags go, known ones are told as they are now', async () => {
    await world.john.call('PUT', '/tags/tags_U1/t1', { label: 'Work', color: '3d98ff' });
    const categories = [
      { containerUid: 'tags_U1', itemUid: 't1', label: 'old' },
      { containerUid: 'tags_U1', itemUid: 'nope' },
    ];
    const uid = newUid();
    await world.john.call('PUT', `${BOOK}/${uid}`, named('J', { explanatory: { categories } }));
    await world.john.call('POST', '/tags/tags_U1/t1', { label: 'Job', color: '000000' });
    const [card] = await world.john.call('POST', `${BOOK}/_mget`, [uid, 'nobody']);
    expect(card.value.explanatory.categories).toEqual([
      { containerUid: 'tags_U1', itemUid: 't1', label: 'Job', color: '000000' },
    ]);
    expect(await refused(named('J', { explanatory: { categories: [{ itemUid: 't1' }] } }))).toBe('- 500');
  });
});

describe('what is refused', () => {
  test.each(['tels', 'emails', 'impps', 'langs'])('[AB2] a null list of %s makes the server stumble', async (list) => {
    expect(await refused({ ...named('J'), communications: { [list]: null } })).toBe('- 500');
  });

  test('[AB3] a card without a kind is INVALID_PARAMETER', async () => {
    expect(await refused({ identification: { formatedName: { value: 'J' } } })).toBe('INVALID_PARAMETER 500');
  });

  test('[AB4] a card without anything to call it by is INVALID_PARAMETER, and so is a group without its name', async () => {
    expect(await refused({ kind: 'individual' })).toBe('INVALID_PARAMETER 500');
    expect(await refused({ kind: 'group', organizational: { org: { company: 'A' } } })).toBe('INVALID_PARAMETER 500');
  });

  test.each(['jane', 'jane@', '@x.test', 'a b@x.test', 'a@x', 'a@-x.test', ''])(
    '[AB5] %j is no e-mail address',
    async (value) => {
      expect(await refused(named('J', { communications: { emails: [{ value }] } }))).toBe('INVALID_EMAIL 500');
    },
  );

  test('[AB6] a certificate that is no PEM text is INVALID_PEM_CERTIFICATE', async () => {
    const keys = [{ value: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }];
    expect(await refused(named('J', { security: { keys } }))).toBe('INVALID_PEM_CERTIFICATE 500');
  });

  test('[AB8] a gender of more than 40 characters is SQL_ERROR', async () => {
    expect(await refused(named('J', { identification: { gender: { value: 'x'.repeat(41) } } }))).toBe('SQL_ERROR 500');
  });

  test('[AB16] no card at all is refused', async () => {
    expect(await refused(null)).toBe('UNKNOWN 500');
  });
});

describe('reading and writing', () => {
  test('[AB45] what is unknown is 204 to read, NOT_FOUND to change; what is there cannot be created', async () => {
    expect((await world.john.raw('GET', `${BOOK}/nobody/complete`)).status).toBe(204);
    expect((await world.john.raw('GET', `${BOOK}/nobody/info`)).status).toBe(204);
    expect(await world.john.refused('POST', `${BOOK}/nobody`, named('J'))).toBe('NOT_FOUND 404');
    expect(await world.john.refused('DELETE', `${BOOK}/nobody`)).toBe('NOT_FOUND 404');
    const uid = newUid();
    await world.john.call('PUT', `${BOOK}/${uid}`, named('J'));
    expect(await world.john.refused('PUT', `${BOOK}/${uid}`, named('J'))).toBe('ALREADY_EXISTS 500');
  });

  test('[AB44] Read reads, Write writes, Manage resets', async () => {
    const uid = newUid();
    await world.john.call('PUT', `${BOOK}/${uid}`, named('J'));
    expect(await world.ann.refused('GET', `${BOOK}/_all`)).toBe('PERMISSION_DENIED 403');
    await world.john.call('PUT', '/containers/_manage/book%3AContacts_U1/_acl', [{ subject: 'U2', verb: 'Read' }]);
    expect(await world.ann.call('GET', `${BOOK}/_all`)).toContain(uid);
    expect(await world.ann.refused('PUT', `${BOOK}/${newUid()}`, named('J'))).toBe('PERMISSION_DENIED 403');
    await world.john.call('PUT', '/containers/_manage/book%3AContacts_U1/_acl', [{ subject: 'U2', verb: 'Write' }]);
    await world.ann.call('PUT', `${BOOK}/${newUid()}`, named('By Ann'));
    expect(await world.ann.refused('POST', `${BOOK}/_reset`)).toBe('PERMISSION_DENIED 403');
  });

  test('[AB43] touch takes the uid from its body, not from its path', async () => {
    const uid = newUid();
    await world.john.call('PUT', `${BOOK}/${uid}`, named('J'));
    const since = await world.john.call('GET', `${BOOK}/_version`);
    await world.john.call('POST', `${BOOK}/whatever/_touch`, uid);
    expect((await world.john.call('GET', `${BOOK}/_changeset?since=${since}`)).updated).toEqual([uid]);
  });

  test('[AB46] cards are written by ids that were given out, and get uids after them', async () => {
    const { globalCounter } = await world.john.call('POST', '/offline/acme.test/U1/_allocateOfflineIds?idCount=3');
    const ack = await world.john.call('PUT', `${BOOK}/id/${globalCounter}`, named('By id'));
    expect(ack).toEqual({ version: expect.any(Number), timestamp: expect.any(Number) });
    const card = await world.john.call('GET', `${BOOK}/${globalCounter}/completeById`);
    expect(card).toMatchObject({
      uid: `vcard-by-id:${globalCounter}`,
      internalId: globalCounter,
      displayName: 'By id',
    });
    expect(await world.john.refused('PUT', `${BOOK}/id/999999`, named('J'))).toBe('ALREADY_EXISTS 500');
    await world.john.call('DELETE', `${BOOK}/_multipleDelete`, [globalCounter]);
    expect(await world.john.call('POST', `${BOOK}/_mgetById`, [globalCounter])).toEqual([]);
    expect((await world.john.raw('GET', `${BOOK}/_itemIds`)).status).toBe(500);
  });

  test('[AB35] copying and moving keep uid and photo; a taken uid refuses the call', async () => {
    const other = '/addressbooks/book%3ACollectedContacts_U1';
    const uid = newUid();
    const photo = Buffer.from('photo').toString('base64');
    await world.john.call('PUT', `${BOOK}/_mupdates`, {
      add: [{ uid, value: named('J'), photo }],
      modify: [],
      delete: [],
    });
    await world.john.call('POST', `${BOOK}/_copy/book%3ACollectedContacts_U1`, [uid, 'nobody']);
    expect((await world.john.raw('GET', `${other}/${uid}/photo`)).text).toBe('photo');
    expect((await world.john.call('GET', `${other}/${uid}/complete`)).value.identification.photo).toBe(true);
    expect(await world.john.refused('POST', `${BOOK}/_move/book%3ACollectedContacts_U1`, [uid])).toBe(
      'ALREADY_EXISTS 500',
    );
    expect(await world.john.call('GET', `${BOOK}/_all`)).toContain(uid);
    await world.john.call('DELETE', `${other}/${uid}`);
    await world.john.call('POST', `${BOOK}/_move/book%3ACollectedContacts_U1`, [uid]);
    expect(await world.john.call('GET', `${BOOK}/_all`)).not.toContain(uid);
    expect(await world.john.call('GET', `${other}/_all`)).toEqual([uid]);
  });

  test('[AB37] a reset leaves one deletion per card', async () => {
    const book = '/addressbooks/book%3ACollectedContacts_U2';
    for (const uid of ['a', 'b']) await world.ann.call('PUT', `${book}/${uid}`, named(uid));
    const since = await world.ann.call('GET', `${book}/_version`);
    await world.ann.call('POST', `${book}/_reset`);
    expect((await world.ann.call('GET', `${book}/_changeset?since=${since}`)).deleted.sort()).toEqual(['a', 'b']);
  });
});

describe('batches', () => {
  test('[AB40] cards come before groups, held groups before those that hold them', async () => {
    const group = (name: string, ...members: string[]): VCard => ({
      ...named(name),
      kind: 'group',
      organizational: { member: members.map((itemUid) => ({ itemUid, mailto: `${itemUid}@x.test` })) },
    });
    const card = (uid: string) => named(uid, { communications: { emails: [{ value: `${uid}@x.test` }] } });
    const add = [
      { uid: 'outer', value: group('outer', 'inner', 'bc1') },
      { uid: 'inner', value: group('inner', 'bc1') },
      { uid: 'bc1', value: card('bc1') },
    ];
    const result = await world.john.call('PUT', `${BOOK}/_mupdates`, { add, modify: [], delete: [] });
    expect(result).toMatchObject({ added: ['bc1', 'inner', 'outer'], errors: [] });
    const outer = await world.john.call('GET', `${BOOK}/outer/complete`);
    expect(outer.value.organizational.member.map((member: { itemUid: string }) => member.itemUid)).toEqual([
      'inner',
      'bc1',
    ]);
  });

  test('[AB41] a refused card is told, the others are stored; modifying what is missing creates it', async () => {
    const changes = {
      add: [{ uid: 'bad', value: { kind: 'individual' } }],
      modify: [{ uid: 'back', value: named('Back') }],
      delete: [{ uid: 'never' }],
    };
    expect(await world.john.call('PUT', `${BOOK}/_mupdates`, changes)).toMatchObject({
      added: ['back'],
      updated: [],
      removed: ['never'],
      errors: [{ uid: 'bad', errorCode: 'INVALID_PARAMETER' }],
    });
  });

  test('[AB41] _sync hides what was refused and tells the changes; without a body it stumbles', async () => {
    const since = await world.john.call('GET', `${BOOK}/_version`);
    const changes = {
      add: [
        { uid: 'bad2', value: {} },
        { uid: 'good2', value: named('G') },
      ],
      modify: [],
      delete: [],
    };
    expect(await world.john.call('POST', `${BOOK}/_sync?since=${since}`, changes)).toMatchObject({
      created: ['good2'],
    });
    expect(await world.john.refused('POST', `${BOOK}/_sync?since=0`, null)).toBe('- 500');
  });

  test('[AB42] a book of a person holds 15,000 cards, and a batch beyond that is refused as a whole', async () => {
    const { store } = world.server.kernel;
    const uid = 'book:CollectedContacts_U2';
    const container = store.containers.byUid(uid);
    const template = store.items.byUid(store.containers.byUid('book:Contacts_U1')?.id ?? 0, 'back');
    if (container === undefined || template === undefined) throw new Error('no book');
    const last = store.items.allocateIds(15_000);
    store.transaction(() => {
      for (let i = 0; i < 15_000; i++)
        store.items.insert({ ...template, id: last - i, uid: `full-${i}`, containerId: container.id, version: i });
    });
    const book = `/addressbooks/${encodeURIComponent(uid)}`;
    expect(await world.ann.refused('PUT', `${book}/one-more`, named('J'))).toBe('MAX_ITEM_COUNT 500');
    const add = [{ uid: 'one-more', value: named('J') }];
    expect(await world.ann.call('PUT', `${book}/_mupdates`, { add, modify: [], delete: [] })).toEqual({
      added: [],
      updated: [],
      removed: [],
      unhandled: [],
      errors: [{ message: expect.any(String), uid: null, errorCode: 'MAX_ITEM_COUNT' }],
      version: null,
    });
  });
});
