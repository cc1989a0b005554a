/** The add-in in a process that is Outlook to it, under Wine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/dialogs/locales/en.ts';
import { fr } from '../../src/dialogs/locales/fr.ts';
import { readCustomUi } from '../../src/outlook/emulator/custom-ui.ts';
import type { AskAgent, AskOutlook, Timed } from './shim/messages.ts';
import {
  agentToStart,
  type Ended,
  installAddIn,
  type Remote,
  seen,
  setAgent,
  startAgent,
  startableAgent,
  startedAgent,
  startOutlook,
  startRudeAgent,
  until,
} from './shim/shim-world.ts';

const EXPLORER = 'Microsoft.Outlook.Explorer';
const ENGLISH = 1033;
const FRENCH = 1036;
/** What the product promises. @units milliseconds */
const PROMISED = 50;
/** Outlook counts a second at its start, and everything that waits for a process takes longer than this. @units milliseconds */
const WITHOUT_WAITING = 250;

let folder: string;
let outlook: Remote<AskOutlook>;
const agents: Ended[] = [];
const agentOf = async (): Promise<Remote<AskAgent>> => kept(await startAgent());

function kept<T extends Ended>(agent: T): T {
  agents.push(agent);
  return agent;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shim-'));
  await installAddIn(join(folder, 'add-in'));
  await setAgent(undefined);
  outlook = await startOutlook();
  const { milliseconds } = await outlook.ask<Timed<unknown>>({ do: 'create' });
  console.log(`made by COM in ${milliseconds.toFixed(1)} ms`);
});
afterAll(async () => {
  await outlook.end();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await disconnect();
  for (const agent of agents.splice(0)) await agent.end();
});

const connect = (language = ENGLISH) => outlook.ask<Timed<unknown>>({ do: 'connect', language });
const disconnect = () => outlook.ask<Timed<unknown>>({ do: 'disconnect' });
const markup = (ribbon = EXPLORER) => outlook.ask<Timed<string>>({ do: 'markup', ribbon });
const callback = (member: string, control: string) => outlook.ask<Timed<unknown>>({ do: 'callback', member, control });

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Everything that Outlook asks at its start, several times over. */
async function timesOf(): Promise<Readonly<Record<string, number>>> {
  const connections: number[] = [];
  const markups: number[] = [];
  const clicks: number[] = [];
  for (let n = 0; n < 5; n++) {
    connections.push((await connect()).milliseconds);
    for (let m = 0; m < 3; m++) markups.push((await markup()).milliseconds);
    clicks.push((await callback('OnAction', 'bluemind_mail_status')).milliseconds);
    if (n < 4) await disconnect();
  }
  return {
    connect: median(connections),
    markup: median(markups),
    click: median(clicks),
  };
}

function expectPromise(times: Readonly<Record<string, number>>, when: string): void {
  console.log(
    `${when}: ${Object.entries(times)
      .map(([what, ms]) => `${what} ${ms.toFixed(1)} ms`)
      .join(', ')}`,
  );
  expect(times['connect']).toBeLessThan(WITHOUT_WAITING);
  expect(times['markup']).toBeLessThan(PROMISED);
  expect(times['click']).toBeLessThan(PROMISED);
}

describe('whatever the agent does, Outlook is answered at once', () => {
  it('when none is installed', async () => {
    await setAgent(undefined);
    expectPromise(await timesOf(), 'no agent installed');
  });

  it('when it is installed and does not start', async () => {
    await setAgent({ program: 'C:\\absent\\agent.exe', arguments: '' });
    expectPromise(await timesOf(), 'agent absent');
  });

  it('when it died and left its address behind', async () => {
    await setAgent(agentToStart());
    const agent = await agentOf();
    await agent.end();
    expectPromise(await timesOf(), 'agent dead');
  });

  it('when it hangs, before the add-in comes and after', async () => {
    await setAgent(agentToStart());
    const agent = await agentOf();
    void agent.ask({ do: 'hang', milliseconds: 20_000 }).catch(() => undefined);
    expectPromise(await timesOf(), 'agent hung');
    expect((await disconnect()).milliseconds).toBeLessThan(1000);
  });

  it('when it says what no agent says', async () => {
    await setAgent(agentToStart());
    kept(await startRudeAgent());
    expectPromise(await timesOf(), 'agent mad');
    // It came back each time and was sent away; the answers are still the same.
    expect((await callback('GetLabel', 'bluemind_mail_status')).value).toBe('Status');
  });
});

