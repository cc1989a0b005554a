import type { VEventSeries } from '../../wire/calendar.ts';
import { Uids } from '../../wire/common.ts';
import { blanked, isPrivate } from '../calendars/blank-private.ts';
import { icsOf } from '../calendars/ics-routes.ts';
import { dirOf } from '../calendars/rewrite-people.ts';
import { eventsOf } from '../calendars/search.ts';
import { mustBeAllowed, mustFind } from '../containers/verbs.ts';
import { fault } from '../kernel/fault.ts';
import { type Call, nothing, type Operation, operation, result, string, textBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import type { Container } from '../store/store.ts';

const service = 'IPublishCalendar';
const PATH = '/calendars/publish/{containerUid}';
type Mode = 'public' | 'private';

/**
 * IPublishCalendar: a calendar as an ICS text under an address that nobody can guess. The token is the subject of a Read right on the
 * calendar. Rules [PB1] to [PB4]. @source fact sheet 7.3
 */
export function publishOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'createUrl',
      method: 'PUT',
      path: `${PATH}/_create/{mode}`,
      query: ['token'],
      result: string,
      run: (call) => {
        const token = call.query['token'] ?? '';
        if (!/^[A-Za-z0-9_-]{8,200}$/.test(token))
          throw fault('INVALID_PARAMETER', 'A token has 8 to 200 letters, digits, dashes and underscores.');
        return publish(call, token);
      },
    }),
    operation({
      service,
      name: 'generateUrl',
      method: 'PUT',
      path: `${PATH}/_generate/{mode}`,
      result: string,
      run: (call) => publish(call, call.kernel.newKey()),
    }),
    operation({
      service,
      name: 'getGeneratedUrls',
      method: 'GET',
      path: `${PATH}/generated/{mode}`,
      result: result(Uids),
      run: (call) => {
        const container = managed(call);
        const prefix = prefixOf(modeOf(call));
        return call.kernel.store.containers
          .grants(container.id)
          .filter((grant) => grant.subject.startsWith(prefix))
          .map((grant) => urlOf(call, container, grant.subject));
      },
    }),
    operation({
      service,
      name: 'disableUrl',
      method: 'POST',
      path: `${PATH}/_disable`,
      body: textBody,
      result: nothing,
      run: (call) => {
        const container = managed(call);
        const { containers } = call.kernel.store;
        const subject = (call.body ?? '').split('/').at(-1);
        const kept = containers.grants(container.id).filter((grant) => grant.subject !== subject || !isToken(subject));
        call.kernel.store.transaction(() => containers.setGrants(container.id, kept));
      },
    }),
    operation({
      service,
      name: 'publish',
      method: 'GET',
      path: `${PATH}/{token}`,
      result: { kind: 'stream', produces: 'text/calendar' },
      anonymous: true,
      run: published,
    }),
  ];
}

function publish(call: Call<unknown>, token: string): string {
  const container = managed(call);
  const subject = `${prefixOf(modeOf(call))}${token}`;
  const { containers } = call.kernel.store;
  call.kernel.store.transaction(() =>
    containers.setGrants(container.id, [...containers.grants(container.id), { subject, verb: 'Read' }]),
  );
  return urlOf(call, container, subject);
}

function managed(call: Call<unknown>): Container {
  const container = mustFind(call.kernel, param(call, 'containerUid'));
  if (container.type !== 'calendar') throw fault('NOT_FOUND', `${container.uid} is not a calendar.`);
  mustBeAllowed(call.kernel, call.session, container, 'Manage');
  return container;
}

function modeOf(call: Call<unknown>): Mode {
  const mode = param(call, 'mode');
  if (mode !== 'PUBLIC' && mode !== 'PRIVATE') throw fault('INVALID_PARAMETER', 'A mode is PUBLIC or PRIVATE.');
  return mode === 'PUBLIC' ? 'public' : 'private';
}

function prefixOf(mode: Mode): string {
  return `x-calendar-${mode}-`;
}

function isToken(subject: string | undefined): boolean {
  return subject !== undefined && /^x-calendar-(public|private)-/.test(subject);
}

function urlOf(call: Call<unknown>, container: Container, subject: string): string {
  return `${call.kernel.policy().publicUrl}/api/calendars/publish/${encodeURIComponent(container.uid)}/${subject}`;
}

/** The text behind an address; a token that is not granted looks like a calendar that is not there. */
function published(call: Call<unknown>): string {
  const { kernel } = call;
  const container = kernel.store.containers.byUid(param(call, 'containerUid'));
  const token = param(call, 'token');
  const granted =
    container?.type === 'calendar' &&
    isToken(token) &&
    kernel.store.containers.grants(container.id).some((grant) => grant.subject === token && grant.verb === 'Read');
  if (container === undefined || !granted) throw fault('NOT_FOUND', 'Nothing is published here.');
  const everything = token.startsWith(prefixOf('private'));
  const owner = kernel.store.people.entry(container.domain, container.owner);
  const dir = owner === undefined ? undefined : dirOf(owner);
  const told = kernel.store.items.all(container.id).flatMap((item) => {
    const value = JSON.parse(item.value) as VEventSeries;
    if (isDeclined(value, dir)) return [];
    return [{ uid: item.uid, value: everything || !isPrivate(value) ? value : blanked(value) }];
  });
  return icsOf(told, container.name);
}

function isDeclined(series: VEventSeries, owner: string | undefined): boolean {
  const events = eventsOf(series);
  return (
    owner !== undefined &&
    events.length > 0 &&
    events.every((event) =>
      (event.attendees ?? []).some((attendee) => attendee.dir === owner && attendee.partStatus === 'Declined'),
    )
  );
}
