import assert from 'node:assert/strict';
import { systemClock } from '../../../src/node/system-clock.ts';
import { type Check, check } from '../check.ts';
import type { Place } from '../place.ts';
import { series } from '../values.ts';

type Frame = { readonly requestId?: string; readonly statusCode?: number; readonly body?: unknown };

/** @units milliseconds in which changes of a container are told once */
const DEBOUNCE = 500;

/** The push channel of a session. @source fact sheet 9 */
async function listen({ me }: Place) {
  const socket = new WebSocket(`${me.url.replace(/^http/, 'ws')}/eventbus/websocket`);
  const frames: Frame[] = [];
  socket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(String(data)) as Frame);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the channel does not open')), { once: true });
  });
  return {
    frames,
    send: (frame: object) => socket.send(JSON.stringify({ headers: { 'X-BM-ApiKey': me.key }, params: {}, ...frame })),
    async until(wanted: (frame: Frame) => boolean): Promise<Frame | undefined> {
      for (let waited = 0; waited < 5_000 && !frames.some(wanted); waited += 25) await systemClock.sleep(25);
      return frames.find(wanted);
    },
    close: () => socket.close(),
  };
}

export const push: readonly Check[] = [
  check('PU2', 'changes of half a second are told once, without a version', async (place) => {
    const topic = `bm.calendar.hook.${place.calendarUid}.changed`;
    const channel = await listen(place);
    try {
      channel.send({ requestId: 'r1', method: 'register', path: topic });
      await channel.until(({ requestId }) => requestId === 'r1');
      for (let write = 0; write < 3; write++)
        await place.me.call('PUT', `${place.calendar}/${place.fresh()}`, series());
      const notice = await channel.until(({ requestId }) => requestId === topic);
      assert.match(JSON.stringify(notice?.body), /loginAtDomain/);
      assert.doesNotMatch(JSON.stringify(notice?.body), /version/);
      await systemClock.sleep(DEBOUNCE);
      assert.equal(channel.frames.filter(({ requestId }) => requestId === topic).length, 1);
    } finally {
      channel.close();
    }
  }),
  check('PU4', 'any call can be made in a frame', async (place) => {
    const channel = await listen(place);
    try {
      channel.send({ requestId: 'r2', method: 'GET', path: `/api${place.calendar}/_version` });
      const answer = await channel.until(({ requestId }) => requestId === 'r2');
      assert.equal(answer?.statusCode, 200);
      assert.equal(Number(answer?.body), await place.me.call('GET', `${place.calendar}/_version`));
    } finally {
      channel.close();
    }
  }),
];
