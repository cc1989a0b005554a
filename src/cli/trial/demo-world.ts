import { type TagBook, tagBook } from '../../agent/tagging.ts';
import type { Clock } from '../../base/clock.ts';
import { itemService } from '../../bluemind/item-service.ts';
import { openSession, type Session } from '../../bluemind/session.ts';
import { subscribe } from '../../bluemind/subscribe.ts';
import { createTag, listTags } from '../../bluemind/tags.ts';
import type { Card } from '../../domain/contact.ts';
import type { Series } from '../../domain/event.ts';
import type { LocalDate } from '../../domain/time.ts';
import { bluemindCard } from '../../mapping/bluemind/contact/card.ts';
import { bluemindEvent } from '../../mapping/bluemind/event/event.ts';
import { createDomain, createUser, findUser } from '../../server/admin/accounts.ts';
import { createCalendar, share } from '../../server/admin/containers.ts';
import type { RunningServer } from '../../server/open-server.ts';
import type { VCard } from '../../wire/addressbook.ts';
import type { VEventSeries } from '../../wire/calendar.ts';
import { demoCalendar, demoCompanyCalendar, demoTeamCalendar } from './demo-calendar.ts';
import { demoCollected, demoContacts } from './demo-contacts.ts';
import { addressOf, DEMO_DOMAIN, type DemoPerson, demoPeople } from './demo-people.ts';

/** The demo account. Its password is no secret: it guards invented data on this machine only. */
export const DEMO_LOGIN = `jane.doe@${DEMO_DOMAIN}`;
export const DEMO_PASSWORD = 'demo';

const TEAM = 'calendar:UserCreated:demo-team';
const COMPANY = 'calendar:UserCreated:demo-company';

export type DemoOptions = {
  readonly server: RunningServer;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly random: () => number;
  readonly today: LocalDate;
};

/** Whether the demo company is on the server, whole: it is marked by its last step. */
export function hasDemoWorld({ kernel }: RunningServer): boolean {
  return kernel.store.people.domain(DEMO_DOMAIN)?.settings[READY] === 'true';
}

const READY = 'demo_ready';

/**
 * Fills an empty server with the demo company: fifty people, the demo account's calendars, books and shares. May be repeated after
 * an interruption: every step finds what is there already.
 */
export async function makeDemoWorld(options: DemoOptions): Promise<void> {
  const { server } = options;
  const { people } = server.kernel.store;
  const staff = demoPeople();
  const [jane, team, company] = staff as [DemoPerson, DemoPerson, DemoPerson];
  if (people.domain(DEMO_DOMAIN) === undefined) createDomain(server.kernel, { uid: DEMO_DOMAIN });
  // Only those who log in below have a password: hashing one is slow on purpose.
  for (const person of staff) await makePerson(server, person, [jane, team, company].includes(person));
  shareCalendar(server, { uid: TEAM, name: 'Team calendar', owner: team, verb: 'Write' });
  shareCalendar(server, { uid: COMPANY, name: 'Company calendar', owner: company, verb: 'Read' });
  await fill(options, team, async (session, tags) =>
    putSeries(session, TEAM, demoTeamCalendar(options.today, staff), tags),
  );
  await fill(options, company, async (session, tags) =>
    putSeries(session, COMPANY, demoCompanyCalendar(options.today), tags),
  );
  await fill(options, jane, async (session, tags) => {
    await putSeries(session, `calendar:Default:${jane.uid}`, demoCalendar(options.today, staff), tags);
    await putCards(session, `book:Contacts_${jane.uid}`, demoContacts(), tags);
    await putCards(session, `book:CollectedContacts_${jane.uid}`, demoCollected(), tags);
    await subscribe(
      session,
      [TEAM, COMPANY, `addressbook_${DEMO_DOMAIN}`].map((containerUid) => ({ containerUid, offlineSync: true })),
    );
  });
  const domain = people.domain(DEMO_DOMAIN);
  if (domain !== undefined) people.saveDomain({ ...domain, settings: { ...domain.settings, [READY]: 'true' } });
}

async function makePerson({ kernel }: RunningServer, person: DemoPerson, logsIn: boolean): Promise<void> {
  if (findUser(kernel, `${person.login}@${DEMO_DOMAIN}`) !== undefined) return;
  await createUser(kernel, {
    uid: person.uid,
    login: person.login,
    domain: DEMO_DOMAIN,
    password: logsIn ? DEMO_PASSWORD : undefined,
    displayName: `${person.given} ${person.family}`,
    emails: [addressOf(person)],
  });
}

function shareCalendar(
  { kernel }: RunningServer,
  calendar: { uid: string; name: string; owner: DemoPerson; verb: string },
): void {
  const { uid, name, owner, verb } = calendar;
  if (kernel.store.containers.byUid(uid) === undefined)
    createCalendar(kernel, { uid, name, owner: `${owner.login}@${DEMO_DOMAIN}` });
  share(kernel, uid, DEMO_LOGIN, verb);
}

async function fill(
  { server, clock, newId, random }: DemoOptions,
  person: DemoPerson,
  work: (session: Session, tags: TagBook) => Promise<void>,
): Promise<void> {
  const credentials = async () => ({ login: `${person.login}@${DEMO_DOMAIN}`, password: DEMO_PASSWORD });
  const session = openSession({ server: server.url, version: 'demo', clock, random, credentials });
  try {
    await work(
      session,
      tagBook(await listTags(session), (label) => createTag(session, { itemUid: newId(), label })),
    );
  } finally {
    await session.close();
  }
}

async function putSeries(session: Session, calendar: string, series: readonly Series[], tags: TagBook): Promise<void> {
  await tags.ensure(series.flatMap(({ main }) => main?.categories ?? []));
  const add = series.map((one) => ({
    uid: one.uid,
    value: bluemindEvent.write(undefined, one, { tagOf: (label) => tags.find(label) }),
  }));
  must(await itemService<VEventSeries>(session, 'calendars').change(calendar, { add, modify: [], delete: [] }));
}

async function putCards(session: Session, book: string, cards: readonly Card[], tags: TagBook): Promise<void> {
  await tags.ensure(cards.flatMap(({ categories }) => categories));
  const add = cards.map((card) => ({
    uid: card.uid,
    value: bluemindCard.write(undefined, card, { tagFor: (label) => tags.find(label) }),
  }));
  must(await itemService<VCard>(session, 'addressbooks').change(book, { add, modify: [], delete: [] }));
}

function must(refusals: readonly { uid: string; errorCode: string }[]): void {
  const [first] = refusals;
  if (first !== undefined) throw new Error(`bug: the server refuses the demo item ${first.uid} (${first.errorCode})`);
}
