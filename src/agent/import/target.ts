/**
 * A calendar or address book that things are imported into. What it holds is known by uid and by content, so that nothing comes twice: not
 * from one file, not from two, and not when an import is repeated. The uid of a new item is made of what it was imported from, so that
 * one that was edited since is found again, and one whose answer was lost is not made a second time.
 */
import type { AbortSignalLike } from '../../base/clock.ts';
import { digestText } from '../../base/digest.ts';
import type { Container } from '../../bluemind/containers.ts';
import type { ImportedItem } from '../../storage/imports.ts';
import type { ContentKit } from '../../sync/content.ts';
import type { Create, Effect, EffectFailure, Side } from '../../sync/side.ts';
import type { Content } from '../content-words.ts';
import { openSeenItems, uuidOf } from './seen-items.ts';

/** `there`: it has it already, under this uid; `version`: the same uid came before with another content. */
export type Standing<C> =
  | { readonly kind: 'there'; readonly uid: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'new'; readonly create: Create<C> };

export type Target<C extends Content> = {
  readonly container: Container;
  /** Whether the container itself holds an item of this uid, and not only this import. */
  held(uid: string): boolean;
  /** The item that it has, or will have of this import, of a content's uid. */
  uidFor(contentUid: string): string | undefined;
  /** Decides about a content and remembers it. */
  stand(content: C): Standing<C>;
  /** Makes new items; what was refused, at the position of its item. What is made is noted in `diary` before and after. */
  create(creates: readonly Create<C>[], diary: Diary, signal?: AbortSignalLike): Promise<readonly Made[]>;
};
type Made = EffectFailure | undefined;

/** What an import makes, for whoever takes it back. */
export type Diary = {
  note(items: readonly ImportedItem[]): void;
  drop(items: readonly ImportedItem[]): void;
};

type Parts<C extends Content> = {
  readonly container: Container;
  readonly side: Side<C>;
  readonly kit: ContentKit<C>;
  /** The content as it is made under a uid of our choice. */
  readonly made: (content: C, uid: string) => C;
};

/** Looks at everything that the container holds. */
export async function openTarget<C extends Content>(parts: Parts<C>, signal?: AbortSignalLike): Promise<Target<C>> {
  const { container, side, kit, made } = parts;
  const uids = new Map<string, string>();
  const looks = new Map<string, string>();
  const seen = openSeenItems();
  const view = await side.view(container.uid, new Map(), undefined, signal);
  for (const { id, content } of view.moved) {
    uids.set(id, id);
    const uid = kit.uid(content);
    if (uid !== undefined) uids.set(uid, id);
    looks.set(kit.fingerprint(content), id);
  }
  for (const { id } of view.unreadable) uids.set(id, id);
  const held = new Set(uids.values());
  return {
    container,
    held: (uid) => held.has(uid),
    uidFor: (uid) => {
      const token = tokenOf(container.uid, uid);
      return uids.get(uid) ?? uids.get(token) ?? (seen.has(token) ? token : undefined);
    },
    stand: (content) => {
      const look = kit.fingerprint(side.preview(content));
      const uid = kit.uid(content);
      const token = tokenOf(container.uid, uid ?? look);
      const sameLook = seen.looksSo(token, look);
      if (sameLook === false) return { kind: 'version' };
      const before = sameLook === true ? token : seen.tokenOfLook(look);
      const there = (uid === undefined ? undefined : uids.get(uid)) ?? uids.get(token) ?? looks.get(look) ?? before;
      if (there !== undefined) return { kind: 'there', uid: there };
      seen.add(token, look);
      return { kind: 'new', create: { token, content: made(content, token) } };
    },
    create: async (creates, diary, signal) => {
      const noted = creates.map(({ token, content }): ImportedItem => {
        const look = kit.fingerprint(side.preview(content));
        return { kind: container.kind, container: container.uid, uid: token, look, digest: undefined };
      });
      diary.note(noted);
      const effects = await side.create(container.uid, creates, signal);
      const outcomes = noted.map((item, at) => ({ item, effect: effects[at] }));
      diary.note(
        outcomes.flatMap(({ item, effect }) =>
          effect?.ok === true ? [{ ...item, digest: kit.digest(effect.item.content) }] : [],
        ),
      );
      const isRefused = (effect: Effect<C> | undefined) => effect?.ok === false && effect.failure.code === 'REFUSED';
      diary.drop(outcomes.flatMap(({ item, effect }) => (isRefused(effect) ? [item] : [])));
      return effects.map((effect) => (effect.ok ? undefined : effect.failure));
    },
  };
}

function tokenOf(container: string, key: string): string {
  return uuidOf(digestText(`import ${container} ${key}`));
}
