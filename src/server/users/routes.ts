import { VCard } from '../../wire/addressbook.ts';
import { ChangePassword, User } from '../../wire/auth.ts';
import { Uids } from '../../wire/common.ts';
import { setPhoto } from '../addressbooks/write-card.ts';
import { cardOfEntry, deleteEntry, openDirectory, photoOfEntry, rolesOf } from '../directory/directory.ts';
import { bookOf, saveDirectoryEntry } from '../directory/publish.ts';
import { fault } from '../kernel/fault.ts';
import {
  bytesBody,
  type Call,
  image,
  json,
  nothing,
  type Operation,
  operation,
  result,
  textBody,
} from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { iconOf, photoFrom } from '../pictures/photo.ts';
import {
  type About,
  changePassword,
  createAccount,
  mustBeSelfOrManager,
  mustFindAccount,
  mustManage,
  toldUser,
  updateAccount,
} from './users.ts';

const service = 'IUser';
const PATH = '/users/{domainUid}';
const ONE = `${PATH}/{uid}`;

/** IUser: accounts, their roles, cards, photos and passwords. */
export function userOperations(): Operation[] {
  return [...finding(), ...writing(), ...roles(), ...cards(), ...pictures()];
}

function about(call: Call<unknown>): About {
  const { kernel, session } = call;
  return { kernel, session, domain: param(call, 'domainUid'), uid: param(call, 'uid') };
}

function finding(): Operation[] {
  const found = (name: string, path: string, find: (call: Call<unknown>, domain: string) => ReturnType<typeof entry>) =>
    operation({
      service,
      name,
      method: 'GET',
      path: `${PATH}/${path}`,
      result: result(),
      run: (call) => toldUser(call.kernel, call.session, find(call, param(call, 'domainUid'))),
    });
  const entry = (call: Call<unknown>, domain: string) => call.kernel.store.people.entry(domain, param(call, 'uid'));
  return [
    found('getComplete', '{uid}/complete', entry),
    found('byEmail', 'byEmail/{email}', (call, domain) => {
      const holder = call.kernel.store.people.byEmail(param(call, 'email'));
      return holder?.domain === domain ? holder : undefined;
    }),
    found('byExtId', 'byExtId/{extid}', (call, domain) =>
      call.kernel.store.people.entries(domain).find((known) => known.externalId === param(call, 'extid')),
    ),
    found('byLogin', 'byLogin/{login}', (call, domain) =>
      call.kernel.store.people.byLogin(domain, param(call, 'login')),
    ),
    operation({
      service,
      name: 'allUids',
      method: 'GET',
      path: `${PATH}/_alluids`,
      result: result(Uids),
      run: (call) => {
        mustManage(call.session);
        const entries = call.kernel.store.people.entries(param(call, 'domainUid'));
        return entries.filter((known) => known.kind === 'USER').map((known) => known.uid);
      },
    }),
  ];
}

function writing(): Operation[] {
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path: ONE,
      body: json(User),
      result: nothing,
      run: (call) => createAccount(about(call), call.body),
    }),
    operation({
      service,
      name: 'createWithExtId',
      method: 'PUT',
      path: `${ONE}/{extid}/createwithextid`,
      body: json(User),
      result: nothing,
      run: (call) => createAccount(about(call), call.body, param(call, 'extid')),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path: ONE,
      body: json(User),
      result: nothing,
      run: (call) => updateAccount(about(call), call.body),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: ONE,
      result: result(),
      run: (call) => {
        mustFindAccount(about(call));
        return deleteEntry(openDirectory(call.kernel, call.session, param(call, 'domainUid')), param(call, 'uid'));
      },
    }),
    operation({
      service,
      name: 'setPassword',
      method: 'POST',
      path: `${ONE}/password_`,
      body: json(ChangePassword),
      result: nothing,
      evenExpired: true,
      run: (call) => changePassword(about(call), call.body),
    }),
    operation({
      service,
      name: 'setExtId',
      method: 'POST',
      path: `${ONE}/_extId`,
      body: textBody,
      result: nothing,
      run: (call) => {
        mustManage(call.session);
        saveDirectoryEntry(call.kernel, { ...mustFindAccount(about(call)), externalId: call.body ?? undefined });
      },
    }),
  ];
}

