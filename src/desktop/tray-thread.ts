/** The thread of the icon beside the clock, run as a worker by {@link file://./windows-tray.ts}: it waits for what Windows sends. */
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { unreachable } from '../base/assert.ts';
import { pump, waitAndPump } from '../outlook/com/apartment.ts';
import type { FromTray, ToTray } from './tray-messages.ts';
import { TrayWindow } from './tray-window.ts';

/** The longest wait; everything that happens ends it. @units milliseconds */
const LONGEST_WAIT = 60_000;

const { port } = workerData as { readonly port: MessagePort };
const say = (message: FromTray) => port.postMessage(message);
let closed = false;

const window = new TrayWindow((event) => say({ say: 'event', event }), receive);
pump();
say({ say: 'ready', window: window.handle });
while (!closed) waitAndPump(LONGEST_WAIT);
window.close();
port.close();

/** Whatever is asked; called by Windows, and so never fails. */
function receive(): void {
  for (;;) {
    const received = receiveMessageOnPort(port) as { readonly message: ToTray } | undefined;
    if (received === undefined) return;
    const { message } = received;
    switch (message.do) {
      case 'show':
        window.show(message.look);
        break;
      case 'tell':
        window.tell(message.notice);
        break;
      case 'close':
        closed = true;
        window.endMenu();
        break;
      default:
        unreachable(message);
    }
  }
}
