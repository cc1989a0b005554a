import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../store/store.ts';
import { openWorld, type Person, type World } from '../testing/world.ts';
import { publishDomain, saveDirectoryEntry } from './publish.ts';

let world: World;
let boss: Person;
const DIR = '/directory/acme.test';
const BOOK = '/addressbooks/addressbook_acme.test';

function entry(uid: string, more: Partial<Entry> = {}): Entry {
  return {
    uid,
    domain: 'acme.test',
    kind: 'USER',
    login: undefined,
    displayName: uid,
    emails: [{ address: `${uid.toLowerCase()}@acme.test`, isDefault: true, allAliases: false }],
    hidden: false,
    system: false,
    archived: false,
    roles: [],
    settings: {},
    card: undefined,
    externalId: undefined,
    mailboxCopyGuid: 'guid',
    created: 0,
    ...more,
  };
}

beforeAll(async () => {
  world = await openWorld();
  const { kernel } = world.server;
  kernel.store.people.setMembers('G1', ['U1', 'U2']);
  saveDirectoryEntry(kernel, entry('G1', { kind: 'GROUP', displayName: 'Team' }));
  saveDirectoryEntry(kernel, entry('R1', { kind: 'RESOURCE', displayName: 'Room' }));
  saveDirectoryEntry(kernel, entry('H1', { hidden: true, displayName: 'Hidden' }));
  saveDirectoryEntry(kernel, entry('A1', { archived: true, displayName: 'Former' }));
  boss = await world.add('boss', { manager: true });
});
afterAll(() => world.close());

describe('entries', () => {
  test('[DI1] an entry is told with its path and addresses', async () => {
    expect(await world.john.call('GET', `${DIR}/entry-uid/U2`)).toEqual({
      displayName: 'Ann Doe',
      entryUid: 'U2',
      accountType: 'FULL',
      kind: 'USER',
      path: 'acme.test/users/U2',
      email: 'ann@acme.test',
      emails: [{ address: 'ann@acme.test', allAliases: false, isDefault: true }],
      hidden: false,
      system: false,
      archived: false,
      orgUnitUid: null,
      orgUnitPath: null,
      dataLocation: null,
    });
    expect((await world.john.raw('GET', `${DIR}/entry-uid/nobody`)).status).toBe(204);
    expect((await world.john.call('GET', DIR)).kind).toBe('DOMAIN');
    expect(await world.john.call('GET', '/directory/path/acme.test/U2?kind=USER')).toBe('acme.test/users/U2');
    expect(await world.john.refused('GET', '/directory/path/acme.test/U2?kind=CAT')).toBe('INVALID_PARAMETER 500');
  });

  test('[DI1] entries are found by path, by what stands above them, by address and by uid', async () => {
    expect((await world.john.call('POST', `${DIR}/_entry`, 'acme.test/groups/G1')).displayName).toBe('Team');
    expect((await world.john.call('POST', `${DIR}/_entry`, 'acme.test')).kind).toBe('DOMAIN');
    const below = await world.john.call('POST', `${DIR}/_childs`, 'acme.test/resources');
    expect(below.map((one: { entryUid: string }) => one.entryUid)).toEqual(['R1']);
    expect((await world.john.call('GET', `${DIR}/_byEmail/Ann@acme.test`)).entryUid).toBe('U2');
    expect((await world.john.raw('GET', `${DIR}/_byEmail/nobody@acme.test`)).status).toBe(204);
    const found = await world.john.call('POST', `${DIR}/_mget`, ['U2', 'nobody', 'U1']);
    expect(found.map((one: { uid: string }) => one.uid)).toEqual(['U2', 'U1']);
  });

  test('[DI1] an address for every alias of the domain is found under each', async () => {
    const emails = [{ address: 'all@acme.test', isDefault: true, allAliases: true }];
    saveDirectoryEntry(world.server.kernel, entry('ALL', { emails, hidden: true }));
    expect((await world.john.call('GET', `${DIR}/_byEmail/all@acme.alias`)).entryUid).toBe('ALL');
    expect((await world.john.raw('GET', `${DIR}/_byEmail/ann@acme.alias`)).status).toBe(204);
  });

  test('[DI5] a directory is open to its own domain', async () => {
    expect(await world.john.refused('GET', '/directory/other.test')).toBe('PERMISSION_DENIED 403');
    expect(await boss.refused('GET', '/directory/other.test')).toBe('NOT_FOUND 404');
  });

  test('[DI6] roles are told to their bearer and to administrators', async () => {
    expect(await world.john.call('GET', `${DIR}/entry-uid/U1/rolesfor_`)).toContain('hasOutlook');
    expect(await world.john.refused('GET', `${DIR}/entry-uid/U2/rolesfor_`)).toBe('PERMISSION_DENIED 403');
    const found = await boss.call('POST', `${DIR}/_byroles`, ['systemManager']);
    expect(found.map((one: { uid: string }) => one.uid)).toEqual([boss.uid]);
    expect(await boss.refused('GET', `${DIR}/ou-uid/x/rolesfor_`)).toBe('NOT_FOUND 404');
  });
});

