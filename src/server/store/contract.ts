import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../base/assert.ts';
import { itemValue } from '../items/collection.ts';
import type { Change, Container, Entry, Store, StoredItem } from './store.ts';

/** What every implementation of the store port must do; `open` gives an empty store. */
export function storeContract(name: string, open: () => Store): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    let container: Container;
    beforeAll(() => {
      store = open();
      container = store.containers.insert({ ...CONTAINER, uid: 'c' });
    });
    afterAll(() => store.close());

    test('[ST1] a transaction that throws leaves nothing, inside another only what it did itself', () => {
      const add = (uid: string) => store.containers.insert({ ...CONTAINER, uid });
      const fail = () =>
        store.transaction(() => {
          add('inner');
          throw new Error('stop');
        });
      store.transaction(() => {
        add('outer');
        expect(fail).toThrow('stop');
      });
      expect([store.containers.byUid('outer')?.uid, store.containers.byUid('inner')]).toEqual(['outer', undefined]);
    });

    test('[ST2] versions of a container rise by one, containers come in the order asked for', () => {
      expect([store.containers.nextVersion(container.id), store.containers.nextVersion(container.id)]).toEqual([1, 2]);
      expect(store.containers.byUids(['outer', 'none', 'c']).map((found) => found.uid)).toEqual(['outer', 'c']);
    });

    test('[ST3] items are found by uid, id and second key; lists keep their order and leave unknown ones out', () => {
      const { items } = store;
      const one = item(items.allocateIds(1), container.id, 'one', 'Key');
      const two = item(items.allocateIds(1), container.id, 'two', 'Key');
      items.insert(one);
      items.insert(two);
      expect(items.byUid(container.id, 'one')).toEqual(one);
      expect(items.byIds(container.id, [two.id, 99, one.id])).toEqual([two, one]);
      expect(items.byUids(container.id, ['two', 'none', 'one'])).toEqual([two, one]);
      items.update({ ...two, displayName: 'a "b" é', flags: 5, value: '{"ü":"\\u2028"}' });
      const told = items
        .told(container.id, ['two', 'none', 'one'])
        .map((bytes) => JSON.parse(Buffer.from(bytes).toString()));
      expect(told).toEqual(items.byUids(container.id, ['two', 'one']).map((stored) => itemValue(stored)));
      items.update(two);
      expect(items.byLookup(container.id, 'key')).toEqual([one, two]);
      expect([items.count(container.id), items.uids(container.id)]).toEqual([2, ['one', 'two']]);
      expect(() => items.insert({ ...one, id: items.allocateIds(1) })).toThrow();
      items.update({ ...one, value: '{"a":1}', version: 9 });
      expect(items.byId(container.id, one.id)).toEqual({ ...one, value: '{"a":1}', version: 9 });
    });

    test('[ST4] ids are given out once; one is allocated up to the last, used once it is stored', () => {
      const { items } = store;
      const last = items.allocateIds(5);
      expect(items.allocateIds(1)).toBe(last + 1);
      expect([items.isAllocated(last), items.isAllocated(last + 2), items.isUsed(last)]).toEqual([true, false, false]);
    });

    test('[ST5] the change log keeps one line per item and kind, and forgets all of what was deleted long ago', () => {
      const { changes } = store;
      changes.record(change(container.id, 1, 'Created', 10, 0));
      changes.record(change(container.id, 1, 'Updated', 11, 0));
      changes.record(change(container.id, 1, 'Updated', 12, 0));
      changes.record(change(container.id, 2, 'Created', 13, 0));
      changes.record(change(container.id, 1, 'Deleted', 14, 1_000));
      expect(changes.since(container.id, 10).map(({ kind, version }) => [kind, version])).toEqual([
        ['Updated', 12],
        ['Created', 13],
        ['Deleted', 14],
      ]);
      expect(changes.purgeDeletedBefore(1_000)).toBe(0);
      expect(changes.purgeDeletedBefore(1_001)).toBe(3);
      expect(changes.ofItem(container.id, 'item-2', 0).map(({ version }) => version)).toEqual([13]);
    });

    test('[ST6] removing a container removes what it holds', () => {
      const gone = store.containers.insert({ ...CONTAINER, uid: 'gone' });
      const held = item(store.items.allocateIds(1), gone.id, 'held', '');
      store.items.insert(held);
      store.items.setBlob(held.id, 'photo', new Uint8Array([1]));
      store.containers.setGrants(gone.id, [{ subject: 'x', verb: 'Read' }]);
      store.changes.record(change(gone.id, held.id, 'Created', 1, 0));
      store.containers.remove(gone.id);
      expect(store.items.isUsed(held.id)).toBe(false);
      expect(store.containers.grantedTo(['x'])).toEqual([]);
      expect(store.changes.since(gone.id, 0)).toEqual([]);
      expect(store.items.blob(held.id, 'photo')).toBeUndefined();
    });

    test('[ST7] people are found by login and address in any case; an address belongs to one', () => {
      const { people } = store;
      people.saveDomain({ uid: 'd', aliases: ['alias'], settings: {} });
      people.saveEntry({ ...ENTRY, uid: 'p', login: 'Jane', emails: [address('Jane@d')] });
      people.saveEntry({ ...ENTRY, uid: 'p', login: 'jane', emails: [address('jane@d')], hidden: true });
      expect(people.domain('alias')?.uid).toBe('d');
      expect([people.byLogin('d', 'JANE')?.hidden, people.byEmail('JANE@D')?.uid]).toEqual([true, 'p']);
      expect(() => people.saveEntry({ ...ENTRY, uid: 'q', login: 'q', emails: [address('jane@d')] })).toThrow();
      people.setCredential('d', 'p', { hash: 'h', mustChange: true });
      people.setMembers('g', ['p']);
      expect([people.credential('d', 'p'), people.groupsOf('p')]).toEqual([{ hash: 'h', mustChange: true }, ['g']]);
      people.removeEntry('d', 'p');
      expect([people.credential('d', 'p'), people.groupsOf('p'), people.byEmail('jane@d')]).toEqual([
        undefined,
        [],
        undefined,
      ]);
    });

    test('[ST9] a domain is removed with its entries, and its containers with what they hold', () => {
      const { containers, items, people } = store;
      people.saveDomain({ uid: 'e', aliases: [], settings: {} });
      people.saveEntry({ ...ENTRY, domain: 'e', uid: 'p2', login: 'p2', emails: [address('p2@e')] });
      const held = containers.insert({ ...CONTAINER, uid: 'of-e', domain: 'e' });
      const inside = item(items.allocateIds(1), held.id, 'inside', '');
      items.insert(inside);
      containers.removeOfDomain('e');
      people.removeDomain('e');
      expect([people.domain('e'), people.byEmail('p2@e'), containers.byUid('of-e')]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect([items.isUsed(inside.id), containers.byUid('c')?.domain]).toEqual([false, 'd']);
    });

    test('[ST8] sessions end by their age, and nothing is damaged at the end', () => {
      const { sessions } = store;
      const session = { user: 'p', domain: 'd', origin: 'o', interactive: false, expired: false, created: 0 };
      sessions.save({ ...session, id: 'old', lastUse: 1 });
      sessions.save({ ...session, id: 'new', lastUse: 5 });
      expect(sessions.removeIdleSince(5)).toBe(1);
      expect([sessions.byId('old'), must(sessions.byId('new')).user]).toEqual([undefined, 'p']);
      expect(store.check()).toEqual([]);
    });
  });
}

