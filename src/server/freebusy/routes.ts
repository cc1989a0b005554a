import { Uids } from '../../wire/common.ts';
import { VFreebusy, VFreebusyQuery } from '../../wire/freebusy.ts';
import { writePoint } from '../calendars/point.ts';
import { defaultCalendar } from '../containers/uids.ts';
import { can, mustBeAllowed, mustFind } from '../containers/verbs.ts';
import { type Collection, createItem, findItem, type ItemKind, removeItem } from '../items/collection.ts';
import { fault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, type ResultSpec, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import type { Entry } from '../store/store.ts';
import { freebusy, freebusyIcs } from './freebusy.ts';

const ICS: ResultSpec = { kind: 'text', produces: 'text/calendar' };

/** IVFreebusy, IPublicFreebusy and IFreebusyMgmt. */
export function freebusyOperations(): Operation[] {
  return [...asked(), ...published(), ...managed()];
}

function asked(): Operation[] {
  const service = 'IVFreebusy';
  const path = '/calendars/vfreebusy/{containerUid}';
  return [
    operation({
      service,
      name: 'get',
      method: 'POST',
      path,
      body: json(VFreebusyQuery),
      result: result(VFreebusy),
      run: (call) => freebusy(call, readable(call), call.body),
    }),
    operation({
      service,
      name: 'getAsString',
      method: 'POST',
      path: `${path}/_ics`,
      body: json(VFreebusyQuery),
      result: { kind: 'string' },
      run: (call) => {
        const owner = readable(call);
        return freebusyIcs(freebusy(call, owner, call.body), owner, call.kernel.clock.now());
      },
    }),
  ];
}

/** Whose free/busy the call asks for: with Read on its container, or on the person's default calendar. */
function readable(call: Call<unknown>): Entry {
  const { kernel, session } = call;
  const container = mustFind(kernel, param(call, 'containerUid'));
  const owner = kernel.store.people.entry(container.domain, container.owner);
  if (container.type !== 'freebusy' || owner === undefined)
    throw fault('NOT_FOUND', `${container.uid} does not hold the free/busy of anybody.`);
  const calendar = kernel.store.containers.byUid(defaultCalendar(owner.uid));
  if (calendar === undefined || !can(kernel, session, calendar, 'Read'))
    mustBeAllowed(kernel, session, container, 'Read');
  return owner;
}

/** How far the public text looks ahead. @units milliseconds */
const AHEAD = 60 * 86_400_000;

function published(): Operation[] {
  const service = 'IPublicFreebusy';
  const path = '/calendars/sfreebusy/{email}';
  const query = ['callerUserUid', 'callerDomain'];
  return [
    operation({
      service,
      name: 'simple',
      method: 'GET',
      path,
      query,
      result: ICS,
      anonymous: true,
      run: (call) => {
        const owner = byEmail(call);
        const now = call.kernel.clock.now();
        const at = (instant: number) =>
          writePoint({
            kind: 'time',
            wall: new Date(instant).toISOString().slice(0, 19),
            millis: 0,
            zone: 'UTC',
            offset: 0,
          });
        const window = { dtstart: at(now), dtend: at(now + AHEAD), excludedEvents: [], withOOFSlots: false };
        return freebusyIcs(freebusy(call, owner, window), owner, now);
      },
    }),
    operation({
      service,
      name: 'get',
      method: 'POST',
      path,
      query,
      body: json(VFreebusyQuery),
      result: result(VFreebusy),
      anonymous: true,
      run: (call) => freebusy(call, byEmail(call), call.body),
    }),
    operation({
      service,
      name: 'getAsString',
      method: 'POST',
      path: `${path}/_ics`,
      query,
      body: json(VFreebusyQuery),
      result: { kind: 'string' },
      anonymous: true,
      run: (call) => {
        const owner = byEmail(call);
        return freebusyIcs(freebusy(call, owner, call.body), owner, call.kernel.clock.now());
      },
    }),
  ];
}

function byEmail(call: Call<unknown>): Entry {
  const entry = call.kernel.store.people.byEmail(param(call, 'email'));
  if (entry === undefined) throw fault('NOT_FOUND', 'Nobody has this address.');
  return entry;
}

/** Calendars that count beside the default one: items of the free/busy container, named by their calendars. */
const COUNTED: ItemKind<Record<string, never>> = {
  type: 'freebusy',
  byId: 'counted-by-id',
  describe: () => ({ displayName: '' }),
};

function managed(): Operation[] {
  const service = 'IFreebusyMgmt';
  const path = '/mgmt/freebusy/{containerUid}';
  const add = (counted: Collection<Record<string, never>>, uid: string) => {
    mustFind(counted.kernel, uid);
    if (findItem(counted, uid) === undefined) createItem(counted, uid, {});
  };
  const remove = (counted: Collection<Record<string, never>>, uid: string) => {
    if (findItem(counted, uid) !== undefined) removeItem(counted, uid);
  };
  const listed = (counted: Collection<Record<string, never>>) => counted.kernel.store.items.uids(counted.container.id);
  return [
    operation({
      service,
      name: 'get',
      method: 'GET',
      path,
      result: result(Uids),
      run: (call) => listed(open(call, 'Read')),
    }),
    operation({
      service,
      name: 'set',
      method: 'POST',
      path,
      body: json(Uids),
      result: nothing,
      run: (call) => {
        const counted = open(call, 'Write');
        const wanted = call.body ?? [];
        call.kernel.store.transaction(() => {
          for (const uid of listed(counted)) if (!wanted.includes(uid)) remove(counted, uid);
          for (const uid of wanted) add(counted, uid);
        });
      },
    }),
    operation({
      service,
      name: 'add',
      method: 'PUT',
      path: `${path}/{calendar}`,
      result: nothing,
      run: (call) => add(open(call, 'Write'), param(call, 'calendar')),
    }),
    operation({
      service,
      name: 'remove',
      method: 'DELETE',
      path: `${path}/{calendar}`,
      result: nothing,
      run: (call) => remove(open(call, 'Write'), param(call, 'calendar')),
    }),
  ];
}

function open(call: Call<unknown>, verb: 'Read' | 'Write'): Collection<Record<string, never>> {
  const { kernel, session } = call;
  const container = mustFind(kernel, param(call, 'containerUid'));
  if (container.type !== COUNTED.type) throw fault('NOT_FOUND', `${container.uid} holds no free/busy.`);
  mustBeAllowed(kernel, session, container, verb);
  return { kernel, session, container, kind: COUNTED };
}
