/** Meetings that are edited, answered and deleted in Outlook: nobody gets a mail for it. Every other test's server proves the same. */
import { expect, it } from 'vitest';
import type { Program } from '../../src/outlook/program/program.ts';
import { editInOutlook } from './edits.ts';
import { event, type Json, smallDesk } from './small-desk.ts';
import { CALENDAR, LOGIN, lineTo } from './world.ts';

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

/** Answers invitations as their reader does: `Respond` with 3 accepted, 2 tentative, 4 declined; the answer itself is not sent. */
async function respond(answers: readonly (readonly [id: string, answer: 2 | 3 | 4])[]): Promise<void> {
  for (const [id, answer] of answers) {
    const program: Program = {
      label: 'answer',
      steps: [
        { do: 'get', on: 'application', member: 'Session', as: 'session' },
        { do: 'call', on: 'session', member: 'GetItemFromID', args: [id], as: 'item' },
        { do: 'call', on: 'item', member: 'Respond', args: [answer, true] },
      ],
      returns: [],
    };
    const outcome = await small().desk.emulator.executor.run(program);
    expect(outcome.kind).toBe('done');
  }
}

/** Jane's answers as the server has them, by uid. */
async function answersOnServer(uids: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const session = lineTo(small().server.url);
  const path = `/calendars/${encodeURIComponent(CALENDAR)}/_mget`;
  const items = (await session.call({ method: 'POST', path, body: uids })) as Json[];
  await session.close();
  return items.map(({ uid, value }) => [uid, value.main.attendees[0].partStatus]);
}

it('[H18] [N5] an answer given in Outlook reaches the server and notifies nobody, where the same with notification does', async () => {
  const invitation = (number: number) =>
    event(number, { organizer: { commonName: 'Ann', mailto: 'ann@example.org' }, attendees: [guest(LOGIN)] });
  const [accepted, tentative, declined] = [invitation(1), invitation(2), invitation(3)];
  await small().change({ add: [accepted, tentative, declined] });
  await small().run();
  const shown = await small().inOutlook(CALENDAR);
  const idOf = ({ value }: Json) => shown.find(([, title]) => title === value.main.summary)?.[0] ?? '';
  await respond([
    [idOf(accepted), 3],
    [idOf(tentative), 2],
    [idOf(declined), 4],
  ]);
  expect(await small().run()).toMatchObject({ failed: 0, changes: 3 });
  // Outlook takes a declined meeting out of the calendar; so does the server, of Jane's copy.
  expect(await answersOnServer([accepted.uid, tentative.uid, declined.uid])).toEqual([
    [accepted.uid, 'Accepted'],
    [tentative.uid, 'Tentative'],
  ]);
  expect(await small().run()).toMatchObject({ failed: 0, changes: 0 });
  expect(outbox().all()).toEqual([]);
  const value = {
    ...accepted.value,
    main: { ...accepted.value.main, attendees: [{ ...guest(LOGIN), partStatus: 'Declined' }] },
  };
  await small().change({ modify: [{ uid: accepted.uid, value, sendNotification: true }] });
  const sent = outbox().all();
  expect(sent.map(({ method, to }) => [method, to])).toEqual([['REPLY', ['ann@example.org']]]);
  outbox().clear();
});
