import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import type { View } from '../sync/side.ts';
import type { Emulator } from './emulator/open-emulator.ts';
import { emulatedOutlook, type TestClock } from './emulator/testing/world.ts';
import type { Appointment } from './model/appointment.ts';
import { countingExecutor } from './program/executors.ts';
import type { Executor, OutlookValue } from './program/program.ts';
import { rowColumns } from './program/rows.ts';
import { outlookSide } from './side.ts';
import type { ItemKind, ItemRead, Tagged } from './side-kind.ts';
import { folderId } from './side-session.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { PLAIN_APPOINTMENTS, PLAIN_CARDS } from './testing/plain-kinds.ts';
import { emptyContact, sampleAppointment } from './testing/samples.ts';

type World = { readonly outlook: Emulator & { readonly clock: TestClock }; readonly bench: Bench };

async function opened(kind: 'calendar' | 'contacts'): Promise<World> {
  const outlook = emulatedOutlook();
  const pause = async () => outlook.clock.advance(3000);
  return { outlook, bench: await openBench({ executor: outlook.executor, pause, dispose: async () => {} }, kind) };
}

/** One look at all of a folder that nobody has read before. */
async function seenBy<V extends Tagged, C, R extends ItemRead<V>>(
  { outlook, bench }: World,
  kind: ItemKind<V, C, R>,
  { executor = outlook.executor, ...options }: { executor?: Executor; tableFrom?: number } = {},
): Promise<View<C>> {
  const side = outlookSide({ executor, kind, clock: outlook.clock, ...options });
  try {
    return await side.view(folderId({ entryId: bench.folderId, storeId: bench.storeId }), new Map(), undefined);
  } finally {
    await side.close();
  }
}

/** Runs `before` before the first program of this label. */
function meddling(inner: Executor, label: string, before: () => Promise<void>): Executor {
  let done = false;
  return {
    ...forwarding(inner),
    run: async (program) => {
      if (!done && program.label === label) {
        done = true;
        await before();
      }
      return inner.run(program);
    },
  };
}

function forwarding(inner: Executor): Executor {
  return {
    run: (program) => inner.run(program),
    release: (objects) => inner.release(objects),
    calls: () => inner.calls(),
    close: () => inner.close(),
  };
}

