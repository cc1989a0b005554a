/** `npm run test:windows`: the tests under Wine, or one line that says what they need. Arguments go to the test runner. */
import { spawnSync } from 'node:child_process';
import { HOW_TO_INSTALL, hasWine } from './wine.ts';

if (hasWine()) {
  const args = ['run', '--config', 'vitest.windows.config.ts', ...process.argv.slice(2)];
  process.exitCode = spawnSync('vitest', args, { stdio: 'inherit' }).status ?? 1;
} else {
  console.log(HOW_TO_INSTALL);
}
