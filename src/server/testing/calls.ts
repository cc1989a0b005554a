import type { TSchema } from 'typebox';
import { must } from '../../base/assert.ts';
import { VCard, VCardChanges } from '../../wire/addressbook.ts';
import {
  CalendarSettingsData,
  CalendarView,
  CalendarViewChanges,
  VEventChanges,
  VEventSeries,
} from '../../wire/calendar.ts';
import { Settings, Uids } from '../../wire/common.ts';
import { AddressBookDescriptor, CalendarDescriptor, ContainerModifiableDescriptor } from '../../wire/container.ts';
import { VFreebusyQuery } from '../../wire/freebusy.ts';
import { VNote, VNoteChanges } from '../../wire/notes.ts';
import { Tag, TagChanges } from '../../wire/tags.ts';
import { VTodo, VTodoChanges } from '../../wire/todolist.ts';
import { createUser } from '../admin/accounts.ts';
import type { Operation } from '../kernel/operation.ts';
import { paris, series } from './events.ts';
import { DOMAIN, type Person, type World } from './world.ts';

/** A call of an operation that must go well: its path below `/api`, with the query, and its body as it is sent. */
export type Made = { readonly path: string; readonly body: string | Buffer | undefined };

/** Who calls: somebody who may do everything. */
type Scene = { readonly world: World; readonly boss: Person; readonly number: number };
type Given = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
};

/** Makes what the operation is about, and the call itself. Everything has names of its own, so that calls do not disturb each other. */
export async function makeCall(operation: Operation, scene: Scene): Promise<Made> {
  const { number, boss, world } = scene;
  const place = placeOf(operation.path, boss.uid);
  const known = `known-${number}`;
  if (place.value !== undefined) await boss.call('PUT', `${place.path}/${known}`, place.value);
  const item = world.server.kernel.store.containers.byUid(place.container);
  const id = item && world.server.kernel.store.items.byUid(item.id, known)?.id;
  const special = await SPECIAL[`${operation.service}.${operation.name}`]?.(scene);
  const params: Readonly<Record<string, string>> = {
    containerUid: place.container,
    calendarUid: place.container,
    domainUid: DOMAIN,
    domain: DOMAIN,
    ownerUid: boss.uid,
    userUid: boss.uid,
    subject: boss.uid,
    entryUid: boss.uid,
    email: `boss@${DOMAIN}`,
    login: 'boss',
    name: 'timezone',
    mode: 'PUBLIC',
    key: 'color',
    path: `${DOMAIN}/users/${boss.uid}`,
    id: String(id ?? 1),
    uid: isNew(operation) ? `new-${number}` : known,
    ...special?.params,
  };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(must(params[name], name)));
  const query = special?.query === undefined ? '' : `?${special.query}`;
  return { path: `${path}${query}`, body: sent(operation, special?.body, known) };
}

function isNew({ method, path }: Operation): boolean {
  return method === 'PUT' && path.endsWith('/{uid}');
}

/** What the path is about: the container, where items of it are put, and one such item. */
function placeOf(path: string, user: string): { container: string; path: string; value?: unknown } {
  const at = (start: string, container: string, value: unknown) => ({
    container,
    path: `${start}/${container}`,
    value,
  });
  if (/^\/(calendars\/view|users\/\{domainUid\}\/\{userUid\}\/calendar-views)/.test(path))
    return at('/calendars/view', `calendarview:${user}`, VIEW);
  if (/^\/(addressbooks|mgmt\/addressbooks)/.test(path)) return at('/addressbooks', `book:Contacts_${user}`, CARD);
  if (/^\/todolist/.test(path)) return at('/todolist', `todolist:default_${user}`, { summary: 'Task' });
  if (/^\/notes/.test(path)) return at('/notes', `notes:default_${user}`, { subject: 'Note' });
  if (/^\/tags/.test(path)) return at('/tags', `tags_${user}`, TAG);
  if (/freebusy/.test(path)) return { container: `freebusy:${user}`, path: '' };
  if (!/^\/(calendars|containers|mgmt)/.test(path)) return { container: '', path: '' };
  return at('/calendars', `calendar:Default:${user}`, series());
}