const CONTAINER: Omit<Container, 'id' | 'version' | 'uid'> = {
  type: 'calendar',
  name: 'Name',
  owner: 'p',
  domain: 'd',
  defaultContainer: false,
  readOnly: false,
  settings: { a: 'b' },
};

const ENTRY: Omit<Entry, 'uid' | 'login' | 'emails'> = {
  domain: 'd',
  kind: 'USER',
  displayName: 'Jane',
  hidden: false,
  system: false,
  archived: false,
  roles: [],
  settings: {},
  card: undefined,
  externalId: undefined,
  mailboxCopyGuid: 'g',
  created: 0,
};

function address(text: string): Entry['emails'][number] {
  return { address: text, isDefault: true, allAliases: false };
}

function item(id: number, containerId: number, uid: string, lookup: string): StoredItem {
  return {
    id,
    containerId,
    uid,
    version: 1,
    displayName: uid,
    externalId: undefined,
    createdBy: 'p',
    updatedBy: 'p',
    created: 1,
    updated: 1,
    flags: 0,
    lookup: lookup.toLowerCase(),
    weight: 0,
    value: '{}',
  };
}

function change(containerId: number, itemId: number, kind: Change['kind'], version: number, date: number): Change {
  return {
    containerId,
    itemId,
    kind,
    version,
    itemUid: `item-${itemId}`,
    externalId: undefined,
    author: 'p',
    origin: 'o',
    date,
    weight: 0,
    flags: 0,
  };
}
