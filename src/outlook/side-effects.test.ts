import { expect, it } from 'vitest';
import { emulatedOutlook } from './emulator/testing/world.ts';
import { countingExecutor } from './program/executors.ts';
import type { Executor } from './program/program.ts';
import { outlookSide } from './side.ts';
import { folderId } from './side-session.ts';
import { openBench } from './testing/bench.ts';
import { PLAIN_APPOINTMENTS } from './testing/plain-kinds.ts';
import { sampleAppointment } from './testing/samples.ts';

it('no more are written than one program reads before they are read: a change by a person between is not ours', async () => {
  const outlook = emulatedOutlook();
  const { executor, clock } = outlook;
  const labels: string[] = [];
  const run: Executor['run'] = (program) => {
    labels.push(program.label);
    return executor.run(program);
  };
  const bench = await openBench({ executor, pause: async () => {}, dispose: async () => {} }, 'calendar');
  const watched = { ...countingExecutor(executor), run };
  const side = outlookSide({ executor: watched, kind: PLAIN_APPOINTMENTS, clock, sliceSize: 3 });
  const creates = Array.from({ length: 6 }, (_, n) => ({ token: `made-${n}`, content: sampleAppointment() }));
  await side.create(folderId({ entryId: bench.folderId, storeId: bench.storeId }), creates);
  const write = labels.at(-2) ?? '';
  const three = [write, write, write, 'read items'];
  expect(labels.slice(-8)).toEqual([...three, ...three]);
  await side.close();
  outlook.close();
});