describe('searching', () => {
  const search = async (query: object) => {
    const found = await world.john.call('POST', `${DIR}/_search`, query);
    return found.values.map((one: { uid: string }) => one.uid);
  };

  test('[DI10] hidden, system and archived entries are left out unless they are asked for', async () => {
    expect(await search({})).toEqual(['U2', boss.uid, 'U1', 'R1', 'G1']);
    expect(await search({ hiddenFilter: false, nameFilter: 'hid' })).toEqual(['H1']);
    expect(await search({ stateFilter: 'Archived' })).toEqual(['A1']);
    expect(await search({ stateFilter: 'All', nameFilter: 'o' })).toEqual(['U2', boss.uid, 'A1', 'U1', 'R1']);
  });

  test('[DI11] kind, uid, name, mail and either of both narrow it down', async () => {
    expect(await search({ kindsFilter: ['GROUP', 'RESOURCE'] })).toEqual(['R1', 'G1']);
    expect(await search({ entryUidFilter: ['U1', 'nobody'] })).toEqual(['U1']);
    expect(await search({ nameFilter: 'ANN' })).toEqual(['U2']);
    expect(await search({ emailFilter: 'john@' })).toEqual(['U1']);
    expect(await search({ nameOrEmailFilter: 'team' })).toEqual(['G1']);
    expect(await search({ orgUnitIds: ['x'] })).toEqual([]);
    expect(await search({ onlyManagable: true })).toEqual(['U1']);
  });

  test('[DI12] order, from and size; total counts all', async () => {
    expect(await search({ order: { by: 'displayname', dir: 'desc' }, from: 1, size: 2 })).toEqual(['R1', 'U1']);
    expect(await search({ order: { by: 'kind', dir: 'asc' }, size: 2 })).toEqual(['G1', 'R1']);
    expect((await world.john.call('POST', `${DIR}/_search`, { size: 1 })).total).toBe(5);
  });
});

