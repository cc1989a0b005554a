import type { VEvent, VEventOccurrence, VEventSeries } from '../../wire/calendar.ts';
import type { ItemValue } from '../../wire/container.ts';
import { can, isOwner } from '../containers/verbs.ts';
import {
  type Collection,
  createItem,
  type ItemKind,
  itemValue,
  mustFindItem,
  removeItem,
  updateItem,
} from '../items/collection.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import { type RawJson, rawJson } from '../kernel/raw-json.ts';
import type { StoredItem } from '../store/store.ts';
import { type TagRefs, tagRefs } from '../tags/tag-refs.ts';
import { blanked, isPrivate } from './blank-private.ts';
import { checkDates, checkSeries } from './check-series.ts';
import { notifyOfRemoval, notifyOfWrite } from './notify.ts';
import { instantOfPoint, readPoint } from './point.ts';
import { rewriteEvent, type Surroundings } from './rewrite-event.ts';
import { addResourceTexts, rewritePeople } from './rewrite-people.ts';

/** The items of a calendar: what is done to a series before it is stored, and before it is told. */
export type Calendar = Collection<VEventSeries>;

export const CALENDAR: ItemKind<VEventSeries> = {
  type: 'calendar',
  byId: 'vevent-by-id',
  describe: (series) => {
    const first = series.main ?? series.occurrences?.[0];
    return {
      // The display name is told to everybody who may read, private or not.
      displayName: isPrivate(series) ? 'Private' : (first?.summary ?? '').slice(0, 255),
      lookup: series.icsUid ?? '',
      weight: first?.dtend ? instantOfPoint(readPoint(first.dtend)) : 0,
    };
  },
};

type WriteOptions = { readonly send: boolean; readonly id?: number | undefined };

/** Stores a new series. @throws the codes of rules [V1] to [V16], ALREADY_EXISTS */
export function createSeries(
  calendar: Calendar,
  uid: string,
  series: VEventSeries | null,
  options: WriteOptions,
): StoredItem {
  const wanted: VEventSeries | null =
    series === null ? null : { ...series, icsUid: series.icsUid || uid, properties: series.properties ?? {} };
  const value = prepare(calendar, wanted, options.send);
  return calendar.kernel.store.transaction(() => {
    const item = createItem(calendar, uid, value, { id: options.id });
    if (options.send) notifyOfWrite(calendar, uid, undefined, value);
    return item;
  });
}

/** Replaces a series. @throws as {@link createSeries}, NOT_FOUND, a bare fault where the original stumbles */
export function updateSeries(
  calendar: Calendar,
  uid: string,
  series: VEventSeries | null,
  options: WriteOptions,
): StoredItem {
  const stored = JSON.parse(mustFindItem(calendar, uid).value) as VEventSeries;
  if (series !== null) stumble(stored, series);
  if (series?.icsUid && series.icsUid !== stored.icsUid)
    throw fault('INVALID_PARAMETER', 'The icsUid of an event cannot be changed.');
  const wanted =
    series === null
      ? null
      : { ...series, icsUid: stored.icsUid, properties: series.properties ?? stored.properties ?? {} };
  const value = keepCancelled(stored, prepare(calendar, wanted, options.send));
  return calendar.kernel.store.transaction(() => {
    const item = updateItem(calendar, uid, value);
    if (options.send) notifyOfWrite(calendar, uid, stored, value);
    return item;
  });
}

/** Removes a series. @throws NOT_FOUND */
export function removeSeries(calendar: Calendar, uid: string, send: boolean): StoredItem {
  const stored = JSON.parse(mustFindItem(calendar, uid).value) as VEventSeries;
  return calendar.kernel.store.transaction(() => {
    const item = removeItem(calendar, uid);
    if (send) notifyOfRemoval(calendar, uid, stored);
    return item;
  });
}

/** Items as the caller may see them: tags as they are called now, private events blanked. */
export function presentSeries(calendar: Calendar, items: readonly StoredItem[]): readonly ItemValue<VEventSeries>[] {
  const show = shower(calendar);
  return items.map((item) => itemValue(item, show(JSON.parse(item.value) as VEventSeries)));
}

/**
 * As {@link presentSeries}, ready to be answered: an item without tags, and not to be blanked, is told in the very bytes it is
 * stored in. Both are seen in its text, so that nothing is parsed for most items.
 */
