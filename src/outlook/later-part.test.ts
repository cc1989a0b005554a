/** A series that Outlook can only show in part, through the engine, over an Outlook whose clock goes on. */
import { expect, it } from 'vitest';
import { seriesKit } from '../domain/content-kit.ts';
import type { Series } from '../domain/event.ts';
import { NO_PARTS } from '../domain/recurrence.ts';
import { anException, aSeries } from '../domain/testing/samples.ts';
import type { When } from '../domain/time.ts';
import { blankAppointment, outlookEventMapping } from '../mapping/outlook/event/event.ts';
import { dueOf } from '../mapping/outlook/event/simplified-tag.ts';
import { meetUnbased } from '../sync/meet.ts';
import { BOTH_WAYS, type Policy } from '../sync/policies.ts';
import { syncFolder } from '../sync/run.ts';
import { memorySide } from '../sync/testing/memory-side.ts';
import { memoryState } from '../sync/testing/memory-state.ts';
import { emulatedOutlook } from './emulator/testing/world.ts';
import { outlookSide } from './side.ts';
import { outlookFolders } from './side-folders.ts';
import { appointmentKind } from './side-kind.ts';

const DAY = 86_400_000;
const at = (date: string): When => {
  const moment = (clock: string) => ({ wall: `${date}T${clock}:00`, zone: 'Europe/Paris' });
  return { kind: 'time', start: moment('09:00'), end: moment('10:00') };
};
const series = aSeries({
  recurrence: { ...NO_PARTS, frequency: 'DAILY', interval: 1, byHour: [9, 14], end: { kind: 'never' } },
  exceptions: [anException('2027-05-03T09:00:00', { title: 'Later', when: at('2027-05-03') })],
  excluded: ['2027-05-04T09:00:00'],
});

async function world(policy: Policy<Series> = BOTH_WAYS) {
  const outlook = emulatedOutlook();
  const { clock } = outlook;
  const server = memorySide<Series>({ name: 'server' });
  const state = memoryState<Series>();
  const folders = outlookFolders(outlook.executor);
  const { id: folder } = await folders.create({ kind: 'calendar', name: 'Later', containerUid: 'later' });
  const id = server.user.add('c', series);
  let ids = 0;
  const side = () => {
    const mapping = outlookEventMapping({ zone: 'Europe/Paris', ownAddress: 'jane@demo.test', now: clock.now() });
    const kind = appointmentKind({ mapping, blank: blankAppointment, due: dueOf });
    return outlookSide({ executor: outlook.executor, kind, clock });
  };
  const run = async () => {
    const pair = { id: 'p', folders: { server: 'c', outlook: folder } };
    const now = () => clock.now();
    const newId = () => `id-${ids++}`;
    const open = side();
    const report = await syncFolder({
      pair,
      state,
      sides: { server, outlook: open },
      kit: seriesKit,
      policy,
      now,
      newId,
    });
    await open.close();
    return report;
  };
  const shown = async () => {
    const open = side();
    const [item] = (await open.view(folder, new Map(), undefined)).moved;
    await open.close();
    return item?.content;
  };
  /** What two items without a common past would need, as after a lost memory. */
  const meet = async () => {
    const open = side();
    const item = (await open.view(folder, new Map(), undefined)).moved[0] ?? expect.fail('no item');
    const own = server.user.items('c')[0] ?? expect.fail('no event');
    const previews = { server: server.preview, outlook: open.preview };
    const items = { server: [own.id], outlook: [item.id] };
    const now = { server: own, outlook: item };
    const meeting = { key: 'k', fresh: true, token: undefined, rule: 'L2', items, now, prefer: 'server' } as const;
    const action = meetUnbased(meeting, { kit: seriesKit, policy, previews });
    await open.close();
    return action;
  };
  const wait = (days: number) => clock.advance(days * DAY);
  return { run, shown, meet, wait, server: () => server.user.items('c')[0], id, close: () => outlook.close() };
}

it.each([
  ['both ways', BOTH_WAYS],
  ['where the server may only be read', { ...BOTH_WAYS, writable: { server: false, outlook: true } }],
])('[T7] [H15] a later part of a partly shown series is shown when it is due, once, %s', async (_, policy) => {
  const here = await world(policy);
  expect(await here.run()).toMatchObject({ lines: [{ do: 'create', on: 'outlook' }] });
  here.wait(1);
  expect(await here.run()).toMatchObject({ lines: [] });
  const before = await here.shown();
  expect(before).toMatchObject({ exceptions: [], excluded: [] });
  here.wait(220);
  expect(await here.run()).toMatchObject({ lines: [{ do: 'update', on: 'outlook', rule: 'T7', outcome: 'done' }] });
  const later = await here.shown();
  expect(later?.shown?.dates?.to).not.toBe(before?.shown?.dates?.to);
  expect(later).toMatchObject({ excluded: ['2027-05-04T09:00:00'], exceptions: [{ event: { title: 'Later' } }] });
  expect(here.server()).toMatchObject({ rev: here.server()?.rev, content: series });
  here.wait(1);
  for (const _again of [1, 2]) expect(await here.run()).toMatchObject({ lines: [], outcome: 'done' });
  here.close();
});

it('[H15] an item that shows an earlier part than a new one would is as the server has it, also to who knows no past', async () => {
  const here = await world();
  await here.run();
  here.wait(150);
  expect(await here.meet()).toMatchObject({ do: 'link' });
  here.wait(70);
  expect(await here.meet()).toMatchObject({ do: 'update', on: 'outlook' });
  here.close();
});
