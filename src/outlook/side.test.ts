import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure, isFailure } from '../base/failure.ts';
import type { Effect, Item, ItemId, Rev } from '../sync/side.ts';
import type { Emulator } from './emulator/open-emulator.ts';
import type { EmulatorSwitches } from './emulator/switches.ts';
import { emulatedOutlook, type TestClock } from './emulator/testing/world.ts';
import type { Appointment } from './model/appointment.ts';
import type { OutlookContact, OutlookDistList } from './model/contact.ts';
import { TAG } from './model/named-properties.ts';
import { countingExecutor, failingExecutor } from './program/executors.ts';
import { createFolder, folderRow } from './program/folders.ts';
import { type OutlookSide, outlookSide } from './side.ts';
import { folderId } from './side-session.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { PLAIN_APPOINTMENTS, PLAIN_CARDS } from './testing/plain-kinds.ts';
import { sampleAppointment, sampleContact, sampleDistList, weekly } from './testing/samples.ts';

type Card = OutlookContact | OutlookDistList;
type World = {
  readonly outlook: Emulator & { readonly clock: TestClock };
  readonly bench: Bench;
  readonly folder: string;
};

async function world(kind: 'calendar' | 'contacts', switches: Partial<EmulatorSwitches> = {}): Promise<World> {
  const outlook = emulatedOutlook({ switches });
  const pause = async () => outlook.clock.advance(3000);
  const bench = await openBench({ executor: outlook.executor, pause, dispose: async () => {} }, kind);
  return { outlook, bench, folder: folderId({ entryId: bench.folderId, storeId: bench.storeId }) };
}

function itemsOf<C>(effects: readonly Effect<C>[]): readonly Item<C>[] {
  return effects.map((effect) => {
    if (!effect.ok) throw new Error(JSON.stringify(effect.failure));
    return effect.item;
  });
}

function knownOf<C>(items: readonly Item<C>[]): ReadonlyMap<ItemId, Rev> {
  return new Map(items.map((item) => [item.id, item.rev]));
}

function codes(effects: readonly Effect<unknown>[]): readonly string[] {
  return effects.map((effect) => (effect.ok ? 'ok' : effect.failure.code));
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  );
}