describe('the book of the directory', () => {
  test('[DI2] it holds who can be written to, neither hidden nor archived', async () => {
    expect((await world.john.call('GET', `${BOOK}/_all`)).sort()).toEqual(['G1', 'R1', 'U1', 'U2', boss.uid].sort());
  });

  test('[DI3] a card tells the addresses of the account and where it comes from; a group tells its members', async () => {
    const { value } = await world.john.call('GET', `${DIR}/U2/_vcard`);
    expect(value.source).toBe('bm://acme.test/users/U2');
    expect(value.communications.emails).toEqual([
      {
        value: 'ann@acme.test',
        parameters: [
          { label: 'DEFAULT', value: 'true' },
          { label: 'SYSTEM', value: 'true' },
          { label: 'TYPE', value: 'work' },
        ],
      },
    ]);
    const team = await world.john.call('GET', `${BOOK}/G1/complete`);
    expect(team.value.organizational.member).toEqual([
      { commonName: 'John Doe', mailto: 'john@acme.test', containerUid: 'addressbook_acme.test', itemUid: 'U1' },
      { commonName: 'Ann Doe', mailto: 'ann@acme.test', containerUid: 'addressbook_acme.test', itemUid: 'U2' },
    ]);
  });

  test('[DI4] it follows the entries, with change sets for both', async () => {
    const { kernel } = world.server;
    const book = await world.john.call('GET', `${BOOK}/_version`);
    const dir = (await world.john.call('GET', `${DIR}/_changeset?since=0`)).version;
    saveDirectoryEntry(kernel, entry('U9', { displayName: 'Nine' }));
    saveDirectoryEntry(kernel, entry('R1', { kind: 'RESOURCE', displayName: 'Hall' }));
    expect(await world.john.call('GET', `${DIR}/_changeset?since=${dir}`)).toMatchObject({
      created: ['U9'],
      updated: ['R1'],
    });
    expect(await world.john.call('GET', `${BOOK}/_changeset?since=${book}`)).toMatchObject({
      created: ['U9'],
      updated: ['R1'],
    });
    const before = await world.john.call('GET', `${BOOK}/_version`);
    publishDomain(kernel, 'acme.test');
    expect(await world.john.call('GET', `${BOOK}/_version`)).toBe(before);
    saveDirectoryEntry(kernel, entry('R1', { kind: 'RESOURCE', hidden: true }));
    expect((await world.john.call('GET', `${BOOK}/_changeset?since=${before}`)).deleted).toEqual(['R1']);
  });

  test('[DI4] a member that changes its name or goes changes its groups', async () => {
    const { kernel } = world.server;
    const ann = kernel.store.people.entry('acme.test', 'U2');
    if (ann === undefined) throw new Error('no entry');
    saveDirectoryEntry(kernel, { ...ann, displayName: 'Ann Smith' });
    const names = async () => {
      const { value } = await world.john.call('GET', `${BOOK}/G1/complete`);
      return value.organizational.member.map((member: { commonName: string }) => member.commonName);
    };
    expect(await names()).toEqual(['John Doe', 'Ann Smith']);
    saveDirectoryEntry(kernel, { ...ann, archived: true });
    expect(await names()).toEqual(['John Doe']);
    saveDirectoryEntry(kernel, ann);
    expect(await names()).toEqual(['John Doe', 'Ann Doe']);
  });

  test('[AB30] nobody writes into it, not even an administrator', async () => {
    const card = { kind: 'individual', identification: { formatedName: { value: 'X' } } };
    for (const person of [world.john, boss]) {
      expect(await person.refused('PUT', `${BOOK}/x`, card)).toBe('PERMISSION_DENIED 403');
      expect(await person.refused('PUT', `${BOOK}/_mupdates`, { add: [] })).toBe('PERMISSION_DENIED 403');
      expect(await person.refused('POST', `${BOOK}/_reset`)).toBe('PERMISSION_DENIED 403');
    }
  });
});

test('[DI7] pictures are those of the cards, 204 for who has none', async () => {
  for (const path of ['entry-uid/U1/photo', 'entry-uid/U1/icon', '_icon/acme.test%2Fusers%2FU1'])
    expect((await world.john.raw('GET', `${DIR}/${path}`)).status).toBe(204);
});

test('[DI8] removing somebody is a task of administrators and takes everything along', async () => {
  expect(await world.john.refused('DELETE', `${DIR}/_byentryuid/U2`)).toBe('PERMISSION_DENIED 403');
  const leaver = await world.add('leaver');
  await boss.call('DELETE', `${DIR}/_byentryuid/${leaver.uid}`);
  await world.server.kernel.tasks.idle();
  expect((await boss.raw('GET', `${DIR}/entry-uid/${leaver.uid}`)).status).toBe(204);
  expect(await boss.refused('GET', `/containers/_manage/book%3AContacts_${leaver.uid}`)).toBe('NOT_FOUND 404');
  expect((await leaver.raw('GET', '/auth')).status).toBe(401);
  expect(await boss.refused('DELETE', `${DIR}/acme.test%2Fusers%2Fnobody`)).toBe('NOT_FOUND 404');
});
