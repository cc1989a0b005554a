/**
 * A program that is Outlook to the add-in: the emulator in a process that loads the library, makes its object as COM does, connects it
 * and asks it what Outlook asks. Run by Windows' Node: `node outlook.ts [FILE]`; it says its port.
 */
import { createServer } from 'node:net';
import koffi from 'koffi';
import { enterApartment, waitAndPump } from '../../../src/outlook/com/apartment.ts';
import { guidBytes, IID } from '../../../src/outlook/com/guid.ts';
import { check } from '../../../src/outlook/com/hresult.ts';
import { callMethod, queryInterface } from '../../../src/outlook/com/interface.ts';
import { installMessageFilter } from '../../../src/outlook/com/message-filter.ts';
import { type Address, outAddress, protos, windows } from '../../../src/outlook/com/native.ts';
import { plainFailure } from '../../../src/outlook/com/thread-messages.ts';
import { ADD_IN_CLASS } from '../../../tools/windows/build-shim.ts';
import { registerClass } from '../fake/class-factory.ts';
import { openServed } from '../fake/open-served.ts';
import { CLSID } from '../fake/registration.ts';
import { keep, ServedOutlook } from '../fake/served-outlook.ts';
import { messages } from '../messages.ts';
import type { Answered, Asked, AskOutlook, Crossings, Timed } from './messages.ts';

const ADD_IN = '{B65AD801-ABAF-11D0-BB8B-00A0C90F2744}';
const RIBBON = '{000C0396-0000-0000-C000-000000000046}';
const IN_PROCESS = 1;
/** The first methods behind IDispatch's: OnConnection, OnDisconnection; GetCustomUI. */
const FIRST = 7;
const CONNECT_AT_START = 1;
/** How long nobody may ask before it ends by itself. @units milliseconds */
const LONELY = 120_000;

const methods = {
  OnConnection: koffi.proto('__stdcall', 'int32', ['void *', 'void *', 'int32', 'void *', 'void *']),
  OnDisconnection: koffi.proto('__stdcall', 'int32', ['void *', 'int32', 'void *']),
  GetCustomUI: protos().QueryInterface,
};

const served = openServed(process.argv[2]);
const { emulator, clock, busy } = served;
enterApartment();
let crossings: Crossings = { asked: 0, within: 0 };
installMessageFilter({
  retry: () => -1,
  accepts: (within) => {
    const { asked, within: nested } = crossings;
    crossings = within ? { asked, within: nested + 1 } : { asked: asked + 1, within: nested };
    if (busy.left <= 0) return 'handled';
    busy.left--;
    return busy.answer;
  },
});
const outlook = new ServedOutlook(emulator);
let language = 1033;
outlook.extra.set('languagesettings', () => ({ vt: 'dispatch', value: plainObject({ languageid: () => language }) }));
const application = keep(outlook.hand(emulator.application));
registerClass(guidBytes(CLSID), application);

let addIn: Address = 0n;
let lifetime: Address = 0n;
let lastAsked = performance.now();

/** An object of ours with members that answer plainly. */
function plainObject(members: Readonly<Record<string, () => string | number>>) {
  return outlook.client.handOver(
    outlook.server.make({
      idOf: (member) => (member.toLowerCase() in members ? outlook.idOf(member) : undefined),
      invoke: ({ id }) => {
        const value = members[outlook.nameOf(id)]?.() ?? '';
        return typeof value === 'string' ? { vt: 'bstr', value } : { vt: 'i4', value };
      },
    }),
  );
}

function timed<T>(work: () => T): Timed<T> {
  const began = performance.now();
  const value = work();
  return { value, milliseconds: performance.now() - began };
}

function create(): void {
  const cell: [unknown] = [null];
  const iid = guidBytes(IID.IDispatch);
  check(windows().CoCreateInstance(guidBytes(ADD_IN_CLASS), null, IN_PROCESS, iid, cell), 'CoCreateInstance');
  addIn = outAddress(cell);
  lifetime = queryInterface(addIn, ADD_IN);
}

function markup(id: string): string {
  const ribbon = queryInterface(addIn, RIBBON);
  const text = outlook.client.memory.text(id);
  const out = new Uint8Array(8);
  check(callMethod(ribbon, FIRST, methods.GetCustomUI, text, out), 'GetCustomUI');
  windows().SysFreeString(text);
  const answer = new DataView(out.buffer).getBigUint64(0, true);
  const said = outlook.client.memory.readText(answer);
  windows().SysFreeString(answer);
  return said;
}

function callback(member: string, control: string): unknown {
  const object = outlook.client.own(queryInterface(addIn, IID.IDispatch));
  try {
    return outlook.client.call(object, member, plainObject({ id: () => control }));
  } finally {
    outlook.client.release(object);
  }
}

function answer(ask: AskOutlook): unknown {
  switch (ask.do) {
    case 'create':
      return timed(create);
    case 'connect':
      language = ask.language;
      return timed(() =>
        check(
          callMethod(lifetime, FIRST, methods.OnConnection, application, CONNECT_AT_START, null, null),
          'OnConnection',
        ),
      );
    case 'markup':
      return timed(() => markup(ask.ribbon));
    case 'callback':
      return timed(() => callback(ask.member, ask.control));
    case 'disconnect':
      return timed(() => check(callMethod(lifetime, FIRST + 1, methods.OnDisconnection, 0, null), 'OnDisconnection'));
    case 'work':
      return emulator.executor.run(ask.program);
    case 'advance':
      return clock.advance(ask.milliseconds);
    case 'happen':
      return served.happen(ask.arrangement);
    case 'restore':
      return served.restore();
    case 'held':
      return outlook.held;
    case 'crossings':
      return crossings;
    case 'end':
      return setTimeout(() => process.exit(0), 50).hasRef();
  }
}

createServer((socket) => {
  const { send } = messages<Asked<AskOutlook>, Answered>(socket, async ({ id, ask }) => {
    lastAsked = performance.now();
    try {
      send({ id, value: await answer(ask) });
    } catch (error) {
      send({ id, failure: plainFailure(error) });
    }
  });
  socket.on('close', () => process.exit(0));
  socket.on('error', () => process.exit(0));
}).listen(0, '127.0.0.1', function (this: ReturnType<typeof createServer>) {
  const address = this.address();
  console.log(`port ${typeof address === 'object' ? address?.port : ''}`);
});

function turn(): void {
  // Windows' messages and Node's sockets take turns; a call from the agent is a message.
  waitAndPump(5);
  emulator.pump();
  if (performance.now() - lastAsked > LONELY) process.exit(0);
  setImmediate(turn);
}
turn();
