import type { ContainerUpdatesResult, ItemValue } from '../../wire/container.ts';
import type { VNote, VNoteChanges } from '../../wire/notes.ts';
import { runBatch } from '../items/batch.ts';
import {
  type Collection,
  createItem,
  type ItemKind,
  itemValue,
  openCollection,
  removeItem,
  updateItem,
} from '../items/collection.ts';
import type { Access } from '../items/operations.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import type { StoredItem } from '../store/store.ts';
import { tagRefs } from '../tags/tag-refs.ts';

export type Notes = Collection<VNote>;

export const NOTES: ItemKind<VNote> = {
  type: 'notes',
  byId: 'vnote-by-id',
  describe: (note) => ({ displayName: note.subject ?? '' }),
};

export function openNotes(
  caller: { readonly kernel: Kernel; readonly session: Session },
  containerUid: string,
  verb: Access,
): Notes {
  return openCollection(NOTES, caller, containerUid, verb);
}

export function createNote(notes: Notes, uid: string, note: VNote | null, id?: number): StoredItem {
  return createItem(notes, uid, cleanNote(notes, note), { id });
}

export function updateNote(notes: Notes, uid: string, note: VNote | null): StoredItem {
  return updateItem(notes, uid, cleanNote(notes, note));
}

export function removeNote(notes: Notes, uid: string): void {
  removeItem(notes, uid);
}

export function changeNotes(notes: Notes, changes: VNoteChanges | null): ContainerUpdatesResult {
  return runBatch(notes, changes, {
    create: (uid, line) => void createNote(notes, uid, line.value ?? null),
    update: (uid, line) => void updateNote(notes, uid, line.value ?? null),
    remove: (uid) => removeNote(notes, uid),
  });
}

/** Notes as they are answered: the tags as they are now. */
export function presentNotes(notes: Notes, items: readonly StoredItem[]): readonly ItemValue<VNote>[] {
  const refs = tagRefs(notes.kernel);
  return items.map((item) => {
    const note = JSON.parse(item.value) as VNote;
    return itemValue(item, { ...note, categories: [...refs(note.categories)] });
  });
}

/** @source observed: sizes of the original's own notes; [NO1] a note without colour is yellow, [NO2] unknown tags go */
function cleanNote(notes: Notes, note: VNote | null): VNote {
  if (note === null) throw fault('UNKNOWN', 'The note is missing.');
  return {
    height: note.height ?? 0,
    width: note.width ?? 0,
    posX: note.posX ?? 0,
    posY: note.posY ?? 0,
    color: note.color ?? 'YELLOW',
    body: note.body ?? null,
    subject: note.subject ?? null,
    categories: [...tagRefs(notes.kernel)(note.categories)],
  };
}
