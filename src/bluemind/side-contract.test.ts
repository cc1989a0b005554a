import { afterAll, beforeAll } from 'vitest';
import type { Card } from '../domain/contact.ts';
import { cardKit, seriesKit } from '../domain/content-kit.ts';
import { BLANK_EVENT, type Event, type Series } from '../domain/event.ts';
import { bluemindCard } from '../mapping/bluemind/contact/card.ts';
import { bluemindEvent } from '../mapping/bluemind/event/event.ts';
import { systemClock } from '../node/system-clock.ts';
import { createBook, createCalendar } from '../server/admin/containers.ts';
import type { RunningServer } from '../server/open-server.ts';
import { type OpenSide, sideContract } from '../sync/testing/side-contract.ts';
import type { VCard } from '../wire/addressbook.ts';
import type { VEventSeries } from '../wire/calendar.ts';
import { type ItemService, type ItemServiceName, itemService } from './item-service.ts';
import type { Session } from './session.ts';
import { bluemindSide, type ServerMapping } from './side.ts';
import { janesSession, liveServer } from './testing/live-server.ts';

const SUPPORTS = { guardedWrites: true, clientIds: true, deletions: 'reported', marks: false } as const;

let server: RunningServer;
let session: Session;
let other: Session;
beforeAll(async () => {
  server = await liveServer();
  [session, other] = [janesSession(server.url), janesSession(server.url)];
});
afterAll(async () => {
  await Promise.all([session.close(), other.close()]);
  await server.close();
});

const JANE = { owner: 'jane@demo.test', name: 'New' } as const;

/** The side over a real server and real HTTP, in a folder of its own; its user is another session of the same account. */
function opened<V, C>(name: ItemServiceName, folder: string, mapping: ServerMapping<V, C>): OpenSide<C> {
  const user: ItemService<V> = itemService(other, name);
  let made = 0;
  const change = async (changes: Partial<Parameters<ItemService<V>['change']>[1]>) => {
    const refusals = await user.change(folder, { add: [], modify: [], delete: [], ...changes });
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
  };
  return {
    side: bluemindSide({ service: itemService<V>(session, name), mapping, clock: systemClock }),
    folder,
    user: {
      add: async (content) => {
        const uid = `made-by-user-${++made}`;
        await change({ add: [{ uid, value: mapping.write(undefined, content) }] });
        return uid;
      },
      edit: async (id, content) => {
        const [current] = await user.get(folder, [id]);
        await change({ modify: [{ uid: id, value: mapping.write(current?.value, content) }] });
      },
      delete: (id) => change({ delete: [{ uid: id }] }),
    },
    close: () => undefined,
  };
}

const noTags = { tagOf: () => undefined };
const CALENDAR: ServerMapping<VEventSeries, Series> = {
  read: bluemindEvent.read,
  write: (current, content) => bluemindEvent.write(current, content, noTags),
  survives: (content) => bluemindEvent.survives(content, noTags),
};
const BOOK: ServerMapping<VCard, Card> = {
  read: bluemindCard.read,
  write: (current, content) => bluemindCard.write(current, content, { tagFor: () => undefined }),
  survives: bluemindCard.survives,
};

const EVENT: Omit<Event, 'title'> = {
  ...BLANK_EVENT,
  when: {
    kind: 'time',
    start: { wall: '2026-03-09T09:00:00', zone: 'Europe/Paris' },
    end: { wall: '2026-03-09T10:00:00', zone: 'Europe/Paris' },
  },
  location: 'Room 4',
  body: { plain: 'agenda', html: '<p>agenda</p>' },
  reminders: [{ minutes: 15, action: 'display' }],
};

function series(n: number): Series {
  return {
    kind: 'event',
    uid: `token-${n}`,
    main: { ...EVENT, title: `Event ${n}` },
    recurrence: undefined,
    excluded: [],
    added: [],
    exceptions: [],
  };
}

const token = (n: number) => `token-${n}`;

sideContract<Series>({
  name: 'a calendar of BlueMind',
  supports: SUPPORTS,
  open: () => opened('calendars', createCalendar(server.kernel, JANE).uid, CALENDAR),
  content: series,
  changed: (content, n) => ({ ...content, main: { ...EVENT, ...content.main, title: `Changed ${n}` } }),
  digest: seriesKit.digest,
  token,
});

sideContract<Card>({
  name: 'an address book of BlueMind',
  supports: SUPPORTS,
  open: () => opened('addressbooks', createBook(server.kernel, JANE).uid, BOOK),
  content: (n) =>
    bluemindCard.read(
      {
        kind: 'individual',
        identification: {
          name: { familyNames: `Roe ${n}`, givenNames: 'Jane' },
          formatedName: { value: `Jane Roe ${n}` },
        },
      },
      token(n),
    ),
  changed: (content, n) => (content.kind === 'contact' ? { ...content, company: `Company ${n}` } : content),
  digest: cardKit.digest,
  token,
});
