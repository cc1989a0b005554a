import { unreachable } from '../base/assert.ts';
import { arrange, type Entries, renames, underOldKeys } from './merge-order.ts';
import { type AnyShape, anyShape, type Shape } from './shape.ts';
import { entryName, memberName } from './shape-diff.ts';
import { byKey, sameValue, seenAlike } from './shape-text.ts';

/*
 * The three-way merge of a value that two sides hold, field by field.
 *
 * Decides: what each side should hold after both were changed. Invariants: a field counts as changed on a side when that side's
 * two values differ; a field that one side changed arrives on the other; a field that neither changed stays as each side holds it.
 * Both changed one field to different values: the preferred side's stays and the conflict is named; an edit beats a deletion.
 */

export type Preference = 'server' | 'outlook';

/** Both sides as they were when they last agreed (each side's own view) and as they are now. */
export type Sides<C> = {
  readonly server: { readonly base: C; readonly now: C };
  readonly outlook: { readonly base: C; readonly now: C };
  readonly prefer: Preference;
};

export type Conflict = { readonly field: string; readonly winner: Preference };

export type Merged<C> = { readonly server: C; readonly outlook: C; readonly conflicts: readonly Conflict[] };

/** What is merged below one name; `conflict` takes down what could not be kept of both. */
type Merging = {
  readonly name: string;
  readonly conflict: (field: string, winner: Preference) => void;
};

/** What each side should hold. */
type Pair = { readonly server: unknown; readonly outlook: unknown };

/** Merges by the shape of the value. */
export function mergeBy<C>(shape: Shape<C>, sides: Sides<C>): Merged<C> {
  const conflicts: Conflict[] = [];
  const conflict = (field: string, winner: Preference) => {
    if (!conflicts.some((known) => known.field === field && known.winner === winner)) conflicts.push({ field, winner });
  };
  const { server, outlook } = mergeShape(anyShape(shape), sides, { name: '', conflict });
  return { server: server as C, outlook: outlook as C, conflicts };
}

function mergeShape(shape: AnyShape, sides: Sides<unknown>, at: Merging): Pair {
  switch (shape.of) {
    case 'atom':
      return mergeWhole(shape, sides, at);
    case 'record':
      return mergeRecord(shape.fields, sides as Sides<Members>, at);
    case 'keyed':
      return mergeKeyed(shape, sides as Sides<readonly unknown[]>, at);
    case 'optional':
      return mergeMaybe(shape.some, sides, at);
    default:
      return unreachable(shape);
  }
}

function mergeWhole(shape: AnyShape, sides: Sides<unknown>, at: Merging): Pair {
  const { server, outlook, prefer } = sides;
  const serverChanged = !sameValue(shape, server.base, server.now);
  const outlookChanged = !sameValue(shape, outlook.base, outlook.now);
  if (serverChanged && outlookChanged) {
    if (seenAlike(shape, server.now, outlook.now)) return { server: server.now, outlook: outlook.now };
    const winner = survivor(server.now, outlook.now, prefer);
    at.conflict(at.name, winner);
    return { server: sides[winner].now, outlook: sides[winner].now };
  }
  if (serverChanged) return { server: server.now, outlook: server.now };
  if (outlookChanged) return { server: outlook.now, outlook: outlook.now };
  return { server: server.now, outlook: outlook.now };
}

/** What is still there beats what was removed; otherwise the preferred side. */
function survivor(server: unknown, outlook: unknown, prefer: Preference): Preference {
  if (server === undefined) return 'outlook';
  return outlook === undefined ? 'server' : prefer;
}

type Members = Readonly<Record<string, unknown>>;

function mergeRecord(fields: Readonly<Record<string, AnyShape>>, sides: Sides<Members>, at: Merging): Pair {
  const { server, outlook, prefer } = sides;
  // Members that the shape does not name stay with their side.
  const forServer: Record<string, unknown> = { ...server.now };
  const forOutlook: Record<string, unknown> = { ...outlook.now };
  for (const [name, shape] of Object.entries(fields)) {
    const merged = mergeShape(
      shape,
      {
        server: { base: server.base[name], now: server.now[name] },
        outlook: { base: outlook.base[name], now: outlook.now[name] },
        prefer,
      },
      { name: memberName(at.name, name, shape), conflict: at.conflict },
    );
    forServer[name] = merged.server;
    forOutlook[name] = merged.outlook;
  }
  return { server: forServer, outlook: forOutlook };
}

/** Something held by both sides all along is merged inside; otherwise it comes, goes or stays as a whole. */
function mergeMaybe(some: AnyShape, sides: Sides<unknown>, at: Merging): Pair {
  const { server, outlook } = sides;
  const everywhere = [server.base, server.now, outlook.base, outlook.now].every((value) => value !== undefined);
  return everywhere ? mergeShape(some, sides, at) : mergeWhole(some, sides, at);
}

/** Entries added, changed or removed on one side are added, changed or removed on the other. */
function mergeKeyed(shape: KeyedShape, sides: Sides<readonly unknown[]>, at: Merging): Pair {
  const { server, outlook } = indexed(shape, sides);
  const forServer = new Map<string, unknown>();
  const forOutlook = new Map<string, unknown>();
  const keys = [server.base, server.now, outlook.base, outlook.now].flatMap((entries) => [...entries.keys()]);
  for (const key of new Set(keys)) {
    const entry: Sides<unknown> = {
      server: { base: server.base.get(key), now: server.now.get(key) },
      outlook: { base: outlook.base.get(key), now: outlook.now.get(key) },
      prefer: sides.prefer,
    };
    const name = entryName(at.name, key, shape.entry);
    const merged = mergeMaybe(shape.entry, entry, { name, conflict: at.conflict });
    if (merged.server !== undefined) forServer.set(key, merged.server);
    if (merged.outlook !== undefined) forOutlook.set(key, merged.outlook);
  }
  return {
    server: arrange(forServer, server.now, outlook.now, 'other'),
    outlook: arrange(forOutlook, outlook.now, server.now, shape.scarce === 'outlook' ? 'own' : 'other'),
  };
}

type KeyedShape = AnyShape & { readonly of: 'keyed' };

/** The four lists by key; entries that were edited in place under their old keys, where the shape says so. */
function indexed(shape: KeyedShape, sides: Sides<readonly unknown[]>): Omit<Sides<Entries>, 'prefer'> {
  const index = (side: { readonly base: readonly unknown[]; readonly now: readonly unknown[] }) => {
    const [base, now] = [byKey(shape.key, side.base), byKey(shape.key, side.now)];
    return { base, now, renamed: shape.renamed ? renames(base, now) : new Map<string, string>() };
  };
  const [server, outlook] = [index(sides.server), index(sides.outlook)];
  if (server.renamed.size === 0 && outlook.renamed.size === 0) return { server, outlook };
  return {
    server: { base: server.base, now: underOldKeys(server, outlook) },
    outlook: { base: outlook.base, now: underOldKeys(outlook, server) },
  };
}
