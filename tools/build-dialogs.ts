/**
 * Builds the windows into dist/dialogs and the trial's page into dist/trial, unless that is what lies there already: `npm start` and
 * the tests ask for it each time. Run: `node tools/build-dialogs.ts [--force]`.
 */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildOnce } from './build-once.ts';
import { digestOf } from './source-digest.ts';

const root = join(import.meta.dirname, '..');
const made = join(root, 'dist', 'dialogs');
const mark = join(made, 'made-of.txt');
const CONFIGS = ['src/dialogs/vite.config.ts', 'src/dialogs/trial/vite.config.ts'];

export async function buildDialogs(force = false): Promise<string> {
  if (force) rmSync(mark, { force });
  await buildOnce(mark, digestOf(['src/dialogs', 'src/agent/api', 'src/base']), async () => {
    process.stderr.write('Building the windows …\n');
    // In a process of its own: whoever asks may have another NODE_ENV, and that decides which React is put in.
    const program = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
    const env = { ...process.env, NODE_ENV: 'production' };
    const build = (config: string) => {
      const args = [program, 'build', '--config', join(root, config), '--logLevel', 'warn'];
      return promisify(execFile)(process.execPath, args, { cwd: root, env });
    };
    await Promise.all(CONFIGS.map(build));
  });
  return made;
}

if (import.meta.main) await buildDialogs(process.argv.includes('--force'));
