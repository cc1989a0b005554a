import assert from 'node:assert/strict';
import { type Check, check } from '../check.ts';
import type { Place } from '../place.ts';
import { card, mail } from '../values.ts';

async function stored({ me, book, fresh }: Place, value: object) {
  const uid = fresh();
  await me.call('PUT', `${book}/${uid}`, value);
  return me.call('GET', `${book}/${uid}/complete`);
}

const refused = (rule: string, says: string, value: object, outcome: string): Check =>
  check(rule, says, async ({ me, book, fresh }) => {
    assert.equal(await me.outcome('PUT', `${book}/${fresh()}`, value), outcome);
  });

/** One red point, as a PNG file. */
const POINT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);

/** Cards, groups, photos. @source fact sheet 5 and 10.3 */
export const cards: readonly Check[] = [
  refused(
    'AB2',
    'a null list in a part that is there is a bare fault',
    card('X', { communications: { emails: null, tels: [], impps: [], langs: [] } }),
    '- 500',
  ),
  refused('AB3', 'no kind: INVALID_PARAMETER', card('X', { kind: null }), 'INVALID_PARAMETER 500'),
  refused('AB5', 'an address that is none: INVALID_EMAIL', card('X', mail('no address')), 'INVALID_EMAIL 500'),
  refused(
    'AB6',
    'a certificate that is none',
    card('X', { security: { keys: [{ value: 'nonsense', parameters: [] }] } }),
    'INVALID_PEM_CERTIFICATE 500',
  ),
  check('AB7', 'addresses are lower-case and trimmed', async (place) => {
    const { value } = await stored(place, card('X', mail(' Jane@Nowhere.TEST ')));
    assert.equal(value.communications.emails[0].value, 'jane@nowhere.test');
  }),
  check('AB9', 'a name is built where there is none', async (place) => {
    const name = {
      familyNames: 'Roe',
      givenNames: 'Jane',
      additionalNames: 'Q',
      prefixes: null,
      suffixes: null,
      parameters: [],
    };
    const { value, displayName } = await stored(
      place,
      card('', { identification: { formatedName: { value: null, parameters: [] }, name } }),
    );
    assert.deepEqual([value.identification.formatedName.value, displayName], ['Jane Q Roe', 'Jane Q Roe']);
  }),
  check('AB11', 'days from the year 2200 on are dropped', async (place) => {
    const identification = {
      formatedName: { value: 'X', parameters: [] },
      birthday: Date.UTC(4501, 0, 1),
      anniversary: Date.UTC(1990, 1, 3),
    };
    const { value } = await stored(place, card('X', { identification }));
    assert.deepEqual([value.identification.birthday, value.identification.anniversary], [null, Date.UTC(1990, 1, 3)]);
  }),
  check('AB20', 'a member without a book is of the group’s own', async (place) => {
    const person = await stored(place, card('Jane', mail('jane@nowhere.test')));
    const member = [{ commonName: 'x', mailto: 'jane@nowhere.test', containerUid: null, itemUid: person.uid }];
    const { value } = await stored(
      place,
      card('Team', { kind: 'group', organizational: { title: null, role: null, org: {}, member } }),
    );
    assert.deepEqual(
      [value.organizational.member[0].containerUid, value.organizational.member[0].itemUid],
      [place.bookUid, person.uid],
    );
  }),
  check('AB31', 'a photo gives no new version, and is told by the card', async (place) => {
    const { me, book } = place;
    const { uid, value } = await stored(place, card('Jane'));
    assert.equal(value.identification.photo, false);
    const version = await me.call('GET', `${book}/_version`);
    const sent = await me.raw('POST', `${book}/${uid}/photo`, {
      headers: { 'content-type': 'application/octet-stream' },
      body: POINT,
    });
    assert.equal(sent.status, 200, sent.text);
    assert.equal(await me.call('GET', `${book}/_version`), version);
    assert.equal((await me.call('GET', `${book}/${uid}/complete`)).value.identification.photo, true);
    const photo = await me.raw('GET', `${book}/${uid}/photo`);
    assert.deepEqual([photo.headers['content-type'], photo.bytes.subarray(1, 4).toString()], ['image/png', 'PNG']);
  }),
  check('AB33', 'what is no picture: INVALID_PARAMETER', async (place) => {
    const { uid } = await stored(place, card('Jane'));
    const headers = { 'content-type': 'application/octet-stream', accept: 'application/json' };
    const answer = await place.me.raw('POST', `${place.book}/${uid}/photo`, { headers, body: 'nonsense' });
    assert.equal(JSON.parse(answer.text).errorCode, 'INVALID_PARAMETER');
  }),
  check('AB40', 'in a batch people come before the groups that hold them', async ({ me, book, bookUid, fresh }) => {
    const [person, group] = [fresh(), fresh()];
    const member = [{ commonName: 'Jane', mailto: 'j@nowhere.test', containerUid: bookUid, itemUid: person }];
    const told = await me.call('PUT', `${book}/_mupdates`, {
      add: [
        {
          uid: group,
          value: card('Team', { kind: 'group', organizational: { title: null, role: null, org: {}, member } }),
        },
        { uid: person, value: card('Jane', mail('j@nowhere.test')) },
      ],
      modify: [],
      delete: [],
    });
    assert.deepEqual([told.added.toSorted(), told.errors], [[person, group].toSorted(), []]);
    const { value } = await me.call('GET', `${book}/${group}/complete`);
    assert.equal(value.organizational.member[0].itemUid, person);
  }),
  check('AB43', 'touching takes the uid from the body', async (place) => {
    const { me, book, fresh } = place;
    const { uid, version } = await stored(place, card('Jane'));
    await me.call('POST', `${book}/${fresh()}/_touch`, uid);
    assert.ok((await me.call('GET', `${book}/${uid}/complete`)).version > version);
  }),
  check('AB38', 'a search answers what lists show', async (place) => {
    const { me, book, fresh } = place;
    const word = `needle${fresh().slice(0, 8)}`;
    await stored(place, card(`Jane ${word}`, mail('jane@nowhere.test')));
    const query = { from: 0, size: 10, query: `value.identification.formatedName.value:${word}` };
    for (let attempt = 0; ; attempt++) {
      const told = await me.call('POST', `${book}/_search`, query);
      if (told.total === 1 || attempt === 20) {
        assert.deepEqual([told.total, told.values[0].value.mail], [1, 'jane@nowhere.test']);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }),
];
