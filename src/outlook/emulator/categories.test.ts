import { expect, test } from 'vitest';
import { emulatedOutlook, faultOf, type Late, late, lateOutlook, property, reopened, saved } from './testing/world.ts';

const KEYWORDS = 'urn:schemas-microsoft-com:office:office#Keywords';

function world() {
  const outlook = emulatedOutlook();
  const { session, contacts } = lateOutlook(outlook);
  const list = session.object('Categories');
  const item = (key: string | number) => late(list.call('Item', key) as Late['raw']);
  return { outlook, session, contacts, list, item };
}

test('[EO86] [EC22] categories are joined with the list separator of the region, and read with extra blanks', () => {
  const { outlook, session, contacts } = world();
  const contact = saved(contacts, { FullName: 'A', Categories: ' Work ,Golf,  work' });
  expect([contact.get('Categories'), property(contact, KEYWORDS)]).toEqual(['Work, Golf', ['Work', 'Golf']]);
  outlook.relocate({ locale: 'fr-FR' });
  expect(reopened(session, contact).get('Categories')).toBe('Work; Golf');
  contact.put('Categories', 'Work, Golf');
  expect(property(contact, KEYWORDS)).toEqual(['Work, Golf']);
});

test('[EO87] [EC23] names are unique whatever their case, found by exact case, without separators, 255 at most', () => {
  const { list } = world();
  list.call('Add', 'Work');
  expect([faultOf(() => list.call('Add', 'WORK')), list.call('Item', 'WORK')]).toEqual(['INVALID_ARGUMENT', null]);
  for (const name of ['a,b', 'a;b', '', 'x'.repeat(256)])
    expect(faultOf(() => list.call('Add', name))).toBe('INVALID_ARGUMENT');
});

test('[EO88] [EC23] a taken shortcut key is stolen, and the default colour is the least used', () => {
  const { list, item } = world();
  list.call('Add', 'One', 1, 3);
  list.call('Add', 'Two', 2, 3);
  list.call('Add', 'Three');
  expect([item('One').get('ShortcutKey'), item('Two').get('ShortcutKey'), item('Three').get('Color')]).toEqual([
    0, 3, 3,
  ]);
});

test('[EO89] a held category that was removed elsewhere raises', () => {
  const { list } = world();
  const held = list.object('Add', 'Work');
  list.call('Remove', 'Work');
  expect(faultOf(() => held.get('Color'))).toBe('FAILED');
});

test('[EO90] items keep category names that the list has not', () => {
  const { session, contacts, list } = world();
  list.call('Add', 'Work');
  const contact = saved(contacts, { FullName: 'A', Categories: 'Work, Unlisted' });
  list.call('Remove', 'Work');
  expect([reopened(session, contact).get('Categories'), list.get('Count')]).toEqual(['Work, Unlisted', 0]);
});

test('a category is found by id, renamed in place and seen in the list at once', () => {
  const { list, item } = world();
  const made = list.object('Add', 'Work', 8);
  made.put('Name', 'Job');
  expect([item(1).get('Name'), item(String(made.get('CategoryID'))).get('Color'), list.get('Count')]).toEqual([
    'Job',
    8,
    1,
  ]);
});