function roles(): Operation[] {
  const told = (name: string, path: string) =>
    operation({
      service,
      name,
      method: 'GET',
      path: `${ONE}/${path}`,
      result: result(Uids),
      run: (call) => rolesOf(openDirectory(call.kernel, call.session, param(call, 'domainUid')), param(call, 'uid')),
    });
  return [
    told('getRoles', 'roles'),
    told('getResolvedRoles', 'roles_resolved'),
    operation({
      service,
      name: 'setRoles',
      method: 'POST',
      path: `${ONE}/roles`,
      body: json(Uids),
      result: nothing,
      run: (call) => {
        mustManage(call.session);
        saveDirectoryEntry(call.kernel, { ...mustFindAccount(about(call)), roles: [...new Set(call.body ?? [])] });
      },
    }),
    operation({
      service,
      name: 'getUsersWithRoles',
      method: 'POST',
      path: `${PATH}/_roleusers`,
      body: json(Uids),
      result: result(Uids),
      run: (call) => {
        mustManage(call.session);
        const wanted = call.body ?? [];
        return call.kernel.store.people
          .entries(param(call, 'domainUid'))
          .filter((entry) => entry.kind === 'USER' && entry.roles.some((role) => wanted.includes(role)))
          .map((entry) => entry.uid);
      },
    }),
    operation({
      service,
      name: 'memberOfGroups',
      method: 'GET',
      path: `${ONE}/groupUids`,
      result: result(Uids),
      run: (call) => {
        mustBeSelfOrManager(about(call), 'selfChangeSettings');
        return call.kernel.store.people.groupsOf(mustFindAccount(about(call)).uid);
      },
    }),
  ];
}

function cards(): Operation[] {
  return [
    operation({
      service,
      name: 'getVCard',
      method: 'GET',
      path: `${ONE}/vcard`,
      result: result(VCard),
      run: (call) => {
        const entry = mustFindAccount(about(call));
        const directory = openDirectory(call.kernel, call.session, entry.domain);
        return cardOfEntry(directory, entry.uid)?.value ?? null;
      },
    }),
    operation({
      service,
      name: 'updateVCard',
      method: 'POST',
      path: `${ONE}/vcard`,
      body: json(VCard),
      result: nothing,
      run: (call) => {
        mustBeSelfOrManager(about(call), 'selfChangeVCard');
        if (call.body === null) throw fault('INVALID_PARAMETER', 'The card is missing.');
        saveDirectoryEntry(call.kernel, { ...mustFindAccount(about(call)), card: JSON.stringify(call.body) });
      },
    }),
  ];
}

function pictures(): Operation[] {
  const photo = (call: Call<unknown>) => {
    const entry = mustFindAccount(about(call));
    return photoOfEntry(openDirectory(call.kernel, call.session, entry.domain), entry.uid);
  };
  const keep = (call: Call<unknown>, bytes: Uint8Array) => {
    mustBeSelfOrManager(about(call), 'selfChangeVCard');
    const entry = mustFindAccount(about(call));
    const book = bookOf(call.kernel, entry.domain);
    if (book === undefined || entry.hidden || entry.archived)
      throw fault('NOT_FOUND', 'This account is not shown in the directory, where photos are kept.');
    setPhoto(book, entry.uid, bytes);
  };
  return [
    operation({ service, name: 'getPhoto', method: 'GET', path: `${ONE}/photo`, result: image, run: photo }),
    operation({
      service,
      name: 'getIcon',
      method: 'GET',
      path: `${ONE}/icon`,
      result: image,
      run: (call) => {
        const bytes = photo(call);
        return bytes === null ? null : iconOf(bytes);
      },
    }),
    operation({
      service,
      name: 'setPhoto',
      method: 'POST',
      path: `${ONE}/photo`,
      body: bytesBody,
      result: nothing,
      run: (call) => keep(call, photoFrom(call.body ?? new Uint8Array())),
    }),
    operation({
      service,
      name: 'deletePhoto',
      method: 'DELETE',
      path: `${ONE}/photo`,
      result: nothing,
      run: (call) => keep(call, new Uint8Array()),
    }),
  ];
}
