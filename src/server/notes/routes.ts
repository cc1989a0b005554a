import { VNote, VNoteChanges, VNoteQuery, VNotesQuery } from '../../wire/notes.ts';
import { ownListOperations } from '../containers/own-list.ts';
import type { WritableItemService } from '../items/operations.ts';
import { allItems, allOperation, itemOperations, resetOperation, updatesOperation } from '../items/store-operations.ts';
import { json, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { containersToSearch } from '../search/containers-to-search.ts';
import { page, searcher } from '../search/search.ts';
import { changeNotes, createNote, NOTES, openNotes, presentNotes, removeNote, updateNote } from './notes.ts';

const service = 'INote';
const path = '/notes/{containerUid}';

const SERVICE: WritableItemService<VNote> = {
  service,
  path,
  schema: VNote,
  open: (call, verb) => openNotes(call, param(call, 'containerUid'), verb),
  create: createNote,
  update: updateNote,
  remove: removeNote,
  present: presentNotes,
};

/** INote and INotes. */
export function noteOperations(): Operation[] {
  return [
    ...itemOperations(SERVICE, { ids: true }),
    resetOperation(SERVICE),
    updatesOperation(SERVICE, VNoteChanges, changeNotes),
    allOperation(SERVICE),
    ...searchOperations(),
    ...ownListOperations('INotes', '/notes', NOTES.type),
  ];
}

function searchOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'search',
      method: 'POST',
      path: `${path}/_search`,
      body: json(VNoteQuery),
      result: result(),
      run: (call) => {
        const found = allItems(SERVICE, SERVICE.open(call, 'Read')).filter(searcher(call.body));
        return { values: page(found, call.body), total: found.length };
      },
    }),
    operation({
      service: 'INotes',
      name: 'search',
      method: 'POST',
      path: '/notes/_search',
      body: json(VNotesQuery),
      result: result(),
      run: (call) => {
        const wanted = searcher(call.body?.vnoteQuery ?? null);
        const found = containersToSearch(call, NOTES, call.body).flatMap((notes) =>
          allItems(SERVICE, notes)
            .filter(wanted)
            .map((note) => ({ ...note, containerUid: notes.container.uid })),
        );
        return page(found, call.body?.vnoteQuery ?? null);
      },
    }),
  ];
}
