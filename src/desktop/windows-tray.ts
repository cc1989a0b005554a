/** The icon beside Windows' clock. */
import { MessageChannel, Worker } from 'node:worker_threads';
import { INSTALLED, resourceFolder } from '../node/resources.ts';
import { shell } from './shell.ts';
import type { Tray, TrayEvent } from './tray.ts';
import type { FromTray, ToTray } from './tray-messages.ts';
import { WAKE } from './tray-window.ts';

/** The thread draws some small pictures and holds nothing else. @units MB */
const HEAP = 16;

/** The language that this user's Windows speaks, of ours. @source LANGID: the lower ten bits are the language, 12 is French */
export function windowsLanguage(): 'en' | 'fr' {
  return (shell().GetUserDefaultUILanguage() & 0x3ff) === 12 ? 'fr' : 'en';
}

/** @throws Error when Windows makes no window, or the library by which it is called cannot be loaded */
export async function openWindowsTray(hear: (event: TrayEvent) => void): Promise<Tray> {
  // Here and not only over there: what cannot be loaded is told at once.
  const { PostMessageW } = shell();
  const { port1: port, port2 } = new MessageChannel();
  const folder = resourceFolder('desktop', './', import.meta.url);
  const worker = new Worker(new URL(INSTALLED ? 'tray.cjs' : 'tray-thread.ts', folder), {
    workerData: { port: port2 },
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let window = 0n;
  await new Promise<void>((resolve, reject) => {
    port.on('message', (message: FromTray) => {
      if (message.say === 'event') return hear(message.event);
      window = message.window;
      resolve();
    });
    // Later on, an icon that is gone disturbs nothing else.
    worker.on('error', reject);
    worker.once('exit', () => reject(new Error('The thread of the icon has ended')));
  });
  const ask = (message: ToTray) => {
    port.postMessage(message);
    // After the message, so that it is found.
    PostMessageW(window, WAKE, 0, 0);
  };
  return {
    show: (look) => ask({ do: 'show', look }),
    tell: (notice) => ask({ do: 'tell', notice }),
    close: async () => {
      ask({ do: 'close' });
      await ended;
      port.close();
    },
  };
}
