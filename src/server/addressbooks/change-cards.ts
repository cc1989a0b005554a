import type { VCard, VCardChanges, VCardItemChange } from '../../wire/addressbook.ts';
import type { ContainerUpdatesResult } from '../../wire/container.ts';
import { runBatch } from '../items/batch.ts';
import type { Book } from './cards.ts';
import { createCard, fullBook, removeCard, roomLeft, updateCard } from './write-card.ts';

/**
 * `_mupdates` of a book: rules [AB40] to [AB42]. Added cards come first, then added groups, those that others hold before these;
 * modifications in the order given. A batch that would overfill the book is refused as a whole, with a single error of no uid.
 */
export function changeCards(book: Book, changes: VCardChanges | null): ContainerUpdatesResult {
  if ((changes?.add ?? []).length > roomLeft(book)) {
    const error = { message: fullBook().message, uid: null, errorCode: 'MAX_ITEM_COUNT' };
    return { added: [], updated: [], removed: [], unhandled: [], errors: [error], version: null };
  }
  const ordered = changes === null ? null : { ...changes, add: cardsFirst(changes.add ?? []) };
  return runBatch(book, ordered, {
    create: (uid, line: VCardItemChange) => void createCard(book, uid, line.value ?? null, { photo: photoOf(line) }),
    update: (uid, line: VCardItemChange) => void updateCard(book, uid, line.value ?? null, photoOf(line)),
    remove: (uid) => removeCard(book, uid),
  });
}

/** null keeps the photo, '' deletes it, bytes set it as they are: no cleaning here. */
function photoOf(line: VCardItemChange): Uint8Array | undefined {
  return line.photo === null || line.photo === undefined ? undefined : Buffer.from(line.photo, 'base64');
}

type Line = { readonly uid?: string | null | undefined; readonly value?: VCard | null | undefined };

/** Cards, then groups so that each comes behind the groups it holds; groups that hold each other in the order given. */
export function cardsFirst<L extends Line>(lines: readonly L[]): readonly L[] {
  const groups = new Map<string, L>();
  for (const line of lines) if (line.value?.kind === 'group' && line.uid) groups.set(line.uid, line);
  const placed = new Set<L>();
  const ordered: L[] = lines.filter((line) => !(line.uid && groups.get(line.uid) === line));
  for (const group of groups.values()) place(group, groups, placed, ordered);
  return ordered;
}

/** Puts a group behind those it holds; without recursion, because a chain may be as long as the batch. */
function place<L extends Line>(first: L, groups: ReadonlyMap<string, L>, placed: Set<L>, ordered: L[]): void {
  const open: { readonly line: L; readonly held: readonly L[]; next: number }[] = [];
  const enter = (line: L) => {
    if (placed.has(line)) return;
    placed.add(line);
    const members = line.value?.organizational?.member ?? [];
    open.push({ line, held: members.flatMap((member) => groups.get(member.itemUid ?? '') ?? []), next: 0 });
  };
  enter(first);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const held = top.held[top.next++];
    if (held !== undefined) enter(held);
    else {
      ordered.push(top.line);
      open.pop();
    }
  }
}