describe('the markup', () => {
  it('has no mistake, a group on three tabs and a tab in the backstage, each with all seven commands', async () => {
    await setAgent(undefined);
    const { value } = await markup();
    const ids = [...(readCustomUi(value)?.keys() ?? [])];
    const words = ['synchronize', 'calendars', 'books', 'ownbooks', 'connect', 'options', 'status'];
    for (const place of ['mail', 'calendar', 'contacts', 'file']) {
      const found = ids.filter((id) => id.startsWith(`bluemind_${place}_`)).map((id) => id.split('_').at(-1));
      expect(found).toEqual(expect.arrayContaining(words));
    }
    expect([...value.matchAll(/idMso="(\w+)"/g)].map(([, id]) => id)).toEqual([
      'TabMail',
      'TabCalendar',
      'TabContacts',
    ]);
    // Every callback that it names is there.
    const callbacks = new Set([...value.matchAll(/(?:get\w+|on\w+)="(\w+)"/g)].map(([, name]) => name));
    for (const name of callbacks) await callback(String(name), ids[0] ?? '');
    await expect(callback('Absent', 'x')).rejects.toThrow();
  });

  it('is nothing for windows that are not the explorer', async () => {
    await setAgent(undefined);
    for (const ribbon of ['Microsoft.Outlook.Appointment', '', `${EXPLORER}2`])
      expect((await markup(ribbon)).value).toBe('');
  });
});

it.each([
  [ENGLISH, en],
  [FRENCH, fr],
  [3084, fr],
  [1031, en],
])('in an Outlook of language %i every label is the name of the window it opens', async (language, { windows }) => {
  await setAgent(undefined);
  await connect(language);
  const expected = {
    synchronize: windows.synchronize,
    connect: windows.connect,
    calendars: windows.calendars,
    books: windows.books,
    ownbooks: windows['own-books'],
    options: windows.options,
    status: windows.status,
  };
  const labels: Record<string, unknown> = {};
  for (const word of Object.keys(expected)) {
    labels[word] = (await callback('GetLabel', `bluemind_calendar_${word}`)).value;
    expect((await callback('GetText', `bluemind_calendar_${word}`)).value).toMatch(/^\p{Lu}.+\.$/u);
  }
  expect(labels).toEqual(expected);
});

describe('clicks', () => {
  it('start an agent that does not run, and arrive at it', async () => {
    const port = join(folder, 'port-1');
    await setAgent(startableAgent(port));
    await connect();
    for (const word of ['ownbooks', 'synchronize', 'ownbooks']) await callback('OnAction', `bluemind_file_${word}`);
    const agent = kept(await startedAgent(port));
    const { clicks, came } = await until(
      () => seen(agent),
      (found) => found.clicks.length === 2,
    );
    expect([clicks, came.length]).toEqual([['own-books', 'synchronize'], 1]);
    await disconnect();
    await until(
      () => seen(agent),
      ({ gone }) => gone.length === 1,
    );
    await agent.ask({ do: 'end' });
  });

  it('all seven arrive at an agent that runs, each once', async () => {
    await setAgent(agentToStart());
    const agent = await agentOf();
    await connect();
    const words = ['synchronize', 'connect', 'calendars', 'books', 'ownbooks', 'options', 'status'];
    for (const word of words) await callback('OnAction', `bluemind_mail_${word}`);
    await callback('OnAction', 'bluemind_mail_other');
    const { clicks } = await until(
      () => seen(agent),
      (found) => found.clicks.length === 7,
    );
    expect(clicks).toEqual(['synchronize', 'connect', 'calendars', 'books', 'own-books', 'options', 'status']);
  });

  it('wait for an agent that hangs, and for one that takes the place of a dead one', async () => {
    await setAgent(agentToStart());
    const first = await agentOf();
    await connect();
    await until(
      () => seen(first),
      ({ came }) => came.length === 1,
    );
    void first.ask({ do: 'hang', milliseconds: 3000 }).catch(() => undefined);
    await callback('OnAction', 'bluemind_mail_options');
    expect(
      (
        await until(
          () => seen(first),
          ({ clicks }) => clicks.length === 1,
        )
      ).clicks,
    ).toEqual(['options']);
    await first.end();
    await callback('OnAction', 'bluemind_mail_connect');
    const second = await agentOf();
    const after = await until(
      () => seen(second),
      ({ clicks }) => clicks.length === 1,
    );
    expect([after.clicks, after.came.length]).toEqual([['connect'], 1]);
  });

  it('do not go to a program that is not the agent, although it serves the pipe', async () => {
    await setAgent({ program: 'C:\\windows\\system32\\cmd.exe', arguments: '/c exit' });
    const impostor = await agentOf();
    await connect();
    await callback('OnAction', 'bluemind_mail_options');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const { came, clicks } = await seen(impostor);
    expect([came, clicks]).toEqual([[], []]);
  });
});
