import { afterEach, expect, it } from 'vitest';
import { emulatedOutlook } from '../../outlook/emulator/testing/world.ts';
import { debounce } from './debounce.ts';
import { emulatorEvents, type OutlookEvents, type OutlookNews } from './outlook-events.ts';
import { outlookPart } from './outlook-part.ts';
import { manualClock } from './testing/manual-clock.ts';
import { timerPart } from './timer-part.ts';

let stop = new AbortController();
afterEach(() => stop.abort());

const MINUTE = 60_000;

function timer(minutes: () => number) {
  stop = new AbortController();
  const clock = manualClock(0);
  const heard: string[] = [];
  const part = timerPart({
    clock,
    interval: () => minutes() * MINUTE,
    onTime: () => heard.push(`time ${Math.round(clock.now() / MINUTE)}`),
    onJump: () => heard.push(`jump ${Math.round(clock.now() / MINUTE)}`),
  });
  void part.run(stop.signal);
  return { clock, heard, part };
}

it('[Y1] the timer begins a run when nothing else did for as long as the interval, counted from the end of the last run', async () => {
  let minutes = 30;
  const { clock, heard, part } = timer(() => minutes);
  await clock.pass(20 * MINUTE);
  part.restart();
  await clock.pass(25 * MINUTE);
  expect([heard, part.next()]).toEqual([[], 50 * MINUTE]);
  await clock.pass(6 * MINUTE);
  expect(heard).toEqual(['time 50']);
  minutes = 5;
  await clock.pass(11 * MINUTE);
  expect(heard).toEqual(['time 50', 'time 55', 'time 60']);
});

it('a sleep of the computer and a clock that is set are told, and neither makes it wait for ever nor run in a row', async () => {
  const { clock, heard } = timer(() => 30);
  await clock.pass(10 * MINUTE);
  clock.set(8 * 60 * MINUTE);
  await clock.pass(5000);
  expect(heard).toEqual(['jump 480']);
  clock.set(0);
  await clock.pass(5000);
  expect(heard).toEqual(['jump 480', 'jump 0']);
  await clock.pass(21 * MINUTE);
  expect(heard).toEqual(['jump 480', 'jump 0', 'time 20']);
});

it('hints in a row are one when they have ceased, and when they do not cease now and then', () => {
  const clock = manualClock(0);
  const hints = debounce(clock, { quiet: 1500, longest: 15_000 });
  expect(hints.due()).toBe(false);
  let times = 0;
  for (let at = 0; at < 60_000; at += 500) {
    clock.set(at);
    if (at < 40_000) hints.hint();
    if (hints.due()) times++;
  }
  expect(times).toBe(3);
  hints.hint();
  clock.set(0);
  expect(hints.due()).toBe(true);
});

function listening(events: OutlookEvents) {
  stop = new AbortController();
  const clock = manualClock();
  const heard: string[] = [];
  const part = outlookPart({
    ...{ events, clock },
    onChanged: () => heard.push('changed'),
    onSendReceive: () => heard.push('send-receive'),
  });
  const ended = part.run(stop.signal);
  return { clock, heard, ended };
}

it('[Y4] a change in Outlook is told once it has been quiet, [Y1] the end of a Send/Receive at once', async () => {
  let tell: (news: OutlookNews) => void = () => {};
  let listens = 0;
  const { clock, heard, ended } = listening({
    listen: (listener) => {
      tell = listener;
      listens++;
      return () => listens--;
    },
    poll: () => {},
    minutes: () => 30,
  });
  await clock.pass(1000);
  for (let n = 0; n < 5; n++) tell('changed');
  await clock.pass(1000);
  expect(heard).toEqual([]);
  tell('send-receive');
  await clock.pass(1000);
  expect(heard).toEqual(['send-receive', 'changed']);
  stop.abort();
  await ended;
  expect(listens).toBe(0);
});

it('[Y1] the emulated Outlook tells of items and folders, and of a Send/Receive of its own schedule', async () => {
  const outlook = emulatedOutlook();
  const events = emulatorEvents(outlook);
  const heard: OutlookNews[] = [];
  const unlisten = events.listen((news) => heard.push(news));
  events.poll();
  outlook.clock.advance(31 * MINUTE);
  events.poll();
  expect([heard, events.minutes()]).toEqual([['send-receive'], 30]);
  const item = outlook.application.invoke('call', 'CreateItem', [1]) as { invoke: typeof outlook.application.invoke };
  item.invoke('put', 'Subject', ['Lunch']);
  item.invoke('call', 'Save', []);
  events.poll();
  expect(heard.slice(1)).toContain('changed');
  unlisten();
  heard.length = 0;
  outlook.sendReceive.now();
  events.poll();
  expect(heard).toEqual([]);
});

it('[Y1] an Outlook whose groups raise or are missing is listened to all the same', () => {
  for (const syncObjects of ['raises', 'empty'] as const) {
    const outlook = emulatedOutlook({ switches: { syncObjects } });
    expect(() => emulatorEvents(outlook).listen(() => {})()).not.toThrow();
  }
});