describe('Outlook as a side, address books', () => {
  let here: World;
  let side: OutlookSide<Card>;
  beforeEach(async () => {
    here = await world('contacts');
    side = outlookSide({ executor: here.outlook.executor, kind: PLAIN_CARDS, clock: here.outlook.clock });
  });
  afterEach(async () => {
    await side.close();
    here.outlook.close();
  });

  const create = async (...tokens: readonly string[]) =>
    itemsOf(
      await side.create(
        here.folder,
        tokens.map((token) => ({ token, content: sampleContact({ tags: {} }) })),
      ),
    );
  const only = <T>(list: readonly T[]): T => {
    expect(list.length).toBe(1);
    return list[0] as T;
  };
  const view = (known: ReadonlyMap<ItemId, Rev>) => side.view(here.folder, known, undefined);
  const edit = async (id: ItemId, body: string) => {
    const before = await here.bench.contact(id);
    await here.bench.writeContact({ ...before.snapshot.value, body }, before);
  };

  it('holds contacts and lists of one folder, and leaves everything else in it alone', async () => {
    const contents = [sampleContact({ tags: {} }), sampleDistList({ tags: {} })];
    const created = itemsOf(
      await side.create(
        here.folder,
        contents.map((content, n) => ({ token: `t${n}`, content })),
      ),
    );
    expect(created.map((item) => item.content)).toEqual(contents);
    await here.bench.do((run) => {
      const items = run.object({ handle: 'folder', of: 'Folder' }, 'Items', 'Items');
      run.call(run.open(items, 'Add', 'ContactItem', 'IPM.Note'), 'Save');
      return [];
    });
    const seen = await view(new Map());
    expect([seen.moved.length, seen.count, seen.gone, seen.unreadable]).toEqual([2, 2, [], []]);
  });

  it('shows what is new, nothing that is known, and what changed', async () => {
    const items = await create('a', 'b');
    await here.bench.pause();
    const first = await view(new Map());
    expect(first.moved.map((item) => item.token).sort()).toEqual(['a', 'b']);
    const known = knownOf(first.moved);
    expect((await view(known)).moved).toEqual([]);
    await edit(items[0]?.id ?? '', 'Autre');
    const changed = only((await view(known)).moved);
    expect([changed.id, (changed.content as OutlookContact).body]).toEqual([items[0]?.id, 'Autre']);
  });

  it('[H28] sees an edit within the very second of its own write', async () => {
    const item = only(await create('a'));
    await edit(item.id, 'Dans la même seconde');
    const changed = only((await view(knownOf([item]))).moved);
    expect((changed.content as OutlookContact).body).toBe('Dans la même seconde');
  });

  it('[H28] reads what is hot until it has cooled down, and then no more', async () => {
    const item = only(await create('a'));
    const counting = countingExecutor(here.outlook.executor);
    const quiet = outlookSide({ executor: counting, kind: PLAIN_CARDS, clock: here.outlook.clock });
    const reads = async (since: string | undefined) => {
      const before = counting.programs().get('read items') ?? 0;
      const { moved, cursor } = await quiet.view(here.folder, knownOf([item]), since);
      expect(moved).toEqual([]);
      return { read: (counting.programs().get('read items') ?? 0) > before, cursor };
    };
    const hot = await reads(undefined);
    await here.bench.pause();
    const cooled = await reads(hot.cursor);
    const cold = await reads(cooled.cursor);
    expect([hot.read, cooled.read, cold.read]).toEqual([true, true, false]);
    await quiet.close();
  });

  it('[H28] sees an edit of its own second after that second is over', async () => {
    const item = only(await create('a'));
    const { cursor } = await view(knownOf([item]));
    await edit(item.id, 'Dans la même seconde');
    await here.bench.pause();
    const changed = only((await side.view(here.folder, knownOf([item]), cursor)).moved);
    expect((changed.content as OutlookContact).body).toBe('Dans la même seconde');
  });

  it('[S10] refuses to write over an edit that was made meanwhile, in the same second too', async () => {
    const item = only(await create('a'));
    await edit(item.id, 'Par quelqu’un');
    const target = { folder: here.folder, id: item.id, rev: item.rev };
    const content = sampleContact({ tags: {}, body: 'Par nous' });
    expect(codes(await side.update(here.folder, [{ target, content }]))).toEqual(['STALE']);
    expect((await side.remove(here.folder, [target])).map((failure) => failure?.code)).toEqual(['STALE']);
    expect((await here.bench.contact(item.id)).snapshot.value.body.trimEnd()).toBe('Par quelqu’un');
  });

  it('patches: what is not part of the content stays', async () => {
    const item = only(await create('a'));
    const before = await here.bench.contact(item.id);
    const after = only(
      itemsOf(
        await side.update(here.folder, [
          { target: { folder: here.folder, ...item }, content: sampleContact({ tags: {}, body: 'Nouvelle note' }) },
        ]),
      ),
    );
    const now = await here.bench.contact(item.id);
    expect([after.id, after.token]).toEqual([item.id, 'a']);
    expect({ ...now.snapshot.value, body: '' }).toEqual({ ...before.snapshot.value, body: '' });
  });

  it('[H27] believes that an item is gone only when Outlook has it nowhere or elsewhere', async () => {
    const [kept, thrown, destroyed] = await create('a', 'b', 'c');
    const known = knownOf([kept, thrown, destroyed].filter((item) => item !== undefined));
    await here.bench.do((run) => {
      const session = { handle: 'session', of: 'NameSpace' } as const;
      run.call(run.open(session, 'GetItemFromID', 'ContactItem', thrown?.id ?? ''), 'Delete');
      return [];
    });
    const seen = await view(new Map([...known, ['00', 'x']]));
    expect([...seen.gone].sort()).toEqual(['00', thrown?.id ?? ''].sort());
    expect(seen.count).toBe(2);
  });

  it('[H27] a listing that leaves an item out does not make it gone', async () => {
    const items = await create('a', 'b');
    const hiding = outlookSide({
      executor: {
        ...here.outlook.executor,
        run: async (program) => {
          const outcome = await here.outlook.executor.run(program);
          if (outcome.kind !== 'done') return outcome;
          const { GetArray, Count, ...rest } = outcome.values;
          const page = Array.isArray(GetArray) ? { GetArray: GetArray.slice(0, 1) } : {};
          return { ...outcome, values: { ...rest, ...page, ...(Count === undefined ? {} : { Count: 1 }) } };
        },
      },
      kind: PLAIN_CARDS,
      clock: here.outlook.clock,
    });
    const seen = await hiding.view(here.folder, knownOf(items), undefined);
    expect([seen.gone, seen.unreadable.length]).toEqual([[], 1]);
    await hiding.close();
  });

  it('[H27] reads a folder again that changed while it was read, and gives up when it never stands still', async () => {
    await create('a', 'b');
    const miscounting = (times: number) => {
      let left = times;
      const counting = countingExecutor({
        ...here.outlook.executor,
        run: async (program) => {
          const outcome = await here.outlook.executor.run(program);
          if (outcome.kind !== 'done' || program.label !== 'open scan' || left-- <= 0) return outcome;
          return { ...outcome, values: { ...outcome.values, Count: 99 } };
        },
      });
      const side = outlookSide({ executor: counting, kind: PLAIN_CARDS, clock: here.outlook.clock });
      return { counting, view: () => side.view(here.folder, new Map(), undefined) };
    };
    const once = miscounting(1);
    expect([(await once.view()).count, once.counting.programs().get('open scan')]).toEqual([2, 2]);
    expect(await codeOf(miscounting(99).view())).toBe('OUTLOOK_UNAVAILABLE');
  });

  it('[H22] a copy carries the token of its original and an id of its own; both are found', async () => {
    const item = only(await create('a'));
    await here.bench.do((run) => {
      const session = { handle: 'session', of: 'NameSpace' } as const;
      const copy = run.open(run.open(session, 'GetItemFromID', 'ContactItem', item.id), 'Copy', 'ContactItem');
      run.call(copy, 'Save');
      return [];
    });
    const found = await side.find(here.folder, ['a', 'nobody']);
    expect(found.map((one) => one.token)).toEqual(['a', 'a']);
    expect(found.filter((one) => one.id === item.id).length).toBe(1);
  });

  it('marks an item that the user made, and nothing else of it changes', async () => {
    const id = await here.bench.writeContact(sampleContact({ tags: {} }));
    const [item] = await side.read(here.folder, [id]);
    const marked = only(
      itemsOf(
        await side.mark(here.folder, [{ target: { folder: here.folder, id, rev: item?.rev ?? '' }, token: 'm' }]),
      ),
    );
    expect([marked.token, marked.content]).toEqual(['m', item?.content]);
    const again = { target: { folder: here.folder, id, rev: 'old' }, token: 'n' };
    expect(codes(await side.mark(here.folder, [again]))).toEqual(['STALE']);
  });

  it('removes into Deleted Items, and what is gone already is removed', async () => {
    const item = only(await create('a'));
    const target = { folder: here.folder, id: item.id, rev: item.rev };
    expect(await side.remove(here.folder, [target])).toEqual([undefined]);
    // A second time it would destroy what the user may still want back.
    expect(await side.remove(here.folder, [target])).toEqual([undefined]);
    const content = sampleContact({ tags: {} });
    expect(codes(await side.update(here.folder, [{ target, content }]))).toEqual(['GONE']);
    const elsewhere = await here.bench.contact(item.id).then(
      () => true,
      () => false,
    );
    expect(elsewhere).toBe(true);
  });

  it('does not make a contact of a list', async () => {
    const item = only(await create('a'));
    const target = { folder: here.folder, id: item.id, rev: item.rev };
    const content = sampleDistList({ tags: {} });
    expect(codes(await side.update(here.folder, [{ target, content }]))).toEqual(['REFUSED']);
  });

  it('[EO8] starts again with a new Outlook after the old one was closed', async () => {
    const item = only(await create('a'));
    here.outlook.set({ closedAnswer: 'disconnected' });
    here.outlook.quit();
    expect(await codeOf(view(new Map()))).toBe('OUTLOOK_UNAVAILABLE');
    here.outlook.session.closed = false;
    expect((await view(new Map())).moved.map((one) => one.id)).toEqual([item.id]);
  });

  it('says that a folder is gone instead of showing it empty', async () => {
    expect(await codeOf(side.view('00', new Map(), undefined))).toBe('OUTLOOK_FOLDER_GONE');
  });

  it('leaves nothing open', async () => {
    const before = here.outlook.executor.openObjects();
    const other = outlookSide({ executor: here.outlook.executor, kind: PLAIN_CARDS, clock: here.outlook.clock });
    const items = itemsOf(await other.create(here.folder, [{ token: 'a', content: sampleContact({ tags: {} }) }]));
    await other.view(here.folder, knownOf(items), undefined);
    await other.close();
    expect(here.outlook.executor.openObjects()).toBe(before);
  });

  it('[S4] a create that is cut off leaves an item with its token, or nothing', async () => {
    let at = 0;
    for (let more = true; more; ) {
      at += 1;
      const failing = failingExecutor(here.outlook.executor, { at, when: 'after', how: 'crash' });
      const cut = outlookSide({ executor: failing, kind: PLAIN_CARDS, clock: here.outlook.clock });
      const token = `t${at}`;
      more = (await codeOf(cut.create(here.folder, [{ token, content: sampleContact({ tags: {} }) }]))) !== 'none';
      const found = await side.find(here.folder, [token]);
      expect(found.length).toBeLessThanOrEqual(1);
      expect(found.map((item) => item.content)).toEqual(found.map(() => sampleContact({ tags: {} })));
    }
    expect(at).toBeGreaterThan(20);
    const all = await view(new Map());
    expect(all.moved.every((item) => item.token !== undefined)).toBe(true);
  });
});

