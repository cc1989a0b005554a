/**
 * `node tools/soak.ts MINUTES`: the whole agent over a real server and the emulated Outlook, with people at both sides who edit at
 * random, a network that is cut and a computer that sleeps. At the end both sides must be equal and memory flat.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { hostWorld, LOGIN, PASSWORD } from '../src/agent/host/testing/host-world.ts';
import { outlookPerson, type Person, serverPerson, signedIn } from '../src/agent/host/testing/users.ts';
import type { Clock } from '../src/base/clock.ts';
import { systemClock } from '../src/node/system-clock.ts';

const MINUTE = 60_000;
const minutes = Number(process.argv[2] ?? 5);
let state = Number(process.env['SEED'] ?? 17);
/** Park and Miller. */
const random = () => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};

/** The computer's clock, which a sleep moves on. */
let slept = 0;
const clock: Clock = { now: () => systemClock.now() + slept, sleep: systemClock.sleep };

const world = await hostWorld({ clock });
await world.agent.addAccount(world.account);
await world.start();
await world.until(() => world.reports.length > 0, 'the first run');
const people: readonly Person[] = [
  outlookPerson(world.outlook),
  serverPerson(world.server, await signedIn(world.server, LOGIN, PASSWORD)),
];
const [outlook, server] = people as [Person, Person];

const did = { added: 0, renamed: 0, removed: 0, cuts: 0, sleeps: 0, sendReceives: 0 };
const memory: number[] = [];
let next = 0;

async function edit(person: Person): Promise<void> {
  const titles = await person.titles();
  const some = titles[Math.floor(random() * titles.length)];
  if (some === undefined || (titles.length < 40 && random() < 0.5)) {
    did.added++;
    return person.add(`item ${++next}`, 1 + Math.floor(random() * 28));
  }
  if (random() < 0.6) {
    did.renamed++;
    return person.rename(some, `item ${++next}`);
  }
  did.removed++;
  return person.remove(some);
}

async function disturb(): Promise<void> {
  const chance = random();
  if (chance < 0.03) {
    did.cuts++;
    world.line.cut();
    await wait(1000 + random() * 5000);
    world.line.mend();
  } else if (chance < 0.05) {
    did.sleeps++;
    slept += 8 * 60 * MINUTE;
  } else if (chance < 0.08) {
    did.sendReceives++;
    world.outlook.sendReceive.now();
  }
}

const counted = { runs: 0, failedRuns: 0 };

/** What the world notes for tests is counted and let go of, or it would look like the agent's own memory growing. */
const sample = () => {
  counted.runs += world.reports.splice(0).length;
  counted.failedRuns += world.failures.splice(0).length;
  world.events.length = 0;
  globalThis.gc?.();
  memory.push(Math.round(process.memoryUsage().heapUsed / 1e5) / 10);
  process.stderr.write(`${memory.length}: ${memory.at(-1)} MB, ${counted.runs} runs\n`);
};

const began = performance.now();
for (let sampled = 0; performance.now() - began < minutes * MINUTE; ) {
  await edit(people[random() < 0.5 ? 0 : 1] as Person);
  await disturb();
  await wait(100 + random() * 900);
  if (performance.now() - began > sampled * 30_000) {
    sample();
    sampled++;
  }
}

const equal = async () => {
  const [left, right] = [[...(await outlook.titles())].sort(), [...(await server.titles())].sort()];
  return JSON.stringify(left) === JSON.stringify(right);
};
await world.until(equal, 'both sides equal');
// Nothing is on its way any more either.
await wait(3000);
const status = await world.client.get('status');
const planned = (await world.agent.plan()).lines.filter(({ line }) => line.outcome === 'planned').length;
sample();
const half = Math.ceil(memory.length / 2);
const mean = (values: readonly number[]) =>
  Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;
console.log(
  JSON.stringify(
    {
      ...{ minutes, seed: process.env['SEED'] ?? 17, ...did, items: (await server.titles()).length },
      ...{ ...counted, connections: world.line.tried() },
      ...{ equal: await equal(), planned, attention: status.attention },
      parts: Object.fromEntries(status.parts.map(({ name, failures }) => [name, failures])),
      heap: {
        unit: 'MB',
        samples: memory,
        firstHalf: mean(memory.slice(0, half)),
        secondHalf: mean(memory.slice(half)),
      },
    },
    null,
    1,
  ),
);
const stopping = performance.now();
await world.stop();
console.log(`stopped in ${Math.round(performance.now() - stopping)} ms`);
await world.close();
process.exitCode = planned === 0 ? 0 : 1;
