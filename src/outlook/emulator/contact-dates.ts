/**
 * Birthday and anniversary of a contact, and the yearly all-day appointments that Outlook keeps for them.
 * @source outlook-objects.md section 6.4
 */
import { fromHex, toHex } from '../../base/utf8.ts';
import { date } from './arguments.ts';
import { FOLDER } from './default-folders.ts';
import type { DispatchValue, Member, MemberTable } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Language } from './fault-text.ts';
import { destroyItem, itemRow, newItem, openItem } from './item-store.ts';
import type { LiveItem } from './live-item.ts';
import { named, PROP, type PropKey, PSETID, tag } from './property.ts';
import { defaultFolder, defaultStore, storeRow } from './stores.ts';
import { NO_DATE } from './zone-time.ts';

type ContactDate = {
  readonly utc: PropKey;
  readonly local: PropKey;
  readonly event: PropKey;
  readonly subject: (name: string, language: Language) => string;
};

const DATES: Readonly<Record<'Birthday' | 'Anniversary', ContactDate>> = {
  Birthday: {
    utc: tag(0x3a42),
    local: named(PSETID.address, 0x80de),
    event: named(PSETID.address, 0x804d),
    subject: (name, language) =>
      ({ en: `${name}'s Birthday`, fr: `Anniversaire de ${name}`, de: `Geburtstag von ${name}` })[language],
  },
  Anniversary: {
    utc: tag(0x3a41),
    local: named(PSETID.address, 0x80df),
    event: named(PSETID.address, 0x804e),
    subject: (name, language) =>
      ({ en: `${name}'s Anniversary`, fr: `Anniversaire de mariage de ${name}`, de: `Jahrestag von ${name}` })[
        language
      ],
  },
};

/** The contact an appointment was made for. */
const CONTACT_LINK_NAME = named(PSETID.common, 0x8586);
/** The date an event was made for, so that a changed date is seen. */
const EVENT_DATE = named(PSETID.address, 0x80ff);

/** Dates before FILETIME's first day or from "no date" on are refused. */
function put(item: LiveItem, { utc, local }: ContactDate, value: DispatchValue): void {
  const wall = date(value);
  if (wall.slice(0, 10) === NO_DATE.slice(0, 10)) {
    item.bag.delete(utc);
    item.bag.delete(local);
    item.bag.dirty = true;
    return;
  }
  if (wall < '1601-01-01' || wall > NO_DATE) fail('INVALID_ARGUMENT');
  const midnight = `${wall.slice(0, 10)}T00:00:00`;
  item.bag.setTime(utc, item.session.toUtc(midnight));
  item.bag.setTime(local, midnight);
}

/** Shown in the machine's zone: in another zone the day can shift. */
function get(item: LiveItem, { utc }: ContactDate): DispatchValue {
  const stored = item.bag.time(utc);
  return { date: stored === undefined ? NO_DATE : item.session.toLocal(stored) };
}

function member(of: ContactDate): Member<LiveItem> {
  return { get: (item) => get(item, of), put: (item, value) => put(item, of, value) };
}

/** The members. */
export const CONTACT_DATE_MEMBERS: MemberTable<LiveItem> = {
  Birthday: member(DATES.Birthday),
  Anniversary: member(DATES.Anniversary),
};

/** Keys for the columns. */
export const CONTACT_DATE_KEYS = { Birthday: DATES.Birthday.utc, Anniversary: DATES.Anniversary.utc } as const;

/** Makes, replaces or removes the appointments; part of Save. */
export function settleDateEvents(item: LiveItem): void {
  if (item.session.switches.birthdayEvents === 'never') return;
  for (const of of Object.values(DATES)) {
    const day = item.bag.time(of.local);
    const event = eventOf(item, of);
    if (day === undefined) removeEvent(item, of);
    else if (event === undefined || event.bag.time(EVENT_DATE) !== day) {
      removeEvent(item, of);
      item.bag.setBinary(of.event, fromHex(makeEvent(item, of, day)));
    }
  }
}

/** What deleting the contact does to its appointments. */
export function dropDateEvents(item: LiveItem): void {
  if (item.session.switches.birthdayEvents !== 'removed') return;
  for (const of of Object.values(DATES)) removeEvent(item, of);
}

function removeEvent(item: LiveItem, of: ContactDate): void {
  const event = eventOf(item, of);
  if (event !== undefined && item.session.switches.birthdayEvents === 'removed') destroyItem(event);
  item.bag.delete(of.event);
}

function eventOf(item: LiveItem, of: ContactDate): LiveItem | undefined {
  const id = item.bag.binary(of.event);
  const row = id === undefined ? undefined : itemRow(item.session, toHex(id));
  return row === undefined ? undefined : openItem(item.session, row);
}

/** In the default calendar of the contact's own store when it has one, else in the profile's. */
function makeEvent(item: LiveItem, of: ContactDate, day: string): string {
  const { session } = item;
  const calendar =
    defaultFolder(session, storeRow(session, item.place.store), FOLDER.calendar, false) ??
    defaultFolder(session, defaultStore(session), FOLDER.calendar, true) ??
    fail('NOT_FOUND');
  const event = newItem(session, 'IPM.Appointment', { store: calendar.store, folder: calendar.entry_id });
  const object = event.object();
  const name = item.bag.text(PROP.displayName);
  object.invoke('put', 'Subject', [of.subject(name, session.locale().language)]);
  object.invoke('put', 'Start', [{ date: day }]);
  object.invoke('put', 'AllDayEvent', [true]);
  object.invoke('put', 'BusyStatus', [0]);
  const pattern = object.invoke('call', 'GetRecurrencePattern', []);
  if (typeof pattern === 'object' && pattern !== null && 'invoke' in pattern) {
    pattern.invoke('put', 'RecurrenceType', [5]);
    pattern.invoke('put', 'PatternStartDate', [{ date: day }]);
    pattern.invoke('put', 'NoEndDate', [true]);
  }
  event.bag.setText(CONTACT_LINK_NAME, name);
  event.bag.setTime(EVENT_DATE, day);
  object.invoke('call', 'Save', []);
  return event.entryId;
}
