/**
 * A whole update in one process, `node dying-update.ts ROOT CHANNEL KEY AT`, which kills itself at the AT-th moment at which something
 * lasting was or will be done, as a power loss would. Says how many moments there are when it lives.
 */
import { writeSync } from 'node:fs';
import { fetch } from 'undici';
import { systemClock } from '../../node/system-clock.ts';
import { guard } from '../guard.ts';
import { openState, type StateFile } from '../state.ts';
import { openUpdater } from '../updater.ts';
import { type FolderPort, folderPort, installedIn, pathsIn } from './folder-port.ts';

const [root = '', channel = '', key = '', dies = ''] = process.argv.slice(2);
let moment = 0;
const at = () => {
  moment += 1;
  if (moment === Number(dies)) process.kill(process.pid, 'SIGKILL');
};

const file = openState(pathsIn(root).updates);
const state: StateFile = {
  ...file,
  change: (work) => {
    at();
    const now = file.change(work);
    at();
    return now;
  },
};
const port: FolderPort = {
  ...folderPort(root, at),
  start: async () => {
    await updater().cameUp();
    return { ended: new Promise(() => {}) };
  },
};
const updater = () =>
  openUpdater({
    ...{
      state,
      installed: installedIn(root)?.version ?? '',
      platform: 'test',
      arch: 'x64',
      builtIn: [key],
      fromSource: false,
      port,
      fetch,
    },
    rules: () => ({ channel: 'stable', url: channel }),
    ...{ clock: systemClock, random: () => 0.5, rate: Number.POSITIVE_INFINITY, onChange: () => {} },
  });

await updater().check({ byHand: false, signal: new AbortController().signal });
await updater().install();
await guard({ state, port, clock: systemClock, memoryBack: at });
writeSync(1, String(moment));