describe('reading many appointments', () => {
  let here: World;
  let ids: string[];
  beforeEach(async () => {
    here = await opened('calendar');
    ids = [];
    for (let n = 0; n < 24; n++)
      ids.push(await here.bench.writeAppointment(sampleAppointment({ subject: `${n}`, body: `Agenda ${n}` })));
    await here.bench.pause();
  });
  afterEach(() => here.outlook.close());

  const byItems = () => seenBy(here, PLAIN_APPOINTMENTS, { tableFrom: Number.POSITIVE_INFINITY });
  const byTable = (executor?: Executor) =>
    seenBy(here, PLAIN_APPOINTMENTS, { tableFrom: 1, ...(executor && { executor }) });
  const edit = async (id: string, change: Partial<Appointment>) => {
    const before = await here.bench.appointment(id);
    await here.bench.writeAppointment({ ...before.snapshot.value, ...change }, before);
  };
  const bodies = ({ moved }: View<Appointment>) => moved.map(({ content }) => content.body);

  it('costs three calls for each of them, and for one in twenty a few more', async () => {
    const cost = async () => {
      const before = here.outlook.executor.calls();
      await seenBy(here, PLAIN_APPOINTMENTS);
      return here.outlook.executor.calls() - before;
    };
    const few = await cost();
    for (let n = 0; n < 40; n++) await here.bench.writeAppointment(sampleAppointment({ subject: `more ${n}` }));
    await here.bench.pause();
    expect((await cost()) - few).toBeLessThanOrEqual(40 * 3 + 15);
  });

  it('asks those of another zone than that of Windows for their times, two calls more', async () => {
    const cost = async () => {
      const before = here.outlook.executor.calls();
      await byTable();
      return here.outlook.executor.calls() - before;
    };
    const own = await cost();
    here.outlook.relocate({ zone: { windows: 'Tokyo Standard Time', iana: 'Asia/Tokyo' } });
    expect((await cost()) - own).toBe(2 * ids.length);
  });

  it('reads no further in a table than to the last of them', async () => {
    const counting = countingExecutor(here.outlook.executor);
    const side = outlookSide({ executor: counting, kind: PLAIN_APPOINTMENTS, clock: here.outlook.clock, tableFrom: 1 });
    const folder = folderId({ entryId: here.bench.folderId, storeId: here.bench.storeId });
    expect((await side.view(folder, new Map(), undefined)).moved.length).toBe(ids.length);
    expect(counting.programs().get('read rows')).toBe(1);
    await side.close();
  });

  it('opens no table for a few of them, nor for many that were changed just now', async () => {
    const counting = countingExecutor(here.outlook.executor);
    const side = outlookSide({ executor: counting, kind: PLAIN_APPOINTMENTS, clock: here.outlook.clock });
    const folder = folderId({ entryId: here.bench.folderId, storeId: here.bench.storeId });
    const known = new Map((await side.view(folder, new Map(), undefined)).moved.map(({ id, rev }) => [id, rev]));
    expect(counting.programs().get('open rows')).toBe(1);
    for (const id of ids.slice(0, 9)) await edit(id, { location: 'Là-bas' });
    await here.bench.pause();
    expect((await side.view(folder, known, undefined)).moved.length).toBe(9);
    for (const id of ids) await edit(id, { location: 'Ici' });
    expect((await side.view(folder, known, undefined)).moved.length).toBe(ids.length);
    expect(counting.programs().get('open rows')).toBe(1);
    await side.close();
  });

  it('[H28] gives the item as it is, whole, when the user saves it between its row and its reading', async () => {
    const changed = { body: 'Autre', location: 'Là-bas' };
    const late = ids[18] ?? '';
    const meddler = meddling(here.outlook.executor, 'read items', async () => {
      here.outlook.clock.advance(3000);
      await edit(late, changed);
    });
    const seen = await byTable(meddler);
    expect(seen.moved.find(({ id }) => id === late)?.content).toMatchObject(changed);
    await here.bench.pause();
    expect(seen.moved.map(({ content }) => content)).toEqual((await byItems()).moved.map(({ content }) => content));
  });

  it('[H28] asks an item that was changed just now for all of it: it may change again in the same second', async () => {
    const late = ids[18] ?? '';
    await edit(late, { location: 'Là-bas' });
    const meddler = meddling(here.outlook.executor, 'read items', () => edit(late, { body: 'Autre' }));
    expect((await byTable(meddler)).moved.find(({ id }) => id === late)?.content.body).toBe('Autre');
  });

  it('reads again what it has taken from rows once an item says another thing than its row', async () => {
    const wrong = [...ids.keys()].filter((n) => n >= 12).map((n) => `Agenda ${n}`);
    const spoilt = (cell: OutlookValue): OutlookValue => {
      if (Array.isArray(cell)) return cell.map((each: OutlookValue) => spoilt(each));
      return typeof cell === 'string' && wrong.includes(cell) ? 'not it' : cell;
    };
    let rows = 0;
    const spoiling: Executor = {
      ...forwarding(here.outlook.executor),
      run: async (program) => {
        const outcome = await here.outlook.executor.run(program);
        if (program.label !== 'read rows' || outcome.kind !== 'done') return outcome;
        rows += 1;
        return { kind: 'done', values: { GetArray: spoilt(outcome.values['GetArray'] ?? null) } };
      },
    };
    expect(bodies(await byTable(spoiling))).toEqual(ids.map((_, n) => `Agenda ${n}`));
    expect(rows).toBeGreaterThan(0);
  });

  it.each([...rowColumns(['Body', 'Start', 'End']), 'GetTable', 'GetArray'])(
    'reads the items alone of what a store does not show: %s',
    async (refused) => {
      const expected = await byItems();
      const counting = countingExecutor(here.outlook.executor);
      const refusing: Executor = {
        ...forwarding(counting),
        run: async (program) => {
          const rows = program.label === 'open rows' || program.label === 'read rows';
          const step = program.steps.findIndex(
            (one) =>
              one.do === 'call' && (one.member === refused || (one.member === 'Add' && one.args?.[0] === refused)),
          );
          if (!rows || step < 0) return counting.run(program);
          const member = refused.includes('/') || !refused.startsWith('Get') ? 'Add' : refused;
          return { kind: 'failed', step, member, hresult: 0x80004005, message: '' };
        },
      };
      expect(await byTable(refusing)).toEqual(expected);
      expect(counting.programs().get('read items')).toBeGreaterThan(0);
    },
  );

  it('[EC58] says that Outlook is closed, and not that its table is, when it closes in between', async () => {
    const closing = meddling(here.outlook.executor, 'read rows', async () => here.outlook.quit());
    const code = await byTable(closing).then(
      () => 'none',
      (error: unknown) => (isFailure(error) ? error.code : String(error)),
    );
    expect(code).toBe('OUTLOOK_UNAVAILABLE');
  });

  it('leaves no object behind, at the end or in the middle', async () => {
    const before = here.outlook.executor.openObjects();
    await byTable();
    const abort = new AbortController();
    const cancelled = meddling(here.outlook.executor, 'read items', async () => abort.abort());
    const side = outlookSide({
      executor: cancelled,
      kind: PLAIN_APPOINTMENTS,
      clock: here.outlook.clock,
      tableFrom: 1,
    });
    const folder = folderId({ entryId: here.bench.folderId, storeId: here.bench.storeId });
    await expect(side.view(folder, new Map(), undefined, abort.signal)).rejects.toThrow();
    await side.close();
    expect(here.outlook.executor.openObjects()).toBe(before);
  });
});

describe('reading many contacts', () => {
  let here: World;
  beforeEach(async () => {
    here = await opened('contacts');
    await add(65);
  });
  afterEach(() => here.outlook.close());
  const add = async (count: number) => {
    for (let n = 0; n < count; n++) await here.bench.writeContact(emptyContact({ body: `Note ${n}` }));
    await here.bench.pause();
  };
  const byItems = () => seenBy(here, PLAIN_CARDS, { tableFrom: Number.POSITIVE_INFINITY });

  it('costs three calls for each of them, and gives what they say themselves', async () => {
    const cost = async () => {
      const before = here.outlook.executor.calls();
      await seenBy(here, PLAIN_CARDS);
      return here.outlook.executor.calls() - before;
    };
    const few = await cost();
    await add(30);
    expect((await cost()) - few).toBeLessThanOrEqual(30 * 3 + 5);
    expect(await seenBy(here, PLAIN_CARDS)).toEqual(await byItems());
  });

  it('[H28] gives a contact as it is, whole, when the user saves it between its row and its reading', async () => {
    const late = (await byItems()).moved[40]?.id ?? '';
    const meddler = meddling(here.outlook.executor, 'read items', async () => {
      here.outlook.clock.advance(3000);
      const before = await here.bench.contact(late);
      await here.bench.writeContact({ ...before.snapshot.value, body: 'Autre' }, before);
    });
    const seen = await seenBy(here, PLAIN_CARDS, { executor: meddler });
    expect(seen.moved.find(({ id }) => id === late)?.content).toMatchObject({ body: 'Autre' });
  });
});
