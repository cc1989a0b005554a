/** An agent, and an Outlook with the add-in that can be told what to do, closed, and opened again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arrange } from '../../../src/outlook/testing/arrange.ts';
import type { ContractOutlook } from '../../../src/outlook/testing/bench.ts';
import { windowsPath } from '../../../tools/windows/wine.ts';
import type { AskAgent, AskOutlook } from './messages.ts';
import {
  agentToStart,
  executorBy,
  installAddIn,
  type Remote,
  seen,
  setAgent,
  startAgent,
  startOutlook,
  until,
} from './shim-world.ts';

const ENGLISH = 1033;

export type AddInWorld = {
  readonly agent: Remote<AskAgent>;
  /** The Outlook that runs. */
  readonly outlook: () => Remote<AskOutlook>;
  /** A new Outlook, in which nothing has happened yet. */
  reopen(): Promise<void>;
  /** Outlook for the contract by one way, as nothing had happened to it; opened again when it was closed. */
  contractOutlook(by: 'add-in' | 'direct'): Promise<ContractOutlook>;
  close(): Promise<void>;
};

export async function openAddInWorld(): Promise<AddInWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'shim-'));
  await installAddIn(join(folder, 'add-in'));
  await setAgent(agentToStart());
  const agent = await startAgent();
  let outlook = await loadedOutlook(agent);
  let isOpen = true;
  /** The user closes Outlook: it takes its add-ins away, and ends. */
  const quit = async () => {
    isOpen = false;
    await outlook.ask({ do: 'disconnect' });
    await outlook.end();
  };
  const open = async () => {
    if (isOpen) return;
    outlook = await loadedOutlook(agent);
    isOpen = true;
  };
  const arrange: Arrange = {
    happen: async (arrangement) => {
      if (arrangement.do === 'quit') await quit();
      else await outlook.ask({ do: 'happen', arrangement });
    },
    file: async (name) => {
      writeFileSync(join(folder, name), 'hello');
      return windowsPath(join(folder, name));
    },
  };
  return {
    agent,
    outlook: () => outlook,
    reopen: async () => {
      await quit();
      await open();
    },
    contractOutlook: async (by) => {
      await open();
      await outlook.ask({ do: 'restore' });
      const executor = executorBy(agent, by);
      return {
        ...{ executor, arrange },
        pause: async () => {
          await outlook.ask({ do: 'advance', milliseconds: 3000 });
        },
        // An Outlook that was closed takes nothing back.
        dispose: async () => (isOpen ? executor.close() : undefined),
      };
    },
    close: async () => {
      await agent.end();
      await outlook.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts Outlook, which loads the add-in; resolves when that has come to the agent. */
async function loadedOutlook(agent: Remote<AskAgent>): Promise<Remote<AskOutlook>> {
  const { came } = await seen(agent);
  const outlook = await startOutlook();
  await outlook.ask({ do: 'create' });
  await outlook.ask({ do: 'connect', language: ENGLISH });
  await until(
    () => seen(agent),
    (now) => now.came.length > came.length,
  );
  return outlook;
}
