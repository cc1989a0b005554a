/** How a distribution list becomes a snapshot: its plain values, then its members, some dozens at a time. */
import type { DistListMember, OutlookDistList } from '../model/contact.ts';
import type { DistListSnapshot } from '../model/snapshot.ts';
import { accessorOf, type ItemPlace, openItem } from './item-place.ts';
import { nameNameless, type Told } from './read-nameless-members.ts';
import { continuedBy, type Decoded, type Part } from './reading.ts';
import { ITEM, TAG_NAMES } from './schema-names.ts';
import { tagsFrom } from './tags.ts';
import { date, list, number, text, texts } from './values.ts';

const PLAIN = [ITEM.lastModified, ITEM.messageClass, ITEM.keywords] as const;
const BULK: readonly string[] = [...PLAIN, ...TAG_NAMES.map(([, name]) => name)];
/** Members per program: three guarded calls each. */
const MEMBERS_AT_ONCE = 40;

/** The members of the snapshot stand in Outlook's order: the nth is GetMember(n). */
export type DistListRead = { readonly snapshot: DistListSnapshot };

/** Reads one distribution list. */
export function readDistList(place: ItemPlace): Part<DistListRead> {
  return (run) => {
    const item = openItem(run, place, 'DistListItem');
    const bulk = run.call(accessorOf(run, item), 'GetProperties', BULK);
    const name = run.value(item, 'DLName');
    const count = run.value(item, 'MemberCount');
    const body = run.value(item, 'Body');
    return {
      wanted: [bulk, name, count, body],
      decode: (values) => {
        const slots = list(values[bulk]);
        const value: OutlookDistList = {
          name: text(values[name]),
          members: [],
          body: text(values[body]),
          categories: texts(slots[2]),
          tags: tagsFrom(slots.slice(PLAIN.length)),
        };
        const snapshot: DistListSnapshot = {
          entryId: place.entryId,
          lastModified: `${date(slots[0])}Z`,
          messageClass: text(slots[1]),
          value,
        };
        return nextMembers(place, snapshot, number(values[count]));
      },
    };
  };
}

function nextMembers(place: ItemPlace, snapshot: DistListSnapshot, count: number): Decoded<DistListRead> {
  if (snapshot.value.members.length >= count) return withNameless(place, snapshot, nameNameless(place, snapshot));
  return { kind: 'more', next: readMembers(place, snapshot, count) };
}

/** The snapshot with what is known of the members that have no address. */
function withNameless(place: ItemPlace, snapshot: DistListSnapshot, told: Decoded<Told>): Decoded<DistListRead> {
  if (told.kind === 'more') {
    const rest = continuedBy(told.next, (value) => withNameless(place, snapshot, { kind: 'value', value }));
    return { kind: 'more', next: rest };
  }
  if (told.kind !== 'value') return told;
  if (told.value === undefined) return { kind: 'more', next: readDistList(place) };
  return { kind: 'value', value: { snapshot: { ...snapshot, value: { ...snapshot.value, members: told.value } } } };
}

/** A list that was saved in between is read from the beginning. */
function readMembers(place: ItemPlace, snapshot: DistListSnapshot, count: number): Part<DistListRead> {
  return (run) => {
    const item = openItem(run, place, 'DistListItem');
    const modified = run.call(accessorOf(run, item), 'GetProperty', ITEM.lastModified);
    const first = snapshot.value.members.length + 1;
    const last = Math.min(count, first + MEMBERS_AT_ONCE - 1);
    const handles = Array.from({ length: last - first + 1 }, (_, at) => {
      const member = run.open(item, 'GetMember', 'Recipient', first + at);
      const read = { name: run.value(member, 'Name'), address: run.value(member, 'Address') };
      run.release(member);
      return read;
    });
    return {
      wanted: [modified, ...handles.flatMap((handle) => [handle.name, handle.address])],
      decode: (values) => {
        if (`${date(values[modified])}Z` !== snapshot.lastModified) return { kind: 'more', next: readDistList(place) };
        const members = handles.map((handle) => memberFrom(text(values[handle.name]), text(values[handle.address])));
        const value = { ...snapshot.value, members: [...snapshot.value.members, ...members] };
        return nextMembers(place, { ...snapshot, value }, count);
      },
    };
  };
}

/** Names of members may end in their address; a directory path is no address. */
function memberFrom(name: string, address: string): DistListMember {
  const suffix = ` (${address})`;
  const plain = address !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  return { name: plain, address: address.includes('@') ? address : '' };
}
