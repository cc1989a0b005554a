/**
 * A program that is Outlook to others: the emulator behind a COM local server. Run by Windows' Node:
 * `node fake-outlook.ts [FILE]`. It says `ready` and serves until it is told to quit, killed, or nobody has called it for long.
 */
import { enterApartment, waitAndPump } from '../../../src/outlook/com/apartment.ts';
import { guidBytes } from '../../../src/outlook/com/guid.ts';
import { installMessageFilter } from '../../../src/outlook/com/message-filter.ts';
import { registerClass } from './class-factory.ts';
import { control } from './control.ts';
import { openServed } from './open-served.ts';
import { CLSID } from './registration.ts';
import { keep, ServedOutlook } from './served-outlook.ts';

/** How long nobody may call before the program ends by itself: tests that died cannot end it. @units milliseconds */
const LONELY = 120_000;
/** How often the events of other processes are looked for. @units milliseconds */
const LOOK = 50;

const served = openServed(process.argv[2]);
const { emulator, busy } = served;
enterApartment();
let lastCall = performance.now();
installMessageFilter({
  retry: () => -1,
  accepts: () => {
    lastCall = performance.now();
    if (busy.left <= 0) return 'handled';
    busy.left--;
    return busy.answer;
  },
});
const outlook = new ServedOutlook(emulator);
const doors = control({ outlook, served });
outlook.extra.set('fakecontrol', () => ({ vt: 'dispatch', value: doors.object() }));
registerClass(guidBytes(CLSID), keep(outlook.hand(emulator.application)));
console.log('ready');

function turn(): void {
  // One call, then its events: Outlook does not keep them back either.
  waitAndPump(LOOK, 1);
  emulator.pump();
  if (doors.ended() || performance.now() - lastCall > LONELY) process.exit(0);
  setImmediate(turn);
}
turn();
