import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Clock } from '../base/clock.ts';
import { systemClock } from '../node/system-clock.ts';
import type { RunningServer } from '../server/open-server.ts';
import { containerTopic, openPush, type PushNews, subscriptionsTopic } from './push.ts';
import type { Session } from './session.ts';
import { subscribe } from './subscribe.ts';
import { janesSession, liveServer } from './testing/live-server.ts';

let server: RunningServer;
let session: Session;
let stop: AbortController;
beforeEach(async () => {
  server = await liveServer();
  session = janesSession(server.url);
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await session.close();
  await server.close();
});

const CALENDAR = 'calendar:Default:uid-jane';
const EVENT = {
  main: {
    summary: 'x',
    dtstart: { iso8601: '2026-03-09T10:00:00.000+01:00', timezone: 'Europe/Paris', precision: 'DateTime' },
  },
  occurrences: [],
};

/** What is heard, waited for. */
function listener() {
  const heard: PushNews[] = [];
  let wake = () => {};
  return {
    heard,
    onNews: (news: PushNews) => {
      heard.push(news);
      wake();
    },
    until: async (count: number) => {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

const write = (uid: string) =>
  session.call({
    method: 'PUT',
    path: `/calendars/${CALENDAR}/${uid}`,
    query: { sendNotifications: false },
    body: EVENT,
  });

it('[Y4] a change on the server is heard; the line says first that everything must be looked at once', async () => {
  const { heard, onNews, until } = listener();
  const topics = [containerTopic('calendar', CALENDAR)];
  const push = await openPush({ session, topics: () => topics, onNews, clock: systemClock }, stop.signal);
  expect(heard).toEqual(['joined']);
  await write('a');
  await until(2);
  expect(heard).toEqual(['joined', 'changed']);
  push.close();
  await push.ended;
});

it('[Y4] what is subscribed elsewhere is heard, and a topic that is wanted from now on too', async () => {
  const { heard, onNews, until } = listener();
  const topics = [subscriptionsTopic('uid-jane', 'demo.test')];
  const push = await openPush({ session, topics: () => topics, onNews, clock: systemClock }, stop.signal);
  await subscribe(session, [{ containerUid: CALENDAR, offlineSync: true }]);
  await until(2);
  topics.push(containerTopic('calendar', CALENDAR), containerTopic('calendar', 'calendar:none'));
  await push.update();
  expect(heard.slice(2)).toEqual(['joined']);
  await push.update();
  await write('b');
  await until(4);
});

it('[Y4] a line that breaks is told, and so is one whose server does not answer any more', async () => {
  const { onNews } = listener();
  const open = () => openPush({ session, topics: () => [], onNews, clock: systemClock, beat: 30 }, stop.signal);
  const silent = await openPush(
    { session, topics: () => [], onNews, clock: { ...systemClock, sleep: async () => {} } satisfies Clock, beat: 30 },
    stop.signal,
  );
  await expect(silent.ended).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  const push = await open();
  await server.close();
  await expect(push.ended).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  await expect(open()).rejects.toMatchObject({ retry: 'later' });
});

it('a session that ended is renewed by the next line', async () => {
  const { onNews } = listener();
  const options = { session, topics: () => [containerTopic('calendar', CALENDAR)], onNews, clock: systemClock };
  const push = await openPush({ ...options, beat: 100 }, stop.signal);
  server.kernel.sessions.closeAll();
  await expect(push.ended).rejects.toMatchObject({ code: 'SESSION_LOST' });
  const again = await openPush(options, stop.signal);
  again.close();
});

it('the agent’s stop while a line is opened leaves none open', async () => {
  const { onNews } = listener();
  const opening = openPush({ session, topics: () => [], onNews, clock: systemClock }, stop.signal);
  stop.abort();
  await expect(opening).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
});

it('the agent’s stop ends a line without a failure', async () => {
  const { onNews } = listener();
  const push = await openPush({ session, topics: () => [], onNews, clock: systemClock }, stop.signal);
  stop.abort();
  await push.ended;
});
