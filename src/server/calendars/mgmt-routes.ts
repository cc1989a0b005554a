import { CalendarSettingsData } from '../../wire/calendar.ts';
import { CalendarDescriptor } from '../../wire/container.ts';
import { createContainer, removeContainer, saveContainer } from '../containers/container-life.ts';
import { texts } from '../containers/manage-routes.ts';
import * as uids from '../containers/uids.ts';
import { isOwner, mustBeAllowed, mustFind } from '../containers/verbs.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, result, string } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { isManager } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';
import { readCalendarSettings, writeCalendarSettings } from './settings.ts';

/** ICalendarsMgmt, ICalendarSettings and ICalendarUids: calendars as a whole. */
export function calendarMgmtOperations(): Operation[] {
  return [...mgmt(), ...reindexing(), ...settings(), ...uidOperations()];
}

function mgmt(): Operation[] {
  const service = 'ICalendarsMgmt';
  const path = '/mgmt/calendars/{uid}';
  return [
    operation({
      service,
      name: 'getComplete',
      method: 'GET',
      path,
      result: result(CalendarDescriptor),
      run: (call) => {
        const { name, domain, owner, settings: stored } = managed(call);
        return { name, domainUid: domain, owner, settings: stored, orgUnitUid: null, expectedId: null };
      },
    }),
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path,
      body: json(CalendarDescriptor),
      result: nothing,
      run: (call) => createCalendar(call, param(call, 'uid')),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path,
      body: json(CalendarDescriptor),
      result: nothing,
      run: (call) => {
        const container = managed(call);
        mustBeAllowed(call.kernel, call.session, container, 'Manage');
        const { name, owner, domainUid, settings: wanted } = checked(call.body);
        if (owner !== container.owner || domainUid !== container.domain)
          throw fault('INVALID_PARAMETER', 'Owner and domain of a calendar cannot be changed.');
        saveContainer(call, { ...container, name, settings: { ...container.settings, ...wanted } });
      },
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path,
      result: nothing,
      run: (call) => {
        const container = managed(call);
        if (!isOwner(call.session, container))
          throw fault('PERMISSION_DENIED', 'Only its owner may remove a calendar.');
        removeContainer(call, container);
      },
    }),
  ];
}

function managed(call: Call<unknown>): Container {
  const container = mustFind(call.kernel, param(call, 'uid'));
  if (container.type !== 'calendar') throw fault('NOT_FOUND', `${container.uid} is not a calendar.`);
  return container;
}

type Checked = { name: string; owner: string; domainUid: string; settings: Record<string, string> };

function checked(body: CalendarDescriptor | null): Checked {
  if (body === null) throw bareFault('The descriptor is missing.');
  const { name, owner, domainUid, settings: wanted } = body;
  if (!name || !owner || !domainUid || !wanted)
    throw fault('INVALID_PARAMETER', 'A calendar needs name, owner, domainUid and settings.');
  return { name, owner, domainUid, settings: texts(wanted) };
}

/** The owner himself, or an administrator; a calendar that is its own owner, or the domain's, belongs to the domain. */
function createCalendar(call: Call<CalendarDescriptor | null>, uid: string): void {
  const { kernel, session } = call;
  const { name, owner, domainUid: domain, settings: wanted } = checked(call.body);
  const ofDomain = owner === domain || owner === uid;
  if (!isManager(session) && (owner !== session.user || domain !== session.domain))
    throw fault('PERMISSION_DENIED', 'A calendar can be created for oneself only.');
  const entry = kernel.store.people.entry(domain, owner);
  if (!ofDomain && entry === undefined) throw bareFault('The owner is not in the domain.');
  if (entry !== undefined && entry.kind !== 'USER')
    throw fault('INVALID_PARAMETER', 'Only users and domains may own further calendars.');
  createContainer(call, {
    uid,
    type: 'calendar',
    name,
    owner: ofDomain ? uid : owner,
    domain,
    settings: wanted,
    grants: ofDomain ? [] : [{ subject: owner, verb: 'All' }],
  });
}

/** The search of this server reads the items themselves: there is no index to build, and the task ends at once. */
function reindexing(): Operation[] {
  const service = 'ICalendarsMgmt';
  const reindex = (name: string, path: string) =>
    operation({
      service,
      name,
      method: 'POST',
      path,
      result: result(),
      run: (call) => {
        if (!isManager(call.session)) throw fault('PERMISSION_DENIED', 'Only an administrator may build an index.');
        return call.kernel.tasks.start((progress) => progress.begin(1, 'Searches read the items: there is no index.'));
      },
    });
  return [
    reindex('reindexAll', '/mgmt/calendars/_reindex'),
    reindex('reindex', '/mgmt/calendars/{containerUid}/_reindex'),
  ];
}

function settings(): Operation[] {
  const service = 'ICalendarSettings';
  const path = '/calendars/{calendarUid}/_config';
  return [
    operation({
      service,
      name: 'set',
      method: 'POST',
      path,
      body: json(CalendarSettingsData),
      result: nothing,
      run: (call) => {
        const container = mustFind(call.kernel, param(call, 'calendarUid'));
        mustBeAllowed(call.kernel, call.session, container, 'Manage');
        saveContainer(call, { ...container, settings: writeCalendarSettings(container.settings, call.body) });
      },
    }),
    operation({
      service,
      name: 'get',
      method: 'GET',
      path,
      result: result(CalendarSettingsData),
      run: (call) => {
        const container = mustFind(call.kernel, param(call, 'calendarUid'));
        mustBeAllowed(call.kernel, call.session, container, 'Read');
        return readCalendarSettings(container.settings);
      },
    }),
  ];
}

function uidOperations(): Operation[] {
  const told = (name: string, path: string, uidOf: (uid: string) => string) =>
    operation({
      service: 'ICalendarUids',
      name,
      method: 'GET',
      path: `/calendar/uids/{uid}/${path}`,
      result: string,
      run: (call) => uidOf(param(call, 'uid')),
    });
  return [
    told('getDefaultUserCalendar', '_default_calendar', uids.defaultCalendar),
    told('getUserCreatedCalendar', '_other_calendar', uids.otherCalendar),
    told('getResourceCalendar', '_resource_calendar', uids.resourceCalendar),
  ];
}