describe('Outlook as a side, calendars', () => {
  let here: World;
  let side: OutlookSide<Appointment>;
  beforeEach(async () => {
    here = await world('calendar');
    side = outlookSide({ executor: here.outlook.executor, kind: PLAIN_APPOINTMENTS, clock: here.outlook.clock });
  });
  afterEach(async () => {
    await side.close();
    here.outlook.close();
  });

  const content = (change: Partial<Appointment> = {}) => sampleAppointment({ tags: {}, ...change });
  const createOne = async (appointment: Appointment): Promise<Item<Appointment>> => {
    const [item] = itemsOf(await side.create(here.folder, [{ token: 't', content: appointment }]));
    if (item === undefined) throw new Error('nothing was created');
    return item;
  };
  const updateOne = async (item: Item<Appointment>, appointment: Appointment): Promise<Item<Appointment>> => {
    const target = { folder: here.folder, id: item.id, rev: item.rev };
    const [updated] = itemsOf(await side.update(here.folder, [{ target, content: appointment }]));
    if (updated === undefined) throw new Error('nothing was updated');
    return updated;
  };
  const moved = { originalStart: '2026-03-24T10:00:00', start: '2026-03-25T15:00:00', end: '2026-03-25T16:00:00' };

  it('creates, updates and reads back a series with its occurrences', async () => {
    const series = content({ recurrence: weekly({ firstDayOfWeek: 0, deleted: ['2026-03-17'], exceptions: [moved] }) });
    const item = await createOne(series);
    expect(item.content.recurrence).toMatchObject({ deleted: ['2026-03-17'], exceptions: [moved] });
    const later = { ...series, recurrence: weekly({ startMinutes: 660, deleted: ['2026-03-17'] }) };
    const updated = await updateOne(item, { ...later, start: '2026-03-10T11:00:00', end: '2026-03-10T12:00:00' });
    expect(updated.content.recurrence).toMatchObject({ startMinutes: 660, deleted: ['2026-03-17'], exceptions: [] });
  });

  it('[EC30] keeps every second year, whichever way this Outlook counts', async () => {
    for (const yearlyInterval of ['months', 'years'] as const) {
      await side.close();
      here.outlook.set({ yearlyInterval });
      const pattern = { type: 'yearly', interval: 2, monthOfYear: 3, dayOfMonth: 10 } as const;
      const item = await createOne(content({ recurrence: weekly({ pattern, end: { kind: 'never' } }) }));
      expect(item.content.recurrence?.pattern).toEqual(pattern);
    }
  });

  it('[H1] keeps a series of which Outlook does not take one occurrence, and says what it holds', async () => {
    const crossing = { ...moved, start: '2026-04-15T15:00:00', end: '2026-04-15T16:00:00' };
    const item = await createOne(content({ recurrence: weekly({ deleted: ['2026-03-17'], exceptions: [crossing] }) }));
    expect(item.content.recurrence).toMatchObject({ deleted: ['2026-03-17'], exceptions: [] });
  });

  it('[H1] says on the item what Outlook does not take, with its last write', async () => {
    const refused = ({ snapshot: { value } }: { readonly snapshot: { readonly value: Appointment } }) => {
      return { ...value, tags: { ...value.tags, [TAG.note]: 'not taken' } };
    };
    const kind = { ...PLAIN_APPOINTMENTS, refused };
    const telling = outlookSide({ executor: here.outlook.executor, kind, clock: here.outlook.clock });
    const crossing = { ...moved, start: '2026-04-15T15:00:00', end: '2026-04-15T16:00:00' };
    const create = (token: string, exception: typeof moved) =>
      telling.create(here.folder, [{ token, content: content({ recurrence: weekly({ exceptions: [exception] }) }) }]);
    const items = itemsOf([...(await create('a', crossing)), ...(await create('b', moved))]);
    const tags = await Promise.all(items.map(async ({ id }) => (await here.bench.appointment(id)).snapshot.value.tags));
    expect(tags.map((one) => one[TAG.note])).toEqual(['not taken', undefined]);
  });

  it('[H3] writes once more what an occurrence did not take at first', async () => {
    const item = await createOne(content({ recurrence: weekly() }));
    let locked = 1;
    const locking = outlookSide({
      executor: {
        ...here.outlook.executor,
        run: async (program) => {
          const at = program.steps.findIndex((step) => step.do === 'call' && step.member === 'GetOccurrence');
          if (at < 0 || locked-- <= 0) return here.outlook.executor.run(program);
          return here.outlook.executor.run({ ...program, steps: program.steps.slice(0, at), returns: [] });
        },
      },
      kind: PLAIN_APPOINTMENTS,
      clock: here.outlook.clock,
    });
    const target = { folder: here.folder, id: item.id, rev: item.rev };
    const wanted = { ...item.content, recurrence: weekly({ exceptions: [moved] }) };
    const [updated] = itemsOf(await locking.update(here.folder, [{ target, content: wanted }]));
    expect(updated?.content.recurrence?.exceptions).toEqual([moved]);
    await locking.close();
  });

  it('[H23] a create that fails after it was saved is found again, one that fails before leaves nothing', async () => {
    const series = content({ recurrence: weekly({ exceptions: [moved] }) });
    const outcomes = new Set<string>();
    for (let at = 1; ; at++) {
      const failing = failingExecutor(here.outlook.executor, { at, when: 'before', how: 0x80004005 });
      const cut = outlookSide({ executor: failing, kind: PLAIN_APPOINTMENTS, clock: here.outlook.clock });
      const token = `t${at}`;
      const effects = await cut.create(here.folder, [{ token, content: series }]).catch(() => undefined);
      const found = await side.find(here.folder, [token]);
      expect(found.length).toBeLessThanOrEqual(1);
      if (effects !== undefined) {
        const [code = ''] = codes(effects);
        outcomes.add(code);
        expect([at, code, found.length]).toEqual([at, code, code === 'ok' ? 1 : 0]);
      }
      if (at > failing.steps()) break;
    }
    expect(outcomes).toContain('ok');
    expect(outcomes).toContain('FAILED');
  });

  it('[H22] reads nothing and loses nothing when the table tells short-term ids only', async () => {
    const item = await createOne(content());
    here.outlook.set({ shortTermEntryIds: true, noLongTermEntryIds: true });
    const seen = await side.view(here.folder, knownOf([item]), undefined);
    expect([seen.moved, seen.gone, seen.count]).toEqual([[], [], 1]);
  });

  it('[EO55] reports a damaged item and never takes it for gone', async () => {
    const item = await createOne(content());
    await here.bench.pause();
    const before = await here.bench.appointment(item.id);
    await here.bench.writeAppointment({ ...before.snapshot.value, subject: 'Autre' }, before);
    here.outlook.damage(item.id, [
      'i:{00062002-0000-0000-C000-000000000046}:820D',
      'i:{00062002-0000-0000-C000-000000000046}:820E',
    ]);
    const seen = await side.view(here.folder, knownOf([item]), undefined);
    expect([seen.moved, seen.gone, seen.unreadable.map(({ id }) => id), seen.count]).toEqual([[], [], [item.id], 1]);
    expect(await codeOf(side.read(here.folder, [item.id]))).toBe('OUTLOOK_FAILED');
  });

  it('[H5] an item that the mapping cannot read is unreadable, and one it cannot write is refused', async () => {
    const failing = (of: 'read' | 'write') => {
      const { mapping } = PLAIN_APPOINTMENTS;
      const fail = () => {
        throw new Failure('NOT_THIS', 'This series cannot be told.');
      };
      return outlookSide({
        executor: here.outlook.executor,
        kind: { ...PLAIN_APPOINTMENTS, mapping: { ...mapping, [of]: fail } },
        clock: here.outlook.clock,
      });
    };
    const item = await createOne(content());
    const seen = await failing('read').view(here.folder, new Map(), undefined);
    expect([seen.moved, seen.gone, seen.unreadable, seen.count]).toEqual([
      [],
      [],
      [{ id: item.id, reason: 'This series cannot be told.' }],
      1,
    ]);
    const target = { folder: here.folder, id: item.id, rev: item.rev };
    const updates = [{ target, content: content({ subject: 'Autre' }) }];
    const creates = [{ token: 'n', content: content() }];
    expect(codes(await failing('write').update(here.folder, updates))).toEqual(['REFUSED']);
    expect(codes(await failing('write').create(here.folder, creates))).toEqual(['REFUSED']);
    // What cannot be read back is taken back: it would be created once more.
    expect(codes(await failing('read').create(here.folder, creates))).toEqual(['FAILED']);
    expect((await side.find(here.folder, ['n'])).length).toBe(0);
  });

  it('stops when it is told to', async () => {
    await createOne(content());
    const signal = { aborted: true, addEventListener: () => {}, removeEventListener: () => {} };
    expect(await codeOf(side.view(here.folder, new Map(), undefined, signal))).toBe('CANCELLED');
    expect(await codeOf(side.create(here.folder, [{ token: 'x', content: content() }], signal))).toBe('CANCELLED');
  });

  it('what was made together is read together, as on a first read; no program makes more calls than fit into its slice', async () => {
    const counting = countingExecutor(here.outlook.executor);
    const quick = outlookSide({ executor: counting, kind: PLAIN_APPOINTMENTS, clock: here.outlook.clock });
    const creates = Array.from({ length: 12 }, (_, n) => ({ token: `made-${n}`, content: content() }));
    expect(itemsOf(await quick.create(here.folder, creates)).map(({ token }) => token)).toContain('made-11');
    await quick.view(here.folder, new Map(), undefined);
    expect([counting.longest('read items'), counting.programs().get('read items')]).toEqual([30, 6]);
    await quick.close();
  });

  it('opens folders by entry id alone and with the id of their store', async () => {
    const given = { session: here.bench.given.session };
    const row = folderRow(
      await here.bench.run(createFolder(given, { kind: 'calendar', name: 'Autre', description: '' })),
    );
    for (const id of [row.entryId, folderId(row)]) {
      expect((await side.view(id, new Map(), undefined)).count).toBe(0);
    }
  });
});