const TAG = { label: 'Customers', color: '3d98ff' } as const;
const VIEW = { label: 'View', type: 'WEEK', isDefault: false, calendars: [] } as const;
const CARD = { kind: 'individual', identification: { formatedName: { value: 'Jane Roe', parameters: [] } } } as const;
const DESCRIPTOR = { name: 'Further', domainUid: DOMAIN, settings: {} } as const;

/** One point, as a PNG file. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);

/** A body for each schema; a list of uids names the item that is known. */
const BODIES: ReadonlyMap<TSchema, unknown> = new Map<TSchema, unknown>([
  [VEventSeries, series()],
  [VEventChanges, { add: [{ uid: 'added', value: series() }], modify: [], delete: [] }],
  [VCard, CARD],
  [VCardChanges, { add: [{ uid: 'added', value: CARD }], modify: [], delete: [] }],
  [VTodo, { summary: 'Task' }],
  [VTodoChanges, { add: [{ uid: 'added', value: { summary: 'Task' } }], modify: [], delete: [] }],
  [VNote, { subject: 'Note' }],
  [VNoteChanges, { add: [{ uid: 'added', value: { subject: 'Note' } }], modify: [], delete: [] }],
  [Tag, TAG],
  [TagChanges, { add: [{ uid: 'added', value: TAG }], modify: [], delete: [] }],
  [CalendarView, VIEW],
  [CalendarViewChanges, { add: [{ uid: 'added', value: VIEW }], modify: [], delete: [] }],
  [ContainerModifiableDescriptor, { name: 'Renamed', defaultContainer: false }],
  [Settings, { lang: 'fr' }],
  [
    CalendarSettingsData,
    { workingDays: ['MO'], dayStart: 28_800_000, dayEnd: 64_800_000, minDuration: 60, timezoneId: 'Europe/Paris' },
  ],
  [
    VFreebusyQuery,
    { dtstart: paris('2026-03-09T00:00'), dtend: paris('2026-03-10T00:00'), excludedEvents: [], withOOFSlots: false },
  ],
]);

function sent({ body }: Operation, special: unknown, known: string): string | Buffer | undefined {
  if (body.kind === 'none') return undefined;
  if (special instanceof Buffer) return special;
  if (special !== undefined) return JSON.stringify(special);
  if (body.kind === 'bytes' || body.kind === 'stream') return PNG;
  if (body.kind === 'text') return JSON.stringify(known);
  const schema = must(body.schema);
  const list = (schema as { type?: string }).type === 'array';
  if ((schema as { type?: string }).type === 'integer') return '0';
  return JSON.stringify(BODIES.get(schema) ?? (list ? (schema === Uids ? [known] : []) : {}));
}

type Prepare = (scene: Scene) => Given | Promise<Given>;

/** A further container of the caller, to be read, renamed or removed. */
const further =
  (path: string, param: string, more: Given = {}): Prepare =>
  async ({ boss, number }) => {
    const uid = `further-${number}`;
    await boss.call('PUT', `${path}/${uid}`, { ...DESCRIPTOR, owner: boss.uid });
    return { ...more, params: { [param]: uid } };
  };

const described =
  (path: string, param: string, schema: TSchema): Prepare =>
  async (scene) => ({
    ...(await further(path, param)(scene)),
    body: schema === ContainerModifiableDescriptor ? { name: 'Renamed' } : { ...DESCRIPTOR, owner: scene.boss.uid },
  });

const fresh =
  (param: string, type: string): Prepare =>
  ({ boss, number }) => ({
    params: { [param]: `fresh-${number}` },
    body: { ...DESCRIPTOR, type, owner: boss.uid },
  });

