import { ContainerDescriptor } from '../../wire/container.ts';
import { VNote, VNoteChanges, VNoteQuery, VNotesQuery } from '../../wire/notes.ts';
import { createOwnList, removeOwnList } from '../containers/own-list.ts';
import { byIdOperations, changeLogOperations, countOperations, type WritableItemService } from '../items/operations.ts';
import { readOperations, resetOperation, writeOperations } from '../items/store-operations.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { containersToSearch } from '../search/containers-to-search.ts';
import { page, searcher } from '../search/search.ts';
import {
  changeNotes,
  createNote,
  NOTES,
  type Notes,
  openNotes,
  presentNotes,
  removeNote,
  updateNote,
} from './notes.ts';

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
    ...readOperations(SERVICE),
    ...writeOperations(SERVICE),
    ...changeLogOperations(SERVICE, { ids: true }),
    ...countOperations(SERVICE),
    ...byIdOperations(SERVICE),
    resetOperation(SERVICE, NOTES),
    ...listOperations(),
    ...containerOperations(),
  ];
}

function allNotes(notes: Notes) {
  return presentNotes(notes, notes.kernel.store.items.all(notes.container.id));
}

function listOperations(): Operation[] {
  const read = (call: Call<unknown>) => SERVICE.open(call, 'Read');
  return [
    operation({ service, name: 'all', method: 'GET', path, result: result(), run: (call) => allNotes(read(call)) }),
    operation({
      service,
      name: 'updates',
      method: 'PUT',
      path: `${path}/_mupdates`,
      body: json(VNoteChanges),
      result: result(),
      run: (call) => changeNotes(SERVICE.open(call, 'Write'), call.body),
    }),
    operation({
      service,
      name: 'search',
      method: 'POST',
      path: `${path}/_search`,
      body: json(VNoteQuery),
      result: result(),
      run: (call) => {
        const found = allNotes(read(call)).filter(searcher(call.body));
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
          allNotes(notes)
            .filter(wanted)
            .map((note) => ({ ...note, containerUid: notes.container.uid })),
        );
        return page(found, call.body?.vnoteQuery ?? null);
      },
    }),
  ];
}

function containerOperations(): Operation[] {
  return [
    operation({
      service: 'INotes',
      name: 'create',
      method: 'PUT',
      path: '/notes/{uid}',
      body: json(ContainerDescriptor),
      result: nothing,
      run: (call) => createOwnList(call, NOTES.type),
    }),
    operation({
      service: 'INotes',
      name: 'delete',
      method: 'DELETE',
      path: '/notes/{uid}',
      result: nothing,
      run: (call) => removeOwnList(call, NOTES.type),
    }),
  ];
}
