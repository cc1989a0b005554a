import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { VERBS, type Verb } from '../wire/container.ts';
import { expandVerbs } from './containers/verbs.ts';
import type { Operation } from './kernel/operation.ts';
import { allOperations } from './operations.ts';
import { makeCall } from './testing/calls.ts';
import { openWorld, type Person, type World } from './testing/world.ts';

/** The services whose calls are about one container, which is somebody else's here. */
const SERVICES = [
  'ICalendar',
  'IVEvent',
  'IAddressBook',
  'IVCardService',
  'ITodoList',
  'IVTodo',
  'INote',
  'ITags',
  'ICalendarView',
];

let world: World;
let boss: Person;
beforeAll(async () => {
  world = await openWorld();
  boss = await world.add('boss');
});
afterAll(() => world.close());

const READS = /_mget|_search|_sorted|_count|_filteredChangeset|exportCards|exportTodos|_copy/;

/** The right that a call needs; none for pictures, which anybody may see, and for what is not implemented. */
function needed({ service, name, method, path }: Operation): Verb | undefined {
  if (/^get(Photo|Icon)$/.test(name) || /^(ICalendar|IAddressBook)\.allIds$/.test(`${service}.${name}`))
    return undefined;
  if (name === 'reset') return 'Manage';
  return method === 'GET' || READS.test(`${path} ${name}`) ? 'Read' : 'Write';
}

/** Gives ann this right on everything that boss owns, and nothing else. */
function grantOnly(verb: Verb): void {
  const { containers } = world.server.kernel.store;
  for (const container of containers.ofOwner(boss.uid, 'acme.test'))
    containers.setGrants(container.id, [{ subject: world.ann.uid, verb }]);
}

test.each(VERBS)(
  '[VB1] [V16] [AB44] each call on somebody else’s container is allowed by %s, or refused with 403',
  async (verb) => {
    const held = expandVerbs([verb]);
    const wrong: string[] = [];
    for (const [index, operation] of allOperations().entries()) {
      if (!SERVICES.includes(operation.service)) continue;
      const number = VERBS.indexOf(verb) * 1_000 + index;
      const { path, body } = await makeCall(operation, { world, boss, number });
      grantOnly(verb);
      // What is copied or moved to another container of theirs needs Write there, too.
      const also: readonly Verb[] = /_copy|_move/.test(operation.path) ? ['Write'] : [];
      const allowed = [needed(operation) ?? [], also].flat().every((needs) => held.has(needs));
      const type = ['stream', 'bytes'].includes(operation.body.kind) ? 'application/octet-stream' : 'application/json';
      const answer = await world.ann.raw(operation.method, path, {
        headers: { accept: 'application/json', 'content-type': type },
        body,
      });
      if ((answer.status !== 403) !== allowed)
        wrong.push(`${operation.service}.${operation.name}: ${answer.status}, ${must(path)}`);
    }
    expect(wrong).toEqual([]);
  },
);
