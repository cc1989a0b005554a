/**
 * Members of a distribution list for which Outlook shows no address: lists in the list, told by the item behind them, and members
 * whose contact is gone, of whom the list still knows who they were. @source outlook-objects.md 7
 */
import type { DistListMember } from '../model/contact.ts';
import { listBehind, oneOffMember } from '../model/member-ids.ts';
import { TAG } from '../model/named-properties.ts';
import type { DistListSnapshot } from '../model/snapshot.ts';
import { isError } from './errors.ts';
import { accessorOf, type ItemPlace, openItem } from './item-place.ts';
import type { OutlookValue } from './program.ts';
import type { Decoded, Part } from './reading.ts';
import { contactId, ITEM, TAG_NAMES } from './schema-names.ts';
import { tagsFrom } from './tags.ts';
import { bytesList, date, list, text } from './values.ts';

const BULK: readonly string[] = [ITEM.lastModified, contactId('80541102')];
const TAGS: readonly string[] = TAG_NAMES.map(([, name]) => name);

/** The members, in Outlook's order; undefined when the list changed meanwhile. */
export type Told = readonly DistListMember[] | undefined;

/** Where a member without an address stands among the members, and the list that it is, by its entry id. */
type Nested = { readonly at: number; readonly entryId: string };

/** The members of a snapshot, with what can be known of those without an address. */
export function nameNameless(place: ItemPlace, { lastModified, value: { members } }: DistListSnapshot): Decoded<Told> {
  const nameless = [...members.keys()].filter((at) => members[at]?.address === '');
  return nameless.length === 0
    ? { kind: 'value', value: members }
    : { kind: 'more', next: readIds(place, { lastModified, members, nameless }) };
}

/** What the list itself says of them: their ids, and who they were when they were added. */
function readIds(
  place: ItemPlace,
  seen: { lastModified: string; members: readonly DistListMember[]; nameless: readonly number[] },
): Part<Told> {
  return (run) => {
    const item = openItem(run, place, 'DistListItem');
    const bulk = run.call(accessorOf(run, item), 'GetProperties', BULK);
    const ids = seen.nameless.map((at) => {
      const member = run.open(item, 'GetMember', 'Recipient', at + 1);
      const id = run.value(member, 'EntryID');
      run.release(member);
      return { at, id };
    });
    return {
      wanted: [bulk, ...ids.map(({ id }) => id)],
      decode: (values) => {
        const [modified, oneOffs] = list(values[bulk]);
        if (`${date(modified)}Z` !== seen.lastModified) return { kind: 'value', value: undefined };
        const nested = ids.flatMap(({ at, id }): readonly Nested[] => {
          const entryId = listBehind(text(values[id]));
          return entryId === undefined ? [] : [{ at, entryId }];
        });
        const told = toldBy(oneOffs);
        const members = seen.members.map((member, at) =>
          member.address === '' ? remembered(member, told[at]) : member,
        );
        if (nested.length === 0) return { kind: 'value', value: members };
        return { kind: 'more', next: readLists(place.storeId, members, nested) };
      },
    };
  };
}

/** Which card each of the lists is, by its tags; a list that cannot be opened (it lies elsewhere, it is gone) is none. */
function readLists(
  storeId: string | undefined,
  members: readonly DistListMember[],
  nested: readonly Nested[],
): Part<Told> {
  return (run) => {
    const read = nested.map(({ at, entryId }) => {
      const inner = openItem(run.optional, { entryId, storeId }, 'DistListItem');
      const tags = run.optional.call(accessorOf(run.optional, inner), 'GetProperties', TAGS);
      return { at, tags };
    });
    return {
      wanted: read.map(({ tags }) => tags),
      decode: (values) => {
        const uids = new Map(read.map(({ at, tags }) => [at, uidOf(values[tags])]));
        const known = members.map((member, at) => {
          const uid = uids.get(at);
          return uid === undefined ? member : { ...member, address: '', list: uid };
        });
        return { kind: 'value', value: known };
      },
    };
  };
}

/** A long list keeps its members in a stream, which is too long to be read: of its members nothing more is known. */
function toldBy(oneOffs: OutlookValue | undefined): readonly Uint8Array[] {
  return isError(oneOffs) ? [] : bytesList(oneOffs);
}

function remembered(member: DistListMember, oneOff: Uint8Array | undefined): DistListMember {
  const said = oneOff && oneOffMember(oneOff);
  return said?.address.includes('@') ? { name: said.name || member.name, address: said.address } : member;
}

function uidOf(slots: OutlookValue | undefined): string | undefined {
  if (isError(slots)) return undefined;
  const tags = tagsFrom(list(slots));
  return tags[TAG.uid] ?? tags[TAG.token] ?? '';
}
