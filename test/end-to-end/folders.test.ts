/** Whole calendars and books that come and go, over real HTTP and the emulated Outlook: rules F1 to F14 of docs/folders.md. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteInWords } from '../../src/agent/folders/say.ts';
import { type RunReport, summarize, totalsOf } from '../../src/agent/summary.ts';
import { must } from '../../src/base/assert.ts';
import { lateOutlook } from '../../src/outlook/emulator/testing/world.ts';
import { removeExtra } from '../../src/server/admin/remove.ts';
import { FRIENDS, type Office, openOffice, TEAM } from './folder-world.ts';
import { BOOK, CALENDAR, USER } from './world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const inEnglish = (said: RunReport['notes']) => said.map((note) => noteInWords(note, 'en'));
const notes = async () => inEnglish((await office.run()).notes);
/** Another run finds nothing to do and nothing to say. */
async function atRest(): Promise<void> {
  const report = await office.run();
  expect([totalsOf(report.folders), report.notes]).toEqual([{ changes: 0, failed: 0, held: 0 }, []]);
}

async function decide(decision: 'apply' | 'undo'): Promise<void> {
  const { agent } = office.desk;
  for (const { id } of agent.pairs()) {
    const state = agent.storage.state(id);
    for (const { key, rule } of state.held()) if (rule === 'G5') state.transaction((tx) => tx.decide(key, decision));
  }
}

const titlesInHistory = () =>
  [...office.desk.agent.storage.history.rows({})].map(({ rule, title, side }) => `${rule} ${side} ${title}`).sort();

describe('a container that is no longer subscribed', () => {
  it('[F7] sends what was not sent, then leaves Outlook; subscribed again it comes back', async () => {
    await office.book(FRIENDS, 'Friends', 2);
    await office.run();
    await office.edit('Friends', 'Friends 0', 'Zoe');
    await office.write('Friends', 'Ann');
    office.unsubscribe(FRIENDS);
    expect(await notes()).toEqual([
      'Friends: you are not subscribed to it any more; its folder lies in Outlook’s Deleted Items.',
    ]);
    expect(office.onServer(FRIENDS)).toEqual(['Ann', 'Friends 1', 'Zoe']);
    expect(await office.folders()).toContain('-Friends');
    await atRest();
    office.subscribe(FRIENDS);
    await office.run();
    expect(await office.inOutlook('Friends')).toEqual(['Ann', 'Friends 1', 'Zoe']);
    await atRest();
  });

  it('[F7] keeps what cannot be sent in the history', async () => {
    office.shared(TEAM, 'Team', 'Read');
    await office.run();
    await office.write('Team (John Roe)', 'Mine');
    office.subscribe(TEAM, false);
    expect(await notes()).toEqual([
      'Team (John Roe): you are not subscribed to it any more; its folder lies in Outlook’s Deleted Items. ' +
        'Changes that could not be sent (1) are kept in the history.',
    ]);
    expect([titlesInHistory(), office.onServer(TEAM)]).toEqual([['U4 outlook Mine'], []]);
    await atRest();
  });

  it('[F10] is not believed to be so when the list lacks even the own calendar', async () => {
    await office.book(FRIENDS, 'Friends', 1);
    await office.run();
    const { containers, items } = office.server.kernel.store;
    const list = containers.byUid(`owner_subscriptions_${USER}_at_demo.test`);
    for (const item of items.all(list?.id ?? 0)) items.remove(item.id);
    const before = await office.folders();
    const said = await notes();
    expect(said.filter((note) => !note.includes('left alone'))).toEqual([]);
    expect(said).toHaveLength(4);
    expect(await office.folders()).toEqual(before);
    expect(await office.inOutlook('Friends')).toEqual(['Friends 0']);
  });
});

