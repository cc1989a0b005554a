import { Uids } from '../../wire/common.ts';
import { DirEntry, DirEntryQuery } from '../../wire/directory.ts';
import { entryPath } from '../containers/descriptors.ts';
import { changeset } from '../items/change-sets.ts';
import { fault } from '../kernel/fault.ts';
import { type Call, image, json, type Operation, operation, result, string, textBody } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';
import { iconOf } from '../pictures/photo.ts';
import type { EntryKind } from '../store/store.ts';
import {
  cardOfEntry,
  type Directory,
  deleteEntry,
  entriesBelow,
  entriesByRoles,
  entriesByUid,
  entryByEmail,
  entryByPath,
  entryByUid,
  openDirectory,
  photoOfEntry,
  rolesOf,
  rootEntry,
} from './directory.ts';
import { directoryOf } from './publish.ts';
import { searchDirectory } from './search-directory.ts';

const service = 'IDirectory';
const path = '/directory/{domain}';
const open = (call: Call<unknown>): Directory => openDirectory(call.kernel, call.session, param(call, 'domain'));

/** IDirectory and IDirEntryPath, without `xfer`: there is one server only. */
export function directoryOperations(): Operation[] {
  return [...oneOperations(), ...manyOperations(), ...pictureOperations(), ...roleOperations(), ...deleteOperations()];
}

function oneOperations(): Operation[] {
  const one = result(DirEntry);
  return [
    operation({ service, name: 'getRoot', method: 'GET', path, result: one, run: (call) => rootEntry(open(call)) }),
    operation({
      service,
      name: 'getEntry',
      method: 'POST',
      path: `${path}/_entry`,
      body: textBody,
      result: one,
      run: (call) => entryByPath(open(call), call.body ?? ''),
    }),
    operation({
      service,
      name: 'findByEntryUid',
      method: 'GET',
      path: `${path}/entry-uid/{entryUid}`,
      result: one,
      run: (call) => entryByUid(open(call), param(call, 'entryUid')),
    }),
    operation({
      service,
      name: 'getByEmail',
      method: 'GET',
      path: `${path}/_byEmail/{email}`,
      result: one,
      run: (call) => entryByEmail(open(call), param(call, 'email')),
    }),
    operation({
      service,
      name: 'getVCard',
      method: 'GET',
      path: `${path}/{uid}/_vcard`,
      result: result(),
      run: (call) => cardOfEntry(open(call), param(call, 'uid')),
    }),
    operation({
      service: 'IDirEntryPath',
      name: 'getPath',
      method: 'GET',
      path: '/directory/path/{domain}/{uid}',
      query: ['kind'],
      result: string,
      run: (call) => entryPath(param(call, 'domain'), kindOf(call), param(call, 'uid')),
    }),
  ];
}

function manyOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'getEntries',
      method: 'POST',
      path: `${path}/_childs`,
      body: textBody,
      result: result(),
      run: (call) => entriesBelow(open(call), call.body ?? ''),
    }),
    operation({
      service,
      name: 'search',
      method: 'POST',
      path: `${path}/_search`,
      body: json(DirEntryQuery),
      result: result(),
      run: (call) => searchDirectory(open(call), param(call, 'domain'), call.body),
    }),
    operation({
      service,
      name: 'getMultiple',
      method: 'POST',
      path: `${path}/_mget`,
      body: json(Uids),
      result: result(),
      run: (call) => entriesByUid(open(call), call.body ?? []),
    }),
    operation({
      service,
      name: 'changeset',
      method: 'GET',
      path: `${path}/_changeset`,
      query: ['since'],
      result: result(),
      run: (call) => {
        const { kernel, domain } = open(call);
        return changeset(directoryOf(kernel, domain), longQuery(call, 'since'));
      },
    }),
  ];
}

/** Pictures of entries; 204 for who has none: this server draws no stand-ins. */
function pictureOperations(): Operation[] {
  const icon = (photo: Uint8Array | null) => (photo === null ? null : iconOf(photo));
  return [
    operation({
      service,
      name: 'getEntryPhoto',
      method: 'GET',
      path: `${path}/entry-uid/{entryUid}/photo`,
      result: image,
      run: (call) => photoOfEntry(open(call), param(call, 'entryUid')),
    }),
    operation({
      service,
      name: 'getEntryIcon',
      method: 'GET',
      path: `${path}/entry-uid/{entryUid}/icon`,
      result: image,
      run: (call) => icon(photoOfEntry(open(call), param(call, 'entryUid'))),
    }),
    operation({
      service,
      name: 'getIcon',
      method: 'GET',
      path: `${path}/_icon/{path}`,
      result: image,
      run: (call) => {
        const directory = open(call);
        const uid = entryByPath(directory, param(call, 'path'))?.entryUid;
        return uid ? icon(photoOfEntry(directory, uid)) : null;
      },
    }),
  ];
}

function roleOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'getRolesForDirEntry',
      method: 'GET',
      path: `${path}/entry-uid/{entryUid}/rolesfor_`,
      result: result(),
      run: (call) => rolesOf(open(call), param(call, 'entryUid')),
    }),
    operation({
      service,
      name: 'getRolesForOrgUnit',
      method: 'GET',
      path: `${path}/ou-uid/{ouUid}/rolesfor_`,
      result: result(),
      run: (call) => {
        open(call);
        throw fault('NOT_FOUND', `There is no organisation unit ${param(call, 'ouUid')}: this server has none.`);
      },
    }),
    operation({
      service,
      name: 'getByRoles',
      method: 'POST',
      path: `${path}/_byroles`,
      body: json(Uids),
      result: result(),
      run: (call) => entriesByRoles(open(call), call.body ?? []),
    }),
  ];
}

function deleteOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'deleteByEntryUid',
      method: 'DELETE',
      path: `${path}/_byentryuid/{entryUid}`,
      result: result(),
      run: (call) => deleteEntry(open(call), param(call, 'entryUid')),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: `${path}/{path}`,
      result: result(),
      run: (call) => {
        const directory = open(call);
        const uid = entryByPath(directory, param(call, 'path'))?.entryUid;
        if (!uid) throw fault('NOT_FOUND', 'There is no such entry.');
        return deleteEntry(directory, uid);
      },
    }),
  ];
}

const KINDS = ['USER', 'GROUP', 'RESOURCE', 'MAILSHARE', 'EXTERNALUSER', 'CALENDAR', 'ADDRESSBOOK', 'DOMAIN'] as const;

/** @throws INVALID_PARAMETER */
function kindOf(call: Call<unknown>): EntryKind {
  const kind = KINDS.find((word) => word === call.query['kind']);
  if (kind === undefined) throw fault('INVALID_PARAMETER', `The kind of an entry is one of ${KINDS.join(', ')}.`);
  return kind;
}
