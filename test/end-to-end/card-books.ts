/**
 * Two books in memory that hold what a server and Outlook hold, values and not contents: the server cleans what it is given as ours
 * does, Outlook makes pictures of its own. Between them are the real mappings and the real engine.
 */
import { isFailure } from '../../src/base/failure.ts';
import type { Card } from '../../src/domain/contact.ts';
import { cardKit } from '../../src/domain/content-kit.ts';
import { type StoredCard, storedCard } from '../../src/mapping/bluemind/contact/stored-card.ts';
import { blankCard, fitsCard, type OutlookCard, outlookCard } from '../../src/mapping/outlook/contact/card.ts';
import { EVERY_TAG } from '../../src/mapping/testing/card-samples.ts';
import { sanitizeCard } from '../../src/server/addressbooks/sanitize-card.ts';
import { validateCard } from '../../src/server/addressbooks/validate-card.ts';
import { BOTH_WAYS } from '../../src/sync/policies.ts';
import type { FolderReport } from '../../src/sync/report.ts';
import { syncFolder } from '../../src/sync/run.ts';
import type { Effect, EffectFailure, Item, Side, SideName } from '../../src/sync/side.ts';
import { type MemoryState, memoryState } from '../../src/sync/testing/memory-state.ts';

type Held<V> = { readonly id: string; readonly rev: number; readonly value: V; readonly token: string | undefined };

/** A folder of values, and what its user does. */
export type Book<V> = {
  readonly side: Side<Card>;
  items(): readonly Held<V>[];
  put(id: string, value: V): void;
  delete(id: string): void;
};

type Kind<V> = {
  readonly name: SideName;
  readonly read: (value: V, id: string) => Card;
  /** @throws Failure for what the side refuses */
  readonly write: (current: V | undefined, card: Card, token: string | undefined) => V;
  readonly survives: (card: Card) => Card;
  readonly idFor: (token: string) => string;
};

let made = 0;

function book<V>(kind: Kind<V>): Book<V> {
  const held = new Map<string, Held<V>>();
  let clock = 0;
  const put = (id: string, value: V, token: string | undefined) => {
    clock += 1;
    held.set(id, { id, rev: clock, value, token });
  };
  const item = ({ id, rev, value, token }: Held<V>): Item<Card> => ({
    id,
    rev: String(rev),
    content: kind.read(value, id),
    token,
  });
  const stale = (id: string, rev: string): EffectFailure | undefined => {
    const now = held.get(id);
    if (now === undefined) return { code: 'GONE', detail: '', reason: 'gone' };
    return String(now.rev) === rev ? undefined : { code: 'STALE', detail: '', reason: 'stale' };
  };
  const written = (id: string, content: Card, token: string | undefined): Effect<Card> => {
    try {
      put(id, kind.write(held.get(id)?.value, content, token), token);
    } catch (error) {
      if (!isFailure(error)) throw error;
      return { ok: false, failure: { code: 'REFUSED', detail: error.code, reason: error.message } };
    }
    return { ok: true, item: item(held.get(id) as Held<V>) };
  };
  const side: Side<Card> = {
    name: kind.name,
    supports: { guardedWrites: true, clientIds: kind.name === 'server', deletions: 'by-listing' },
    view: async (_folder, known) => ({
      moved: [...held.values()].filter(({ id, rev }) => known.get(id) !== String(rev)).map(item),
      gone: [...known.keys()].filter((id) => !held.has(id)),
      unreadable: [],
      count: held.size,
      cursor: undefined,
    }),
    read: async (_folder, ids) => ids.flatMap((id) => held.get(id) ?? []).map(item),
    preview: kind.survives,
    create: async (_folder, creates) => creates.map(({ token, content }) => written(kind.idFor(token), content, token)),
    update: async (_folder, updates) =>
      updates.map(({ target: { id, rev }, content }) => {
        const failure = stale(id, rev);
        return failure === undefined ? written(id, content, held.get(id)?.token) : { ok: false, failure };
      }),
    remove: async (_folder, targets) =>
      targets.map(({ id, rev }) => {
        const failure = held.has(id) ? stale(id, rev) : undefined;
        if (failure === undefined) held.delete(id);
        return failure;
      }),
    find: async (_folder, tokens) => [...held.values()].filter(({ token }) => tokens.includes(token ?? '')).map(item),
    ...(kind.name === 'outlook' && {
      mark: async (_folder, marks) =>
        marks.map(({ target: { id }, token }) => {
          const now = held.get(id);
          if (now === undefined)
            return { ok: false as const, failure: { code: 'GONE' as const, detail: '', reason: '' } };
          put(id, now.value, token);
          return { ok: true as const, item: item(held.get(id) as Held<V>) };
        }),
    }),
  };
  return {
    side,
    items: () => [...held.values()],
    put: (id, value) => put(id, value, held.get(id)?.token ?? (kind.name === 'server' ? id : undefined)),
    delete: (id) => void held.delete(id),
  };
}

export function serverBook(): Book<StoredCard> {
  return book({
    name: 'server',
    read: storedCard.read,
    write: (current, content) => {
      const { card, photo } = storedCard.write(current, content, EVERY_TAG);
      const clean = sanitizeCard(card, (refs) => refs ?? []);
      validateCard(clean);
      return { card: clean, photo };
    },
    survives: storedCard.survives,
    idFor: (token) => token,
  });
}

export function outlookBook(): Book<OutlookCard> {
  return book<OutlookCard>({
    name: 'outlook',
    read: outlookCard.read,
    write: (current, content, token) => {
      const start = current ?? blankCard(content);
      if (!fitsCard(start, content)) throw new Error('bug: a contact never becomes a group here');
      const value = outlookCard.write(start, content);
      return shown(current, token === undefined ? value : { ...value, tags: { ...value.tags, BlueMindToken: token } });
    },
    survives: outlookCard.survives,
    idFor: () => `entry-${++made}`,
  });
}

/** A new picture becomes another one, and the tag says of which it was made. */
function shown(before: OutlookCard | undefined, after: OutlookCard): OutlookCard {
  if ('members' in after || after.picture === '') return after;
  if (before !== undefined && !('members' in before) && before.picture === after.picture) return after;
  const picture = `small-${after.picture}`;
  return { ...after, picture, tags: { ...after.tags, BlueMindPhoto: `${after.picture} ${picture}` } };
}

/** A server's book, Outlook's folder, and what the connector remembers of them. */
export type BookPair = {
  readonly server: Book<StoredCard>;
  readonly outlook: Book<OutlookCard>;
  readonly state: MemoryState<Card>;
};

export function bookPair(): BookPair {
  return { server: serverBook(), outlook: outlookBook(), state: memoryState<Card>() };
}

/** One run; deletions that wait for the user are approved. */
export async function runBooks({ server, outlook, state }: BookPair): Promise<FolderReport> {
  const pair = { id: 'pair', folders: { server: 'server', outlook: 'outlook' } };
  const sides = { server: server.side, outlook: outlook.side };
  const policy = { ...BOTH_WAYS, prefer: 'server' as const };
  const run = () =>
    syncFolder({ pair, sides, state, kit: cardKit, policy, now: () => 0, newId: () => `new-${++made}` });
  const report = await run();
  const held = state.held();
  if (held.length === 0) return report;
  state.transaction((tx) => {
    for (const { key } of held) tx.decide(key, 'apply');
  });
  return run();
}