describe('a container that cannot be read', () => {
  it('[F8] without the right: nothing is touched until it is back', async () => {
    office.shared(TEAM, 'Team', 'Write');
    await office.put(TEAM, ['One', 'Two']);
    await office.run();
    await office.edit('Team (John Roe)', 'One', 'One more');
    const { containers } = office.server.kernel.store;
    const { id = 0 } = containers.byUid(TEAM) ?? {};
    const rights = containers.grants(id);
    containers.setGrants(id, []);
    expect(await notes()).toEqual([
      'Team (John Roe): you may not read it any more; what Outlook shows was left alone.',
    ]);
    expect(await office.inOutlook('Team (John Roe)')).toEqual(['One more', 'Two']);
    containers.setGrants(id, rights);
    await office.run();
    expect(office.onServer(TEAM)).toEqual(['One more', 'Two']);
    await atRest();
  });

  it('[F9] [G5] gone with many items: the user is asked, and takes it down or makes it again', async () => {
    for (const uid of [FRIENDS, `${FRIENDS}2`]) await office.book(uid, uid === FRIENDS ? 'Friends' : 'Clients', 5);
    await office.run();
    for (const uid of [FRIENDS, `${FRIENDS}2`]) removeExtra(office.server.kernel, uid);
    const report = await office.run();
    expect(totalsOf(report.folders)).toEqual({ changes: 0, failed: 0, held: 2 });
    expect(
      inEnglish(report.notes)
        .map((note) => note.slice(0, 40))
        .sort(),
    ).toEqual(['Clients is not on the server any more. I', 'Friends is not on the server any more. I']);
    expect([await office.inOutlook('Friends'), await office.inOutlook('Clients')]).toMatchObject([
      { length: 5 },
      { length: 5 },
    ]);
    const { agent } = office.desk;
    for (const { id, name } of agent.pairs()) {
      const state = agent.storage.state(id);
      for (const { key } of state.held())
        state.transaction((tx) => tx.decide(key, name === 'Friends' ? 'apply' : 'undo'));
    }
    await office.run();
    expect(await office.folders()).toContain('-Friends');
    const again = agent.pairs().find(({ name }) => name === 'Clients');
    expect(again?.folders.server).not.toBe(`${FRIENDS}2`);
    expect(office.onServer(again?.folders.server ?? '')).toHaveLength(5);
    await atRest();
  });

  it('[F9] gone with three items or fewer: its folder is taken down', async () => {
    await office.book(FRIENDS, 'Friends', 3);
    await office.run();
    removeExtra(office.server.kernel, FRIENDS);
    expect(await notes()).toEqual([
      'Friends is not on the server any more; its folder lies in Outlook’s Deleted Items.',
    ]);
    await atRest();
  });
});

