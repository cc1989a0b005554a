/** An update that dies at a moment, and what becomes of it once the computer is on again. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { systemClock } from '../../node/system-clock.ts';
import { guard } from '../guard.ts';
import { guardIsCalled } from './folder-port.ts';
import { publish } from './release-kit.ts';
import { type UpdateWorld, updateWorld } from './update-world.ts';

const DYING = fileURLToPath(new URL('./dying-update.ts', import.meta.url));

type Ended = { readonly killed: boolean; readonly moments: number };

async function runUntil(world: UpdateWorld, moment: number, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [DYING, world.root, world.channel.url, world.signer.key, String(moment)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const signal = await new Promise((resolve) => child.once('close', (_code, how) => resolve(how)));
  return { killed: signal === 'SIGKILL', moments: Number(said) };
}

/** How many moments a whole update has. */
export async function momentsOfUpdate(): Promise<number> {
  const world = await updateWorld();
  try {
    publish(world.channel, [world.signer]);
    const { moments } = await runUntil(world, 0);
    expect([moments > 0, world.installed]).toEqual([true, '2.0.0']);
    return moments;
  } finally {
    await world.close();
  }
}

/** Loses the power at a moment; the computer starts again, and the update goes on or begins anew, by itself. */
export async function survivesPowerLoss(moment: number, env?: NodeJS.ProcessEnv): Promise<void> {
  const world = await updateWorld();
  try {
    publish(world.channel, [world.signer]);
    expect({ moment, ...(await runUntil(world, moment, env)) }).toMatchObject({ moment, killed: true });
    await logOn(world, moment % 2 === 0);
    expect([moment, world.state.read().failed, guardIsCalled(world.root)]).toEqual([moment, [], false]);
    expect(['1.0.0', '2.0.0']).toContain(world.installed);
    // What became of it so far does not hinder what comes.
    if (world.installed === '1.0.0') {
      expect([moment, await world.check()]).toEqual([moment, 'staged']);
      await world.installAndWatch();
    }
    expect([moment, world.installed, world.state.read().step.at]).toEqual([moment, '2.0.0', 'idle']);
  } finally {
    await world.close();
  }
}

/** What the system starts at a logon: the program, where there is one, and the guard, where it was called; in either order. */
async function logOn(world: UpdateWorld, programFirst: boolean): Promise<void> {
  const program = async () => {
    if (world.installed !== undefined) await world.updater().cameUp();
  };
  const watch = async () => {
    if (!guardIsCalled(world.root)) return;
    await guard({ state: world.state, port: inProcess, clock: systemClock, memoryBack: () => {} });
  };
  const inProcess = {
    ...world.port,
    start: async () => {
      await world.updater().cameUp();
      return { ended: new Promise<never>(() => {}) };
    },
  };
  for (const one of programFirst ? [program, watch] : [watch, program]) await one();
  // The program calls the guard when something was left undone.
  await watch();
}
