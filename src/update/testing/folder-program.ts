/** The program of the folder world: `node folder-program.ts ROOT`. It says that it is well, dies, or does nothing. */
import { systemClock } from '../../node/system-clock.ts';
import { openState } from '../state.ts';
import { openUpdater } from '../updater.ts';
import { folderPort, installedIn, pathsIn } from './folder-port.ts';

const [root = ''] = process.argv.slice(2);
const installed = installedIn(root);
if (installed === undefined || installed.behaviour === 'dies') process.exit(1);
if (installed.behaviour === 'well') {
  const updater = openUpdater({
    state: openState(pathsIn(root).updates),
    ...{
      installed: installed.version,
      platform: 'test',
      arch: 'x64',
      builtIn: [],
      fromSource: false,
      port: folderPort(root),
    },
    rules: () => ({ channel: 'stable', url: undefined }),
    fetch: () => Promise.reject(new Error('not asked here')),
    ...{ clock: systemClock, random: Math.random, rate: Number.POSITIVE_INFINITY, onChange: () => {} },
  });
  await updater.cameUp();
}
// As a program that runs; whoever started it ends it.
setTimeout(() => {}, 20_000);