describe('a folder of the user', () => {
  it('[F6] from before the connector is left alone; one made later is a book, or a calendar, at once', async () => {
    await office.tree.make('Old', 'contacts', await office.tree.find('Contacts'));
    await office.write('Old', 'Nobody');
    await office.run();
    await office.tree.make('Clients', 'contacts', await office.tree.find('Contacts'));
    await office.write('Clients', 'Zoe');
    await office.tree.make('Trips', 'calendar', await office.tree.find('Calendar'));
    expect((await notes()).toSorted()).toEqual([
      'Clients was made in Outlook; BlueMind has it now too.',
      'Trips was made in Outlook; BlueMind has it now too.',
    ]);
    const made = office.desk.agent.pairs().filter(({ folders }) => folders.server.includes('UserCreated'));
    expect(made.map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual(['addressbook Clients', 'calendar Trips']);
    const clients = made.find(({ name }) => name === 'Clients')?.folders.server ?? '';
    expect(office.onServer(clients)).toEqual(['Zoe']);
    await office.put(clients, ['Ann']);
    await office.run();
    expect(await office.inOutlook('Clients')).toEqual(['Ann', 'Zoe']);
    await atRest();
  });

  it('[F4] is renamed with its book, both ways; what is not the user’s gets its name back', async () => {
    await office.book(FRIENDS, 'Friends', 1);
    office.shared(TEAM, 'Team', 'Write');
    await office.run();
    const rename = async (from: string, to: string) => office.tree.rename(await office.tree.find(from), to);
    await rename('Friends', 'Mates');
    await rename('Team (John Roe)', 'Work');
    expect((await notes()).toSorted()).toEqual([
      'Friends was renamed in Outlook; it is called Mates in BlueMind too.',
      'Work is called Team (John Roe) again: it cannot be renamed by you.',
    ]);
    expect(office.server.kernel.store.containers.byUid(FRIENDS)?.name).toBe('Mates');
    await atRest();
    await office.desk.agent.containers.rename('addressbook', FRIENDS, 'Pals');
    expect(await notes()).toEqual(['Mates is called Pals in BlueMind now; so is its folder.']);
    expect(await office.inOutlook('Pals')).toEqual(['Friends 0']);
    await atRest();
  });

  it('[F2] [F3] is found where it was moved, in another store too; equal names do not clash', async () => {
    await office.book(FRIENDS, 'Friends', 1);
    await office.book(`${FRIENDS}2`, 'Friends', 2);
    await office.run();
    expect([await office.inOutlook('Friends'), await office.inOutlook('Friends (2)')]).toMatchObject([
      { length: 1 },
      { length: 2 },
    ]);
    await office.tree.move(await office.tree.find('Friends'), await office.tree.find('Inbox'));
    await atRest();
    lateOutlook(office.desk.emulator).session.call('AddStoreEx', 'C:\\Archive.pst', 3);
    const archive = (await office.tree.all()).find(({ name }) => /archive|outlook data file/i.test(name));
    await office.tree.move(await office.tree.find('Friends'), must(archive));
    await office.run();
    await atRest();
    await office.write('Friends', 'Zoe');
    await office.run();
    expect(office.onServer(FRIENDS)).toEqual(['Friends 0', 'Zoe']);
    await atRest();
  });

  it('[F11] [G5] deleted: an empty book goes, a full one asks, one of others comes back', async () => {
    await office.book(FRIENDS, 'Friends', 2);
    await office.book(`${FRIENDS}2`, 'Empty', 0);
    office.shared(TEAM, 'Team', 'Write');
    await office.run();
    for (const name of ['Friends', 'Empty', 'Team (John Roe)']) await office.tree.remove(await office.tree.find(name));
    const report = await office.run();
    expect(inEnglish(report.notes).toSorted()).toEqual([
      'Empty was deleted in BlueMind and in Outlook; what it held is kept in the history.',
      'Friends: its folder was deleted in Outlook. What BlueMind holds of it (2) stays until you decide: `connector held list`.',
      'Team (John Roe) was deleted in Outlook and was put back: it is not yours. To stop seeing it, unsubscribe.',
    ]);
    expect([office.onServer(FRIENDS), office.onServer(`${FRIENDS}2`)]).toEqual([['Friends 0', 'Friends 1'], undefined]);
    await decide('undo');
    expect(await notes()).toEqual(['Friends was put back, as you asked.']);
    expect(await office.inOutlook('Friends')).toHaveLength(2);
    await atRest();
    await office.tree.remove(await office.tree.find('Friends'));
    await office.run();
    await decide('apply');
    expect(await notes()).toEqual([
      'Friends was deleted in BlueMind and in Outlook; what it held is kept in the history.',
    ]);
    expect([office.onServer(FRIENDS), titlesInHistory()]).toEqual([
      undefined,
      ['U3 server Friends 0', 'U3 server Friends 1'],
    ]);
    await atRest();
  });

  it('[F11] destroyed in Deleted Items: made anew when the user wants it back', async () => {
    await office.book(FRIENDS, 'Friends', 2);
    await office.run();
    await office.tree.remove(await office.tree.find('Friends'));
    await office.tree.remove(await office.tree.find('Friends'));
    await office.run();
    expect(office.onServer(FRIENDS)).toHaveLength(2);
    await decide('undo');
    await office.run();
    expect(await office.inOutlook('Friends')).toEqual(['Friends 0', 'Friends 1']);
    await atRest();
  });
});

describe('an account', () => {
  it('[F13] restored from a backup: nothing is deleted, what is missing is made again', async () => {
    await office.book(FRIENDS, 'Friends', 20);
    await office.run();
    const { containers, items, people } = office.server.kernel.store;
    const { id = 0 } = containers.byUid(FRIENDS) ?? {};
    for (const item of items.all(id).slice(0, 15)) items.remove(item.id);
    await office.write('Friends', 'New');
    people.saveEntry({ ...must(people.entry('demo.test', USER)), mailboxCopyGuid: 'another' });
    await office.restart();
    const report = await office.run();
    const deeds = report.folders.flatMap(({ report: { lines } }) => lines.map((line) => `${line.do} ${line.on}`));
    expect(deeds).toEqual(Array.from({ length: 16 }, () => 'create server'));
    expect([office.onServer(FRIENDS), await office.inOutlook('Friends')]).toMatchObject([
      { length: 21 },
      { length: 21 },
    ]);
    await atRest();
    await atRest();
  });

  it('[F13] of another user under the same login is refused, and nothing changes anywhere', async () => {
    await office.book(FRIENDS, 'Friends', 2);
    await office.run();
    const { accounts } = office.desk.agent.storage;
    const account = must(accounts.all()[0]);
    accounts.put({ ...account, value: { ...account.value, userUid: 'somebody-else' } });
    // That it was tried is noted, and nothing else.
    const notes = ['runs', 'sqlite_sequence'];
    const before = office.everything(notes);
    await expect(office.run()).rejects.toMatchObject({ code: 'ACCOUNT_REPLACED' });
    await expect(office.desk.agent.plan()).rejects.toMatchObject({ code: 'ACCOUNT_REPLACED' });
    expect(office.everything(notes)).toBe(before);
    const [last] = office.desk.agent.storage.runs.list(1);
    expect(last?.failure?.code).toBe('ACCOUNT_REPLACED');
  });
});

describe('collected contacts', () => {
  it('[F1] are Suggested Contacts where Outlook has that folder', async () => {
    await office.close();
    office = await openOffice([3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 30]);
    const collected = `book:CollectedContacts_${USER}`;
    await office.write('Suggested Contacts', 'Old');
    await office.put(collected, ['Ann']);
    await office.run();
    await office.write('Suggested Contacts', 'Zoe');
    await office.run();
    expect(await office.inOutlook('Suggested Contacts')).toEqual(['Ann', 'Old', 'Zoe']);
    expect([office.onServer(collected), await office.folders()]).toEqual([
      ['Ann', 'Zoe'],
      ['Calendar', 'Contacts', 'Suggested Contacts'],
    ]);
    await atRest();
  });
});

describe('the directory', () => {
  it('[F1] shows the domain’s people, who are what attendees and members of groups resolve to', async () => {
    await office.run();
    await office.desk.agent.containers.subscribe('addressbook', ['Directory']);
    await office.run();
    expect(await office.inOutlook('Directory')).toEqual(['Jane Doe', 'John Roe']);
    const { session, contacts, calendar } = lateOutlook(office.desk.emulator);
    const made = contacts.object('Items').object('Add', 'IPM.DistList');
    made.put('DLName', 'Team');
    made.call('Save');
    const add = (address: string) => {
      const list = session.object('GetItemFromID', made.get('EntryID'));
      const recipient = session.object('CreateRecipient', address);
      recipient.call('Resolve');
      list.call('AddMember', recipient);
      list.call('Save');
    };
    add('john@demo.test');
    const meeting = calendar.object('Items').object('Add');
    meeting.put('Subject', 'Meeting');
    meeting.put('Start', { date: '2026-12-01T10:00:00' });
    meeting.put('MeetingStatus', 1);
    meeting.object('Recipients').object('Add', 'john@demo.test');
    meeting.object('Recipients').call('ResolveAll');
    meeting.call('Save');
    await office.run();
    add('stranger@example.org');
    add('jane@demo.test');
    await office.run();
    const group = await office.value(BOOK, 'Team');
    expect(group).toMatchObject({
      organizational: {
        member: [
          { mailto: 'john@demo.test', containerUid: 'addressbook_demo.test', itemUid: 'john' },
          { mailto: 'stranger@example.org', containerUid: null, itemUid: null },
          { mailto: 'jane@demo.test', containerUid: 'addressbook_demo.test', itemUid: USER },
        ],
      },
    });
    const event = await office.value(CALENDAR, 'Meeting');
    expect(event).toMatchObject({ main: { attendees: [{ dir: 'bm://demo.test/users/john' }] } });
    await atRest();
  });
});

describe('a container that may only be read', () => {
  it('[P1] [P3] [P5] has the user’s edits undone in words, with their versions in the history', async () => {
    office.shared(TEAM, 'Team', 'Write');
    await office.put(TEAM, ['One', 'Two']);
    const { containers } = office.server.kernel.store;
    containers.setGrants(containers.byUid(TEAM)?.id ?? 0, [{ subject: USER, verb: 'Read' }]);
    await office.run();
    await office.edit('Team (John Roe)', 'One', 'Mine');
    await office.write('Team (John Roe)', 'Extra');
    await office.discard('Team (John Roe)', 'Two');
    const said = summarize(await office.run()).join('\n');
    expect(await office.inOutlook('Team (John Roe)')).toEqual(['Extra', 'One', 'Two']);
    expect(office.onServer(TEAM)).toEqual(['One', 'Two']);
    expect(said).toContain('“One” was put back: you may only read it there. Your version is kept in the history.');
    expect(said).toContain('“Two” was brought back: it may not be deleted there.');
    expect(said).toContain('“Extra” stays in Outlook only: you may only read there.');
    expect(titlesInHistory()).toEqual(['P1 outlook Mine']);
    expect(totalsOf((await office.run()).folders)).toMatchObject({ changes: 0, failed: 0 });
  });
});

describe('a dry run', () => {
  it('[N4] says what becomes of whole folders, and writes nothing anywhere', async () => {
    await office.book(FRIENDS, 'Friends', 5);
    office.shared(TEAM, 'Team', 'Read');
    await office.run();
    await office.tree.make('Clients', 'contacts', await office.tree.find('Contacts'));
    await office.tree.remove(await office.tree.find('Friends'));
    office.unsubscribe(TEAM);
    const before = office.everything();
    const { notes: planned } = await office.desk.agent.plan();
    expect(inEnglish(planned).toSorted()).toEqual([
      'Clients was made in Outlook; it will be made in BlueMind too.',
      'Friends: its folder was deleted in Outlook. What BlueMind holds of it (5) stays until you decide: `connector held list`.',
      'Team (John Roe): you are not subscribed to it any more; its folder will be taken out of Outlook once unsent changes are sent or kept.',
    ]);
    expect(office.everything()).toBe(before);
  });
});

describe('what the user asks for', () => {
  const containers = () => office.desk.agent.containers;

  it('[F14] lists what may be seen, with a search', async () => {
    await office.book(FRIENDS, 'Friends', 0);
    office.shared(TEAM, 'Équipe', 'Read');
    office.unsubscribe(TEAM);
    const rows = (await containers().list('calendar')).map(({ name, owner, access, subscribed, fixed }) => [
      ...[name, owner, access, subscribed, fixed],
    ]);
    expect(rows).toEqual([
      ['Jane Doe', '', 'R/W', true, 'own-calendar'],
      ['Équipe', 'John Roe', 'R', false, undefined],
    ]);
    expect((await containers().list('calendar', { search: 'equipe roe' })).map(({ uid }) => uid)).toEqual([TEAM]);
    expect((await containers().list('addressbook')).map(({ name, access, fixed }) => [name, access, fixed])).toEqual([
      ['My contacts', 'R/W', 'default-book'],
      ['Collected contacts', 'R/W', 'default-book'],
      ['Directory', 'R', 'default-book'],
      ['Friends', 'R/W', undefined],
    ]);
  });

  it('[F14] subscribes and unsubscribes, adds, renames and deletes, and the next run does the rest', async () => {
    office.shared(TEAM, 'Team', 'Read');
    office.unsubscribe(TEAM);
    await office.run();
    await containers().subscribe('calendar', ['team']);
    const { uid } = await containers().add('addressbook', ' Clients ');
    await office.run();
    expect(await office.folders()).toEqual(expect.arrayContaining(['Team (John Roe)', 'Clients']));
    await office.write('Clients', 'Zoe');
    await office.run();
    await containers().unsubscribe('calendar', [TEAM]);
    await containers().remove('addressbook', 'clients', { confirmed: true });
    expect((await notes()).toSorted()).toEqual([
      'Clients was deleted in BlueMind and in Outlook; what it held is kept in the history.',
      'Team (John Roe): you are not subscribed to it any more; its folder lies in Outlook’s Deleted Items.',
    ]);
    expect([office.onServer(uid), titlesInHistory()]).toEqual([undefined, ['U3 server Zoe']]);
    expect(await office.folders()).toEqual(expect.arrayContaining(['-Team (John Roe)', '-Clients']));
    await atRest();
  });

  it('[F14] every refusal gives its sentence and changes nothing anywhere', async () => {
    await office.book(FRIENDS, 'Friends', 2);
    await office.book(`${FRIENDS}2`, 'friends', 0);
    office.shared(TEAM, 'Team', 'Write');
    await office.run();
    const before = office.everything();
    const { agent } = office.desk;
    const collected = `book:CollectedContacts_${USER}`;
    const refused: [() => Promise<unknown>, string, string][] = [
      [() => containers().unsubscribe('calendar', [CALENDAR]), 'CONTAINER_DEFAULT', 'your own calendar'],
      [() => containers().unsubscribe('calendar', [TEAM, 'Jane Doe']), 'CONTAINER_DEFAULT', 'your own calendar'],
      [() => containers().unsubscribe('addressbook', [BOOK]), 'CONTAINER_DEFAULT', 'default address books'],
      [() => containers().unsubscribe('addressbook', [collected]), 'CONTAINER_DEFAULT', 'default address books'],
      [() => containers().unsubscribe('addressbook', ['Directory']), 'CONTAINER_DEFAULT', 'default address books'],
      [() => containers().rename('addressbook', BOOK, 'Mine'), 'CONTAINER_DEFAULT', 'cannot be renamed'],
      [() => containers().rename('calendar', CALENDAR, 'Mine'), 'CONTAINER_DEFAULT', 'cannot be renamed'],
      [() => containers().rename('calendar', TEAM, 'Mine'), 'CONTAINER_NOT_YOURS', 'belongs to John Roe'],
      [() => containers().rename('addressbook', FRIENDS, ' '), 'VALUE_INVALID', '1 to 200 characters'],
      [() => containers().remove('addressbook', BOOK, { confirmed: true }), 'CONTAINER_DEFAULT', 'cannot be deleted'],
      [() => containers().remove('addressbook', collected, { confirmed: true }), 'CONTAINER_DEFAULT', 'be deleted'],
      [() => containers().remove('addressbook', 'Directory', { confirmed: true }), 'CONTAINER_DEFAULT', 'be deleted'],
      [() => containers().remove('calendar', CALENDAR, { confirmed: true }), 'CONTAINER_DEFAULT', 'cannot be deleted'],
      [() => containers().remove('calendar', TEAM, { confirmed: true }), 'CONTAINER_NOT_YOURS', 'belongs to John Roe'],
      [() => containers().remove('addressbook', FRIENDS), 'CONTAINER_NOT_EMPTY', 'holds 2 contacts'],
      [() => containers().subscribe('addressbook', ['Friends']), 'CONTAINER_AMBIGUOUS', 'address books are called'],
      [() => containers().subscribe('calendar', ['Nothing']), 'CONTAINER_UNKNOWN', 'There is no calendar “Nothing”'],
      [() => containers().subscribe('calendar', [FRIENDS]), 'CONTAINER_UNKNOWN', 'that you may see'],
      [() => containers().add('calendar', ''), 'VALUE_INVALID', '1 to 200 characters'],
    ];
    for (const [work, code, words] of refused)
      await expect(work()).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(office.everything()).toBe(before);
    expect(agent.pairs()).toHaveLength(6);
  });
});