/** Another account, so that the caller stays. */
const somebody =
  (param: string, more: Given = {}, value: (uid: string) => string = (uid) => uid): Prepare =>
  async ({ world, number }) => {
    const uid = `P${number}`;
    const login = `person${number}`;
    const { kernel } = world.server;
    await createUser(kernel, { login, uid, domain: DOMAIN, password: undefined, displayName: 'Person' });
    return { ...more, params: { [param]: value(uid) } };
  };

const oneself =
  (more: Given = {}): Prepare =>
  ({ boss }) => ({ ...more, params: { uid: boss.uid } });

const destination =
  (type: string, path: string): Prepare =>
  async ({ boss, number }) => {
    const destContainerUid = `to-${number}`;
    await boss.call('PUT', `${path}/${destContainerUid}`, { ...DESCRIPTOR, type, owner: boss.uid });
    return { params: { destContainerUid } };
  };

const key: Prepare = async ({ boss }) => ({
  params: { sid: (await boss.call('PUT', '/auth/keys?displayName=x')).sid },
});

const task: Prepare = async ({ boss }) => ({
  params: { taskId: (await boss.call('POST', '/mgmt/calendars/_reindex')).id },
});

const allocated: Prepare = async ({ boss }) => {
  const path = `/offline/${DOMAIN}/${boss.uid}/_allocateOfflineIds?idCount=2`;
  return { params: { id: String((await boss.call('POST', path)).globalCounter) } };
};

/** The same preparation for several operations of one service. */
function each(service: string, names: string, prepare: Prepare): Readonly<Record<string, Prepare>> {
  return Object.fromEntries(names.split(' ').map((name) => [`${service}.${name}`, prepare]));
}

const person = (number: number) => ({ login: `login${number}`, password: 'secret', contactInfos: CARD, emails: [] });
const published: Prepare = async ({ boss }) => {
  const url: string = await boss.call('PUT', `/calendars/publish/calendar:Default:${boss.uid}/_generate/PUBLIC`);
  return { params: { token: url.slice(url.lastIndexOf('/') + 1) }, body: url };
};

