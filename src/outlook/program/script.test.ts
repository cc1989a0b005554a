import { expect, it } from 'vitest';
import { callsOf } from './calls-of.ts';
import { isGuarded } from './members.ts';
import { APPLICATION, script } from './script.ts';

it('a program is written in the order of its lines, its handles named after the members', () => {
  const program = script('look', { folder: { object: 7 } }, (run) => {
    const items = run.object({ handle: 'folder', of: 'Folder' }, 'Items', 'Items');
    const count = run.value(items, 'Count');
    const session = run.object(APPLICATION, 'Session', 'NameSpace');
    const item = run.open(session, 'GetItemFromID', 'ContactItem', 'AB');
    run.expect(count, 1, 2);
    run.put(item, 'Subject', { handle: count });
    run.release(item);
    return [count];
  });
  expect(program).toEqual({
    label: 'look',
    given: { folder: { object: 7 } },
    steps: [
      { do: 'get', on: 'folder', member: 'Items', as: 'Items' },
      { do: 'get', on: 'Items', member: 'Count', as: 'Count' },
      { do: 'get', on: 'application', member: 'Session', as: 'Session' },
      { do: 'call', on: 'Session', member: 'GetItemFromID', args: ['AB'], as: 'GetItemFromID' },
      { do: 'expect', handle: 'Count', values: [1, 2] },
      { do: 'put', on: 'GetItemFromID', member: 'Subject', value: { handle: 'Count' } },
      { do: 'release', handle: 'GetItemFromID' },
    ],
    returns: ['Count'],
  });
});

it('handles of one name are told apart, and parts have names of their own', () => {
  const program = script('twice', {}, (run) => {
    const parts = ['a:', 'b:'].map((prefix) => run.part(prefix));
    return [
      run.value(APPLICATION, 'Name'),
      run.value(APPLICATION, 'Name'),
      ...parts.map((part) => part.value(APPLICATION, 'Name')),
    ];
  });
  expect(program.returns).toEqual(['Name', 'Name2', 'a:Name', 'b:Name']);
});

it('[EO11] members behind the object model guard are marked by themselves', () => {
  const program = script('guarded', {}, (run) => {
    const item = { handle: 'item', of: 'AppointmentItem' } as const;
    run.value(item, 'Body');
    run.value(item, 'Subject');
    run.optional.value({ handle: 'recipient', of: 'Recipient' }, 'Name');
    return [];
  });
  expect(program.steps.map((step) => ('guarded' in step ? step.guarded : false))).toEqual([true, false, true]);
  expect(program.steps.map((step) => ('optional' in step ? step.optional : false))).toEqual([false, false, true]);
  expect([isGuarded('Columns', 'Add'), isGuarded('Folder', 'Items')]).toEqual([true, false]);
});

it('calls are counted without running: a collection costs one, each of its objects one and what is done with it', () => {
  const program = script('list', {}, (run) => {
    const session = run.object(APPLICATION, 'Session', 'NameSpace');
    const folders = run.object(session, 'Folders', 'Folders');
    return run.each(folders, 'Folder', (each, folder) => [each.value(folder, 'Name'), each.value(folder, 'EntryID')]);
  });
  expect([callsOf(program), callsOf(program, 4)]).toEqual([3, 15]);
});
