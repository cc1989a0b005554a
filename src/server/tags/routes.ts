import { Tag, TagChanges } from '../../wire/tags.ts';
import { openCollection, presentStored, removeItem } from '../items/collection.ts';
import { changesetOperation, type WritableItemService } from '../items/operations.ts';
import { allOperation, readOperations, updatesOperation, writeOperations } from '../items/store-operations.ts';
import type { Operation } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { changeTags, createTag, TAGS, updateTag } from './tags.ts';

const SERVICE: WritableItemService<Tag> = {
  service: 'ITags',
  path: '/tags/{containerUid}',
  schema: Tag,
  open: (call, verb) => openCollection(TAGS, call, param(call, 'containerUid'), verb),
  create: createTag,
  update: updateTag,
  remove: (tags, uid) => void removeItem(tags, uid),
  present: presentStored,
};

/** ITags: categories that items refer to. */
export function tagOperations(): Operation[] {
  return [
    allOperation(SERVICE),
    ...readOperations(SERVICE, { one: '{uid}', uids: '_alluids' }),
    ...writeOperations(SERVICE),
    updatesOperation(SERVICE, TagChanges, changeTags),
    changesetOperation(SERVICE),
  ];
}
