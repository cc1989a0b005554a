import { createContainer, subscribe } from '../containers/container-life.ts';
import { COLLECTED_CONTACTS, MY_CONTACTS } from '../containers/names.ts';
import * as uids from '../containers/uids.ts';
import { createItem } from '../items/collection.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SYSTEM } from '../kernel/session.ts';
import type { Entry } from '../store/store.ts';
import { VIEWS } from '../views/routes.ts';

/** Settings that a new domain starts with, and so every user of it. @source fact sheet 6.1 */
export const DEFAULT_SETTINGS = {
  lang: 'en',
  timezone: 'Europe/Paris',
  timezone_difference_reminder: 'true',
  date: 'yyyy-MM-dd',
  timeformat: 'HH:mm',
  day_weekstart: 'monday',
  defaultview: 'week',
  showweekends: 'true',
  work_hours_start: '8',
  work_hours_end: '18',
  working_days: 'mon,tue,wed,thu,fri',
  show_declined_events: 'false',
  default_event_alert: '',
  default_allday_event_alert: '',
  default_event_alert_mode: 'Display',
  default_app: '/webapp/mail/',
} as const;

/** Roles that a new user starts with. */
export const USER_ROLES = [
  'hasMail',
  'hasCalendar',
  'hasContacts',
  'hasTasks',
  'hasOutlook',
  'hasTbird',
  'hasDav',
  'canRemoteAttach',
  'selfChangePassword',
  'selfChangeSettings',
  'selfChangeVCard',
  'selfChangeMailIdentities',
] as const;

/** Gives a new domain its directory book and tags, both readable by everybody of the domain. */
export function provisionDomain(kernel: Kernel, domain: string): void {
  const actor = { kernel, session: SYSTEM };
  const book = uids.directoryBook(domain);
  const grants = [{ subject: domain, verb: 'Read' }] as const;
  createContainer(actor, { uid: book, type: 'addressbook', name: domain, owner: book, domain, readOnly: true, grants });
  createContainer(actor, { uid: uids.tagsOf(domain), type: 'tags', name: 'tags', owner: domain, domain, grants });
}

/** Gives a new user the containers, rights, view and subscriptions that BlueMind gives. @source fact sheet 2.1, 2.4 */
export function provisionUser(kernel: Kernel, user: Entry): void {
  const actor = { kernel, session: SYSTEM };
  const { uid, domain } = user;
  const own = { owner: uid, domain };
  const add = (
    container: { uid: string; type: string; name: string },
    more: { default?: boolean; domain?: 'Invitation' | 'Read' } = {},
  ) =>
    createContainer(actor, {
      ...container,
      ...own,
      defaultContainer: more.default ?? true,
      grants: [
        { subject: uid, verb: 'All' },
        ...(more.domain === undefined ? [] : [{ subject: domain, verb: more.domain }]),
      ],
    });
  add({ uid: uids.defaultCalendar(uid), type: 'calendar', name: user.displayName }, { domain: 'Invitation' });
  add({ uid: uids.freebusyOf(uid), type: 'freebusy', name: 'freebusy container' }, { domain: 'Read' });
  const views = add({ uid: uids.viewsOf(uid), type: 'calendarview', name: 'calendar view' });
  const view = { label: 'default', type: 'WEEK', isDefault: true, calendars: [uids.defaultCalendar(uid)] } as const;
  createItem({ ...actor, container: views, kind: VIEWS }, 'default', view);
  add({ uid: uids.defaultBook(uid), type: 'addressbook', name: MY_CONTACTS });
  add({ uid: uids.collectedBook(uid), type: 'addressbook', name: COLLECTED_CONTACTS }, { default: false });
  add({ uid: uids.defaultTodoList(uid), type: 'todolist', name: 'todolist' });
  add({ uid: uids.defaultNotes(uid), type: 'notes', name: 'notes' });
  add({ uid: uids.tagsOf(uid), type: 'tags', name: 'tags' });
  add({ uid: uids.devicesOf(uid), type: 'device', name: 'devices' });
  for (const containerUid of [
    uids.defaultCalendar(uid),
    uids.defaultBook(uid),
    uids.collectedBook(uid),
    uids.defaultTodoList(uid),
    uids.defaultNotes(uid),
    uids.tagsOf(uid),
  ])
    subscribe(actor, own, { containerUid, offlineSync: true, automount: true });
  subscribe(actor, own, { containerUid: uids.directoryBook(domain), offlineSync: false, automount: true });
}
