import { expect, it } from 'vitest';
import { emulatedOutlook } from '../../emulator/testing/world.ts';
import type { Executor, ObjectRef, Program } from '../../program/program.ts';
import { inProcessExecutor } from './in-process-executor.ts';
import { preferringExecutor } from './preferring-executor.ts';
import { emulatedAddIn } from './testing/emulated-add-in.ts';

const SESSION: Program = {
  label: 'session',
  steps: [{ do: 'get', on: 'application', member: 'Session', as: 'session' }],
  returns: ['session'],
};
const name = (session: ObjectRef): Program => ({
  label: 'name',
  given: { session },
  steps: [{ do: 'get', on: 'session', member: 'Type', as: 'type' }],
  returns: ['type'],
});

function world() {
  const emulator = emulatedOutlook();
  const make = () => inProcessExecutor({ cross: emulatedAddIn(emulator.executor) });
  let present: ReturnType<typeof make> | undefined = make();
  const executor = preferringExecutor({ inProcess: () => present, direct: emulator.executor });
  const session = async (): Promise<ObjectRef> => {
    const outcome = await executor.run(SESSION);
    return outcome.kind === 'done' ? (outcome.values.session as ObjectRef) : expect.fail('no session');
  };
  return {
    emulator,
    executor,
    session,
    crossings: () => present?.crossings() ?? 0,
    leave: () => {
      present = undefined;
    },
    comeAnew: () => {
      present = make();
    },
  };
}

async function kindOf(executor: Executor, program: Program): Promise<string> {
  return (await executor.run(program)).kind;
}

it('goes through the add-in while it is there, and by direct calls when it is not', async () => {
  const { executor, session, crossings, leave, emulator } = world();
  await session();
  expect(crossings()).toBe(1);
  leave();
  await session();
  expect([crossings(), executor.calls()]).toEqual([0, 2]);
  emulator.close();
});

it('objects of direct calls stay good when an add-in comes', async () => {
  const { executor, session, comeAnew, leave, crossings, emulator } = world();
  leave();
  const direct = await session();
  comeAnew();
  expect([await kindOf(executor, name(direct)), crossings()]).toEqual(['done', 0]);
  emulator.close();
});

it('objects of an add-in that went are gone with it, also when another one has come', async () => {
  const { executor, session, leave, comeAnew, emulator } = world();
  const held = await session();
  for (const change of [leave, comeAnew]) {
    change();
    await expect(executor.run(name(held))).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE', retry: 'later' });
  }
  await executor.release([held]);
  expect(await kindOf(executor, name(await session()))).toBe('done');
  emulator.close();
});

it('an object in an argument is the one that was given out, whatever its number there', async () => {
  const { executor, session, emulator } = world();
  const held = await session();
  await executor.release([held]);
  const again = await session();
  const program: Program = {
    label: 'argument',
    steps: [{ do: 'call', on: 'application', member: 'IsTrusted', args: [[again]], optional: true, as: 'answer' }],
    returns: ['answer'],
  };
  expect(await kindOf(executor, program)).toBe('done');
  emulator.close();
});
