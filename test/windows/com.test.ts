import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../../src/base/assert.ts';
import type { TypedValue } from '../../src/outlook/com/dispatch-client.ts';
import { startWindowsNode, type WindowsProcess } from '../../tools/windows/wine.ts';
import { registerFake, startFake } from './outlook-world.ts';
import { SAMPLES, SCALARS } from './samples.ts';

type Told = {
  readonly echo: readonly (readonly [TypedValue, TypedValue])[];
  readonly references: readonly (TypedValue | number)[];
  readonly typedReferences: readonly (TypedValue | number)[];
  readonly flag: TypedValue;
  readonly members: readonly unknown[];
  readonly heard: readonly (readonly TypedValue[])[];
  readonly calledBack: TypedValue;
  readonly sameObject: unknown;
  readonly refused: readonly [number, string];
  readonly unknown: readonly [number, string];
  readonly readOnly: readonly [number, string];
  readonly open: number;
  readonly own: number;
};

let fake: WindowsProcess | undefined;
let told: Told;

beforeAll(async () => {
  await registerFake();
  fake = await startFake();
  const script = fileURLToPath(new URL('variants.ts', import.meta.url));
  const { code, stdout, stderr } = await startWindowsNode(script).exited;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  told = deserialize(Buffer.from(stdout, 'base64')) as Told;
});
afterAll(() => fake?.end());

it('a value of every type crosses into another process and back, and is what it was', () => {
  expect(told.echo.map(([value]) => value)).toEqual(SAMPLES);
  expect(told.echo.map(([, type]) => type)).toEqual(SAMPLES.map(({ vt }) => ({ vt: 'bstr', value: vt })));
});

it('what is passed by reference comes back as the other side has left it', () => {
  expect(told.references).toEqual(SAMPLES.map((before, at) => SAMPLES[at - 1] ?? before));
  expect(told.typedReferences).toEqual(SCALARS);
  expect(told.flag).toEqual({ vt: 'bool', value: true });
});

it('the members of a collection are enumerated', () => {
  expect(told.members).toEqual(['one', 2, null]);
});

it('an object of ours is called back while our call waits, with its arguments in their order', () => {
  expect(told.heard).toEqual([
    [
      { vt: 'bstr', value: 'é' },
      { vt: 'r8', value: 0.5 },
    ],
  ]);
  expect(told.calledBack).toEqual({ vt: 'i4', value: 2 });
});

it('an object that is passed back is the same one over there', () => {
  expect(told.sameObject).toBe('Outlook');
});

it('errors keep their number and their text; names that are not there are told as Windows does', () => {
  expect(told.refused).toEqual([0x8004010f, 'Nichts gefunden: é漢']);
  expect(must(told.unknown)[0]).toBe(0x80020006);
  expect(must(told.readOnly)[0]).toBe(0x80020003);
});

it('nothing is held when everything was given back', () => {
  expect({ open: told.open, own: told.own }).toEqual({ open: 0, own: 0 });
});
