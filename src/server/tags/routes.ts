import { Uids } from '../../wire/common.ts';
import { Tag, TagChanges } from '../../wire/tags.ts';
import { changeset } from '../items/change-sets.ts';
import { findItem, itemValue, openCollection, removeItem } from '../items/collection.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';
import { allTags, changeTags, createTag, TAGS, updateTag } from './tags.ts';

const service = 'ITags';
const path = '/tags/{containerUid}';
const read = (call: Call<unknown>) => openCollection(TAGS, call, param(call, 'containerUid'), 'Read');
const write = (call: Call<unknown>) => openCollection(TAGS, call, param(call, 'containerUid'), 'Write');

/** ITags: categories that items refer to. */
export function tagOperations(): Operation[] {
  return [...readOperations(), ...writeOperations()];
}

function readOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'all',
      method: 'GET',
      path,
      result: result(),
      run: (call) => allTags(read(call)),
    }),
    operation({
      service,
      name: 'allUids',
      method: 'GET',
      path: `${path}/_alluids`,
      result: result(),
      run: (call) => call.kernel.store.items.uids(read(call).container.id),
    }),
    operation({
      service,
      name: 'getComplete',
      method: 'GET',
      path: `${path}/{uid}`,
      result: result(),
      run: (call) => {
        const item = findItem(read(call), param(call, 'uid'));
        return item === undefined ? null : itemValue<Tag>(item);
      },
    }),
    operation({
      service,
      name: 'multipleGet',
      method: 'POST',
      path: `${path}/_mget`,
      body: json(Uids),
      result: result(),
      run: (call) =>
        call.kernel.store.items.byUids(read(call).container.id, call.body ?? []).map((item) => itemValue<Tag>(item)),
    }),
    operation({
      service,
      name: 'changeset',
      method: 'GET',
      path: `${path}/_changeset`,
      query: ['since'],
      result: result(),
      run: (call) => changeset(read(call), longQuery(call, 'since')),
    }),
  ];
}

function writeOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path: `${path}/{uid}`,
      body: json(Tag),
      result: nothing,
      run: (call) => createTag(write(call), param(call, 'uid'), call.body),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path: `${path}/{uid}`,
      body: json(Tag),
      result: nothing,
      run: (call) => updateTag(write(call), param(call, 'uid'), call.body),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: `${path}/{uid}`,
      result: nothing,
      run: (call) => void removeItem(write(call), param(call, 'uid')),
    }),
    operation({
      service,
      name: 'updates',
      method: 'PUT',
      path: `${path}/_mupdates`,
      body: json(TagChanges),
      result: result(),
      run: (call) => changeTags(write(call), call.body),
    }),
  ];
}
