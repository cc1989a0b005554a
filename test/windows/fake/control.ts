/** What tests tell the fake Outlook, through a member that Outlook has not: `Application.FakeControl`. */
import type { ComObject } from '../../../src/outlook/com/com-object.ts';
import { isComObject } from '../../../src/outlook/com/com-object.ts';
import type { TypedValue, Value } from '../../../src/outlook/com/dispatch-client.ts';
import type { Call, Served } from '../../../src/outlook/com/dispatch-server.ts';
import { ComError, HR } from '../../../src/outlook/com/hresult.ts';
import { plainOf, typedOf } from '../../../src/outlook/com/variant.ts';
import type { EmulatorSwitches } from '../../../src/outlook/emulator/switches.ts';
import { enumeratorOf } from './enumerator.ts';
import { marshalled } from './marshal.ts';
import type { ServedEmulator } from './open-served.ts';
import type { ServedOutlook } from './served-outlook.ts';

type Parts = { readonly outlook: ServedOutlook; readonly served: ServedEmulator };
type Member = (call: Call, ...args: readonly Value[]) => TypedValue;

const NEW_ENUM = -4;
const NOTHING: TypedValue = { vt: 'empty' };

export function control(parts: Parts): { readonly object: () => ComObject; readonly ended: () => boolean } {
  const { outlook } = parts;
  let ended = false;
  const members = membersOf(parts, () => {
    ended = true;
  });
  const object = (): ComObject =>
    outlook.client.handOver(
      outlook.server.make({
        idOf: (member) => (member.toLowerCase() in members ? outlook.idOf(member) : undefined),
        invoke: (call) => {
          if (call.id === NEW_ENUM) return { vt: 'unknown', value: enumeratorOf(outlook.client, ['one', 2, null]) };
          const member = members[outlook.nameOf(call.id)];
          if (member === undefined) throw new ComError(HR.memberNotFound, '');
          return member(call, ...call.args.map((arg) => plainOf(arg)));
        },
      }),
    );
  return { object, ended: () => ended };
}

/** An object with one method, `Run`: the bytes backwards. */
function reverser(outlook: ServedOutlook): Served {
  return {
    idOf: (member) => (member === 'Run' ? 1 : undefined),
    invoke: ({ args }) => {
      const value = args[0] === undefined ? null : plainOf(args[0]);
      if (!(value instanceof Uint8Array)) throw new ComError(HR.unexpected, `no bytes, ${outlook.held} objects`);
      return typedOf(value.toReversed(), isComObject);
    },
  };
}

function membersOf({ outlook, served }: Parts, end: () => void): Readonly<Record<string, Member>> {
  const { emulator, clock, busy } = served;
  return {
    /** Lets time pass. */
    advance: (_call, milliseconds) => {
      clock.advance(Number(milliseconds));
      return NOTHING;
    },
    /** Changes the emulator's switches, as JSON. */
    set: (_call, switches) => {
      emulator.set(JSON.parse(String(switches)) as Partial<EmulatorSwitches>);
      return NOTHING;
    },
    /** Turns the next calls away before they are looked at. */
    turnaway: (_call, count, answer) => {
      busy.left = Number(count);
      busy.answer = answer === 'retryLater' ? 'retryLater' : 'rejected';
      return NOTHING;
    },
    /** COM objects that clients hold; this one among them. */
    held: () => typedOf(outlook.held, isComObject),
    /** What came is what goes, in the same type. */
    echo: ({ args }) => args[0] ?? NOTHING,
    /** The type of what came. */
    typename: ({ args }) => ({ vt: 'bstr', value: args[0]?.vt ?? 'nothing' }),
    /** Puts the second argument into the first, which came by reference. */
    change: ({ args, writeBack }) => {
      writeBack(0, args[1] ?? NOTHING);
      return NOTHING;
    },
    /** Calls the default member of the client's own object. */
    callback: ({ args }, ...plain) => {
      const target = plain[0];
      if (!isComObject(target)) throw new ComError(HR.unexpected, 'no object');
      return outlook.client.callById(target, 0, args.slice(1));
    },
    /** This object as bytes for another process, as an add-in sends itself. */
    marshalled: () => {
      const address = outlook.client.handOver(outlook.server.make(reverser(outlook)));
      return typedOf(marshalled(address.pointer), isComObject);
    },
    /** Sends and receives, as the timer of Outlook does. */
    sendreceive: () => {
      emulator.sendReceive.now();
      return NOTHING;
    },
    /** An error with a number and a text of its own. */
    fail: (_call, hresult, text) => {
      throw new ComError(Number(hresult), String(text));
    },
    /** Ends in the middle of the call. */
    die: () => process.exit(3),
    /** Ends when the answer is on its way. */
    end: () => {
      end();
      return NOTHING;
    },
  };
}
