import { expect, test } from 'vitest';
import { bench } from './testing/bench.ts';

test('a run with nothing to do asks each side for one view and nothing else, however large the folder', async () => {
  for (const count of [1, 400]) {
    const b = bench({ outlook: { marks: true } });
    for (let at = 0; at < count; at++) b.add(at % 2 === 0 ? 'server' : 'outlook', { title: `title ${at}` });
    await b.run();
    await b.run();
    const calls: string[] = [];
    const counted = <S extends object>(side: S): S =>
      new Proxy(side, {
        get: (of, name, self) => {
          const value: unknown = Reflect.get(of, name, self);
          if (typeof value !== 'function') return value;
          return (...args: readonly unknown[]) => {
            calls.push(String(name));
            return (value as (...all: readonly unknown[]) => unknown)(...args);
          };
        },
      });
    const sides = { server: counted(b.sides.server), outlook: counted(b.sides.outlook) };
    expect(await b.run({ sides })).toMatchObject({ lines: [], linked: 0 });
    expect(calls).toEqual(['view', 'view']);
  }
});