const SPECIAL: Readonly<Record<string, Prepare>> = {
  ...each('IAPIKeys', 'delete get', key),
  'IAPIKeys.store': ({ number }) => ({ params: { key: `${number}`.padStart(64, '0') } }),
  ...each('ITask', 'status log getCurrentLogs', task),
  ...each('IContainers', 'get getLight getIfPresent getLightIfPresent delete', further('/mgmt/calendars', 'uid')),
  'IContainers.update': described('/mgmt/calendars', 'uid', ContainerModifiableDescriptor),
  'IContainers.setAccessControlList': further('/mgmt/calendars', 'uid', { body: [{ subject: 'U1', verb: 'Read' }] }),
  'IContainers.create': fresh('uid', 'calendar'),
  'IContainers.getForUser': () => ({ query: `domainUid=${DOMAIN}&userUid=U1&uid=calendar:Default:U1` }),
  'IContainers.allForUser': () => ({ query: `domainUid=${DOMAIN}&userUid=U1` }),
  'IContainersFlatHierarchy.touch': ({ boss }) => ({
    params: { uid: `calendar:calendar:Default:${boss.uid}@${DOMAIN}` },
  }),
  'IOfflineMgmt.allocateOfflineIds': () => ({ query: 'idCount=3' }),
  ...each('ICalendarsMgmt', 'getComplete delete', further('/mgmt/calendars', 'uid')),
  'ICalendarsMgmt.update': described('/mgmt/calendars', 'uid', CalendarDescriptor),
  'ICalendarsMgmt.create': fresh('uid', 'calendar'),
  ...each('IAddressBooksMgmt', 'getComplete delete', further('/mgmt/addressbooks', 'containerUid')),
  'IAddressBooksMgmt.update': described('/mgmt/addressbooks', 'containerUid', AddressBookDescriptor),
  'IAddressBooksMgmt.create': fresh('containerUid', 'addressbook'),
  ...each('INotes', 'delete', further('/notes', 'uid')),
  ...each('INotes', 'create', fresh('uid', 'notes')),
  ...each('ITodoLists', 'delete', further('/todolists', 'uid')),
  ...each('ITodoLists', 'create', fresh('uid', 'todolist')),
  ...each('ITodoList', 'copy move', destination('todolist', '/todolists')),
  ...each('IAddressBook', 'copy move', destination('addressbook', '/mgmt/addressbooks')),
  ...each('ICalendar', 'createById', allocated),
  ...each('IAddressBook', 'createById', allocated),
  ...each('INote', 'createById', allocated),
  ...each('ITodoList', 'createById', allocated),
  'IFreebusyMgmt.add': () => ({ params: { calendar: 'calendar:Default:U1' } }),
  'IFreebusyMgmt.set': () => ({ body: ['calendar:Default:U1'] }),
  'IUserSubscription.subscribers': () => ({ params: { containerUid: 'calendar:Default:U1' } }),
  'IFreebusyMgmt.remove': () => ({ params: { calendar: 'calendar:Default:U1' } }),
  'IPublishCalendar.createUrl': ({ number }) => ({ query: `token=token-of-${number}` }),
  ...each('IPublishCalendar', 'disableUrl publish', published),
  'IAttachment.share': () => ({ params: { name: 'a.txt' }, body: Buffer.from('text') }),
  'IAttachment.shareDedup': () => ({ params: { extension: 'txt' }, body: Buffer.from('text') }),
  'IAttachment.unShare': async ({ boss, number }) => {
    const answer = await boss.raw('PUT', `/attachment/${DOMAIN}/${number}.txt/share`, {
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from('text'),
    });
    return { params: { url: (JSON.parse(answer.text) as { publicUrl: string }).publicUrl } };
  },
  'IDirEntryPath.getPath': ({ boss }) => ({ params: { uid: boss.uid }, query: 'kind=USER' }),
  'IDirectory.deleteByEntryUid': somebody('entryUid'),
  'IDirectory.delete': somebody('path', {}, (uid) => `${DOMAIN}/users/${uid}`),
  'IDirectory.getRolesForOrgUnit': () => ({ params: { ouUid: 'none' } }),
  'IDirectory.getVCard': oneself(),
  ...each('IDirectory', 'getEntry getEntries', ({ boss }) => ({ body: `${DOMAIN}/users/${boss.uid}` })),
  ...each(
    'IUser',
    'getComplete getRoles getResolvedRoles getIcon getPhoto setPhoto deletePhoto getVCard updateVCard memberOfGroups',
    oneself(),
  ),
  'IUser.create': ({ number }) => ({ params: { uid: `N${number}` }, body: person(number) }),
  'IUser.createWithExtId': ({ number }) => ({
    params: { uid: `N${number}`, extid: `E${number}` },
    body: person(number),
  }),
  'IUser.update': somebody('uid', { body: { login: 'renamed', emails: [] } }),
  'IUser.delete': somebody('uid'),
  'IUser.setRoles': somebody('uid', { body: ['hasMail'] }),
  'IUser.setPassword': somebody('uid', { body: { newPassword: 'other' } }),
  'IUser.setExtId': somebody('uid'),
  'IUser.byExtId': () => ({ params: { extid: 'nobody' } }),
  ...each('IUserSettings', 'set get setOne getOne', ({ boss }) => ({
    params: { uid: boss.uid, containerUid: DOMAIN },
  })),
  'IUserSubscription.subscribe': () => ({ body: [{ containerUid: `addressbook_${DOMAIN}`, offlineSync: true }] }),
  'IVCardService.importCards': () => ({ body: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:X\r\nEND:VCARD\r\n' }),
  'IVTodo.importIcs': () => ({ body: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' }),
  'IVEvent.importIcs': () => ({ body: Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n') }),
  ...each('IAuthentication', 'login loginWithParams validate', () => ({
    query: `login=boss@${DOMAIN}&origin=test`,
    body: 'pw-boss',
  })),
  ...each('IAuthentication', 'su suWithParams', () => ({ query: `login=ann@${DOMAIN}` })),
};