export function tellSeries(
  calendar: Calendar,
  uids: readonly string[],
): readonly (ItemValue<VEventSeries> | RawJson)[] {
  const { kernel, container } = calendar;
  const show = shower(calendar);
  const hidden = readsPrivate(calendar) ? [] : HIDDEN;
  return kernel.store.items.told(container.id, uids).map((bytes) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (![TAGGED, ...hidden].some((sign) => text.includes(sign))) return rawJson(bytes);
    const item = JSON.parse(text.toString('utf8')) as ItemValue<VEventSeries>;
    return { ...item, value: show(item.value) };
  });
}

/** Quotes inside of texts are escaped in JSON, so that these stand nowhere else. */
const TAGGED = Buffer.from('"categories":[{');
const HIDDEN = ['Private', 'Confidential'].map((word) => Buffer.from(`"classification":"${word}"`));

function shower(calendar: Calendar): (series: VEventSeries) => VEventSeries {
  const tags = tagRefs(calendar.kernel);
  const extended = readsPrivate(calendar);
  return (series) => withTags(tags, !extended && isPrivate(series) ? blanked(series) : series);
}

function readsPrivate({ kernel, session, container }: Calendar): boolean {
  return isOwner(session, container) || can(kernel, session, container, 'ReadExtended');
}

/** The zone whose name replaces that of zones with the same clock: the calendar's, else its owner's. */
export function homeZone({ kernel, container }: Pick<Calendar, 'kernel' | 'container'>): string {
  const { people } = kernel.store;
  return (
    container.settings['calendar.timezone'] ??
    people.entry(container.domain, container.owner)?.settings['timezone'] ??
    people.domain(container.domain)?.settings['timezone'] ??
    'UTC'
  );
}

/** The series as it is stored; checked dates first, because rewriting reads them. */
function prepare(calendar: Calendar, series: VEventSeries | null, send: boolean): VEventSeries {
  if (series !== null) checkDates(series);
  const rewritten = series === null ? null : rewrite(calendar, series, send);
  checkSeries(rewritten);
  return rewritten;
}

function rewrite(calendar: Calendar, series: VEventSeries, send: boolean): VEventSeries {
  const around: Surroundings = { zone: homeZone(calendar), now: calendar.kernel.clock.now() };
  const draft = series.main?.draft === true && !send;
  const event = <E extends VEvent>(one: E, isException: boolean): E => {
    const people = addResourceTexts(calendar.kernel, rewritePeople(calendar, rewriteEvent(one, around), isException));
    const attachments = (people.attachments ?? []).map((file) => ({ ...file, expirationDate: null }));
    const own = people.draft === true && !send;
    return { ...people, attachments, draft: series.main ? draft : own };
  };
  const main = series.main ? event(series.main, false) : null;
  return {
    ...series,
    main: main === null ? null : { ...main, categories: tagRefs(calendar.kernel)(main.categories) },
    // Tags belong to the item, as those of its main event: occurrences have none of their own.
    occurrences: (series.occurrences ?? []).map((one): VEventOccurrence => ({ ...event(one, true), categories: [] })),
    counters: series.counters ?? [],
  };
}

function withTags(tags: TagRefs, series: VEventSeries): VEventSeries {
  const categories = series.main?.categories ?? [];
  if (!series.main || categories.length === 0) return series;
  return { ...series, main: { ...series.main, categories: tags(categories) } };
}

/** Where the original runs over a null before it looks. Rules [N1] and [N2]. */
function stumble(stored: VEventSeries, series: VEventSeries): void {
  if (!series.occurrences) throw bareFault('The occurrences of an update must be a list, even if empty.');
  if (!stored.main && series.main)
    throw bareFault('An item of single occurrences cannot be turned into a series: remove it and create another.');
}

/** [W10] what is stored as cancelled stays as it is stored. */
function keepCancelled(stored: VEventSeries, series: VEventSeries): VEventSeries {
  const cancelled = new Map(
    (stored.occurrences ?? [])
      .filter((occurrence) => occurrence.status === 'Cancelled')
      .map((occurrence) => [recuridKey(occurrence), occurrence]),
  );
  return {
    ...series,
    main: stored.main?.status === 'Cancelled' ? stored.main : series.main,
    occurrences: (series.occurrences ?? []).map((occurrence) => cancelled.get(recuridKey(occurrence)) ?? occurrence),
  };
}

function recuridKey({ recurid }: VEventOccurrence): number {
  return recurid ? instantOfPoint(readPoint(recurid)) : Number.NaN;
}
