/**
 * Run by Windows' Node: sends a value of every type to the fake Outlook and tells what came back, and how it arrived. Its output is
 * a value of `node:v8`, in Base64.
 */
import { serialize } from 'node:v8';
import { enterApartment, pump } from '../../src/outlook/com/apartment.ts';
import { activeObject, createObject } from '../../src/outlook/com/class-object.ts';
import { isComObject } from '../../src/outlook/com/com-object.ts';
import { DispatchClient, type TypedValue } from '../../src/outlook/com/dispatch-client.ts';
import { dispatchServer } from '../../src/outlook/com/dispatch-server.ts';
import { ComError } from '../../src/outlook/com/hresult.ts';
import { type Cell, plainOf } from '../../src/outlook/com/variant.ts';
import { SAMPLES, SCALARS } from './samples.ts';

enterApartment();
const client = new DispatchClient();
const application = activeObject(client, 'Outlook.Application') ?? createObject(client, 'Outlook.Application');
const control = client.get(application, 'FakeControl');
if (!isComObject(control)) throw new Error('this Outlook is a real one');

const echo = SAMPLES.map((sample) => [
  client.callTyped(control, 'Echo', [sample]),
  client.callTyped(control, 'TypeName', [sample]),
]);
const references = SAMPLES.map((before, at) => change({ value: before, variant: true }, SAMPLES[at - 1] ?? before));
const typedReferences = SCALARS.map((before) => change({ value: before, variant: false }, before));
const flag = change({ value: { vt: 'bool', value: false }, variant: false }, { vt: 'bool', value: true });
const members = [...client.members(control)];
const own = dispatchServer(client);
const heard: TypedValue[][] = [];
const listener = client.handOver(
  own.make({
    idOf: () => undefined,
    invoke: ({ args }) => {
      heard.push([...args]);
      return { vt: 'i4', value: args.length };
    },
  }),
);
const calledBack = client.callTyped(control, 'CallBack', [
  { vt: 'dispatch', value: listener },
  { vt: 'bstr', value: 'é' },
  { vt: 'r8', value: 0.5 },
]);
const same = client.callTyped(control, 'Echo', [{ vt: 'dispatch', value: application }]);
const sameObject = same.vt === 'dispatch' && same.value !== null && client.get(same.value, 'Name');
if (same.vt === 'dispatch' && same.value !== null) client.release(same.value);
const refused = refusal(() => client.call(control, 'Fail', -2_147_221_233, 'Nichts gefunden: é漢'));
const unknown = refusal(() => client.get(application, 'NoSuchMember'));
const readOnly = refusal(() => client.put(application, 'Name', 'x'));
client.release(control);
client.release(application);
pump();
const told = {
  echo,
  references,
  typedReferences,
  flag,
  members,
  heard,
  calledBack,
  sameObject,
  refused,
  unknown,
  readOnly,
};
console.log(serialize({ ...told, open: client.open, own: own.size() }).toString('base64'));
process.exit(0);

/** What is in a cell after a call that has put another value there. */
function change(cell: Cell<never>, value: TypedValue): TypedValue | number {
  if (!isComObject(control)) throw new Error('bug: no control');
  try {
    client.callTyped(control, 'Change', [{ vt: 'byRef', cell }, value]);
    return cell.value;
  } catch (error) {
    if (error instanceof ComError) return error.hresult;
    throw error;
  }
}

function refusal(work: () => unknown): readonly [number, string] | undefined {
  try {
    plainOf({ vt: 'empty' });
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ComError) return [error.hresult, error.message];
    throw error;
  }
}
