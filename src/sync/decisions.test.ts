import { expect, test } from 'vitest';
import { bench, inShort } from './testing/bench.ts';

test('[G1] [P6] what the user decided is not asked again, nor forgotten, where the run could not do it', async () => {
  const failing = { server: false, outlook: false };
  const b = bench({ server: { fails: () => failing.server }, outlook: { fails: () => failing.outlook } });
  const ids = Array.from({ length: 30 }, (_, at) => b.add('server', { title: `item ${at}` }));
  await b.run();
  for (const id of ids.slice(0, 14)) b.delete('server', id);
  await b.run();
  b.state.transaction((tx) => {
    for (const [at, { key }] of b.state.held().entries()) tx.decide(key, at < 3 ? 'undo' : 'apply');
  });
  const decisions = () => b.state.held().map(({ decision }) => decision);
  failing.server = true;
  failing.outlook = true;
  const failed = [...Array(3).fill('create server P6 failed'), ...Array(11).fill('delete outlook T4 failed')];
  expect(inShort((await b.run()).lines)).toEqual(failed);
  expect(decisions()).toEqual([...Array(3).fill('undo'), ...Array(11).fill('apply')]);
  // Three deletions alone would be no longer held.
  failing.outlook = false;
  expect(inShort((await b.run({ postpone: () => {} })).lines)).toEqual(Array(3).fill('create server P6 failed'));
  expect(decisions()).toEqual([...Array(3).fill('undo'), ...Array(11).fill('apply')]);
  await b.run();
  expect(decisions()).toEqual(Array(3).fill('undo'));
  failing.server = false;
  expect(inShort((await b.run()).lines)).toEqual(Array(3).fill('create server P6 done'));
  expect([b.items('server').length, b.items('outlook').length, decisions()]).toEqual([19, 19, []]);
});
