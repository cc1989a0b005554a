/** A calendar of a real server, over real HTTP and a network that fails, as a side of the random world. */
import { BLANK_EVENT, type Event, type Series } from '../../domain/event.ts';
import { bluemindEvent } from '../../mapping/bluemind/event/event.ts';
import { systemClock } from '../../node/system-clock.ts';
import { createCalendar } from '../../server/admin/containers.ts';
import type { RunningServer } from '../../server/open-server.ts';
import type { Speech, WorldSide } from '../../sync/testing/open-world.ts';
import type { VEventSeries } from '../../wire/calendar.ts';
import { itemService } from '../item-service.ts';
import type { Session } from '../session.ts';
import { bluemindSide, type ServerMapping } from '../side.ts';
import { FAULTS, type FaultyNetwork } from './faulty-network.ts';

const noTags = { tagOf: () => undefined };
const MAPPING: ServerMapping<VEventSeries, Series> = {
  read: bluemindEvent.read,
  write: (current, content) => bluemindEvent.write(current, content, noTags),
  survives: (content) => bluemindEvent.survives(content, noTags),
};

const EVENT: Event = {
  ...BLANK_EVENT,
  when: {
    kind: 'time',
    start: { wall: '2026-03-09T09:00:00', zone: 'Europe/Paris' },
    end: { wall: '2026-03-09T10:00:00', zone: 'Europe/Paris' },
  },
  body: { plain: '', html: '' },
  reminders: [{ minutes: 15, action: 'display' }],
};

/** Events that say words in their title, place and text. */
export const EVENT_SPEECH: Speech<Series> = {
  compose: (words) => saying({ kind: 'event', uid: '', main: EVENT, ...NOTHING_MORE }, words),
  change: saying,
  words: ({ main = EVENT }) => {
    const words = { title: main.title, place: main.location, note: main.body.plain.trim() };
    return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== ''));
  },
};
const NOTHING_MORE = { recurrence: undefined, excluded: [], added: [], exceptions: [] } as const;

function saying(series: Series, { title, place, note }: Readonly<Record<string, string>>): Series {
  const { main = EVENT } = series;
  const body = note === undefined ? main.body : { plain: note, html: `<p>${note}</p>` };
  return { ...series, main: { ...main, title: title ?? main.title, location: place ?? main.location, body } };
}

export type ServerWorld = {
  readonly server: RunningServer;
  readonly network: FaultyNetwork;
  /** Through the network. */
  readonly session: Session;
  /** Past it. */
  readonly other: Session;
};

/** @units milliseconds */
const MONTH = 31 * 86_400_000;

let made = 0;

/** A new calendar of the server. */
export function calendarWorld({ server, network, session, other }: ServerWorld): WorldSide<Series> {
  const folder = createCalendar(server.kernel, { owner: 'jane@demo.test', name: 'World' }).uid;
  // Two months later the server may have forgotten deletions: the side lets go of its bookmarks.
  let months = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + months * MONTH };
  const side = (line: Session) =>
    bluemindSide({ service: itemService<VEventSeries>(line, 'calendars'), mapping: MAPPING, clock });
  const user = itemService<VEventSeries>(other, 'calendars');
  const change = async (changes: Partial<Parameters<typeof user.change>[1]>) => {
    const refusals = await user.change(folder, { add: [], modify: [], delete: [], ...changes });
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
  };
  return {
    side: side(session),
    folder,
    user: {
      items: async () => (await side(other).view(folder, new Map(), undefined)).moved,
      add: async (content) => {
        made += 1;
        const uid = `by-user-${made}`;
        await change({ add: [{ uid, value: MAPPING.write(undefined, content) }] });
        return uid;
      },
      edit: async (id, content) => {
        const [current] = await user.get(folder, [id]);
        await change({ modify: [{ uid: id, value: MAPPING.write(current?.value, content) }] });
      },
      delete: (id) => change({ delete: [{ uid: id }] }),
    },
    loseCursors: () => {
      months += 2;
    },
    weather: (number) => network.arm(number === undefined ? undefined : faultFor(number)),
  };
}

/** Any number as a fault. */
function faultFor(number: number) {
  const kind = FAULTS[number % FAULTS.length] ?? 'cut';
  const rest = Math.floor(number / FAULTS.length);
  const when = rest % 2 === 0 ? ('before' as const) : ('after' as const);
  return { kind, when, at: 1 + (Math.floor(rest / 2) % 8), times: rest % 3 === 0 ? 4 : 1 };
}
