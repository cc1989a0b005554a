/** Meetings that are edited, moved and deleted in Outlook: nobody gets a mail for it. Every other test's server proves the same. */
import { expect, it } from 'vitest';
import { editInOutlook } from './edits.ts';
import { event, smallDesk } from './small-desk.ts';
import { CALENDAR, LOGIN } from './world.ts';

const small = smallDesk();

const guest = (mailto: string) => ({
  commonName: mailto,
  mailto,
  cutype: 'Individual',
  role: 'RequiredParticipant',
  partStatus: 'NeedsAction',
});

/** A meeting that Jane holds, and one that she is invited to. */
const meetings = () => [
  event(1, { organizer: { commonName: 'Jane', mailto: LOGIN }, attendees: [guest('ann@example.org')] }),
  event(2, { organizer: { commonName: 'Ann', mailto: 'ann@example.org' }, attendees: [guest(LOGIN)] }),
];

const outbox = () => small().server.kernel.store.outbox;

it('[N5] meetings changed and deleted in Outlook notify nobody, where the same done with notification does', async () => {
  const [own] = meetings();
  await small().change({ add: [...meetings(), event(3)] });
  await small().run();
  const ids = (await small().inOutlook(CALENDAR)).map(([id]) => id).slice(0, 2);
  expect(ids).toHaveLength(2);
  await editInOutlook(small().desk.emulator, { edit: ids, remove: [], create: 0, name: '' });
  expect(await small().run()).toMatchObject({ failed: 0, changes: 2 });
  expect(outbox().all()).toEqual([]);
  await small().change({ modify: [{ ...own, sendNotification: true }] });
  expect(
    outbox()
      .all()
      .map(({ method, to }) => [method, to]),
  ).toEqual([['REQUEST', ['ann@example.org']]]);
  outbox().clear();
  await small().run();
  await editInOutlook(small().desk.emulator, { edit: [], remove: ids, create: 0, name: '' });
  expect(await small().run()).toMatchObject({ failed: 0 });
  expect(await small().onServer(CALENDAR)).toHaveLength(1);
  expect(outbox().all()).toEqual([]);
});
