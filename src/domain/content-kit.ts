import { canonicalJson, digestText } from '../base/digest.ts';
import { type Card, CONTACT_SHAPE, GROUP_SHAPE, groupsIn } from './contact.ts';
import { type Exception, originalKey, SERIES_SHAPE, type Series } from './event.ts';
import { withLikened } from './likened.ts';
import { type Conflict, type Merged, mergeBy, type Preference, type Sides } from './merge.ts';
import { anyShape, type Shape } from './shape.ts';
import { changedFieldsBy } from './shape-diff.ts';
import { sameValue, textOf } from './shape-text.ts';
import { partMarkOf, withinPart, withLaterPart } from './shown-part.ts';

/** What the engine must know about events: its `ContentKit`, made from {@link SERIES_SHAPE}. */
export const seriesKit = {
  digest: (series: Series): string => digestText(textOf(SERIES_SHAPE, series)) + partMarkOf(series),
  changedFields: (before: Series, after: Series): readonly string[] => changedFieldsBy(SERIES_SHAPE, before, after),
  merge: (sides: Sides<Series>): Merged<Series> => withLaterPart(sides, mergeSeries(withinPart(sides))),
  isDue: (series: Series): boolean => series.shown?.isDue === true,
  title: (series: Series): string => series.main?.title ?? series.exceptions[0]?.event.title ?? '',
  uid: (series: Series): string | undefined => series.uid || undefined,
  fingerprint: (series: Series): string => digestText(textOf(SERIES_SHAPE, { ...series, uid: '' }, 'seen')),
  withUid: (series: Series, uid: string): Series => ({ ...series, uid }),
};

/** What the engine must know about cards: its `ContentKit`, made from the shapes of contacts and groups. */
export const cardKit = {
  digest: (card: Card): string => digestText(textOf(shapeOf(card), card)),
  changedFields: (before: Card, after: Card): readonly string[] =>
    before.kind === after.kind ? changedFieldsBy(shapeOf(before), before, after) : ['kind'],
  merge: mergeCards,
  title: (card: Card): string => (card.kind === 'group' ? card.name : contactTitle(card)),
  uid: (card: Card): string | undefined => card.uid || undefined,
  fingerprint: (card: Card): string => digestText(textOf(shapeOf(card), fingerprinted(card), 'seen')),
  withUid: (card: Card, uid: string): Card => ({ ...card, uid }),
  // The history keeps no picture.
  completed: (preferred: Card, other: Card): Card =>
    preferred.kind === 'contact' && other.kind === 'contact' && preferred.photo === undefined
      ? { ...preferred, photo: other.photo }
      : preferred,
  stage: (card: Card): number => (card.kind === 'contact' ? 0 : groupsIn(card).length > 0 ? 2 : 1),
};

/** Outlook shows a photo of its own making: which picture it is does not tell two cards apart. */
function fingerprinted(card: Card): Card {
  return card.kind === 'group' ? { ...card, uid: '' } : { ...card, uid: '', photo: undefined };
}

function shapeOf(card: Card): Shape<Card> {
  return (card.kind === 'group' ? GROUP_SHAPE : CONTACT_SHAPE) as Shape<Card>;
}

function contactTitle(contact: Card & { readonly kind: 'contact' }): string {
  const { given, family } = contact.name;
  const name = `${given} ${family}`.trim();
  return contact.formattedName || name || contact.company || (contact.emails[0]?.address ?? '');
}

/** A contact that became a group, or the other way round, is one change of the whole. */
function mergeCards(sides: Sides<Card>): Merged<Card> {
  const { server, outlook, prefer } = sides;
  const kind = server.now.kind;
  if ([server.base, outlook.base, outlook.now].every((card) => card.kind === kind)) {
    return mergeBy(shapeOf(server.now), sides);
  }
  const serverChanged = !sameCard(server.base, server.now);
  const outlookChanged = !sameCard(outlook.base, outlook.now);
  if (serverChanged && outlookChanged) {
    if (sameCard(server.now, outlook.now)) return { server: server.now, outlook: outlook.now, conflicts: [] };
    const now = sides[prefer].now;
    return { server: now, outlook: now, conflicts: [{ field: 'kind', winner: prefer }] };
  }
  return {
    server: outlookChanged ? outlook.now : server.now,
    outlook: serverChanged ? server.now : outlook.now,
    conflicts: [],
  };
}

function sameCard(a: Card, b: Card): boolean {
  return a.kind === b.kind && sameValue(anyShape(shapeOf(a)), a, b);
}

function mergeSeries(sides: Sides<Series>): Merged<Series> {
  const merged = withLikened(sides, (seen) => mergeBy(SERIES_SHAPE, seen) as Merged<Series>);
  const isLeft = ({ original }: Exception) => !isRemovedUnseen(sides, originalKey(original));
  const server = { ...merged.server, exceptions: merged.server.exceptions.filter(isLeft) };
  return keepEdited(sides, { ...merged, server });
}

/** Whether Outlook's user removed an occurrence of which the server has an exception that Outlook never showed (EM15), and nobody edited. */
function isRemovedUnseen({ server, outlook }: Sides<Series>, key: string): boolean {
  const isNew = outlook.now.excluded.includes(key) && !outlook.base.excluded.includes(key);
  if (!isNew) return false;
  const textIn = ({ exceptions }: Series) => {
    const found = exceptions.find(({ original }) => originalKey(original) === key);
    return found && canonicalJson(found);
  };
  return textIn(outlook.base) === undefined && textIn(server.base) === textIn(server.now);
}

/**
 * An occurrence removed on one side (`excluded`) and edited on the other (`exceptions`) is two fields of a series, so the
 * field-wise merge keeps both. An edit beats a deletion: the removal goes.
 */
function keepEdited(sides: Sides<Series>, merged: Merged<Series>): Merged<Series> {
  const removed = new Set([...merged.server.excluded, ...merged.outlook.excluded]);
  const edited = [...merged.server.exceptions, ...merged.outlook.exceptions]
    .map((exception) => exception.original)
    .filter((original) => original.zone === undefined && removed.has(original.at));
  if (edited.length === 0) return merged;
  const conflicts = [...merged.conflicts];
  for (const original of edited) {
    const conflict: Conflict = { field: `exceptions[${originalKey(original)}]`, winner: holder(sides, original.at) };
    if (!conflicts.some((known) => known.field === conflict.field)) conflicts.push(conflict);
  }
  const starts = new Set(edited.map((original) => original.at));
  const restored = (series: Series): Series => ({
    ...series,
    excluded: series.excluded.filter((at) => !starts.has(at)),
  });
  return { server: restored(merged.server), outlook: restored(merged.outlook), conflicts };
}

/** The side whose own value holds the occurrence as an exception. */
function holder(sides: Sides<Series>, at: string): Preference {
  return sides.server.now.exceptions.some((exception) => exception.original.at === at) ? 'server' : 'outlook';
}
