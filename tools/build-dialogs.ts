/**
 * Builds the windows into dist/dialogs and the trial's page into dist/trial, unless that is what lies there already: `npm start` and
 * the tests ask for it each time. Run: `node tools/build-dialogs.ts [--force]`.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const made = join(root, 'dist', 'dialogs');
/** Names what the bundle was made of; written last, so that a build that broke off is made again. */
const mark = join(made, 'made-of.txt');
const CONFIGS = ['src/dialogs/vite.config.ts', 'src/dialogs/trial/vite.config.ts'];

export async function buildDialogs(force = false): Promise<string> {
  const sources = digestOfSources();
  if (!force && existsSync(mark) && readFileSync(mark, 'utf8') === sources) return made;
  process.stderr.write('Building the windows …\n');
  // In a process of its own: whoever asks may have another NODE_ENV, and that decides which React is put in.
  const program = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  const build = (config: string) => {
    const args = [program, 'build', '--config', join(root, config), '--logLevel', 'warn'];
    return promisify(execFile)(process.execPath, args, { cwd: root, env });
  };
  await Promise.all(CONFIGS.map(build));
  writeFileSync(mark, sources);
  return made;
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  const add = (path: string) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  for (const folder of ['src/dialogs', 'src/agent/api', 'src/base']) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile() && !file.name.endsWith('.test.ts'));
    for (const path of paths.map((file) => join(file.parentPath, file.name)).sort()) add(path.slice(root.length + 1));
  }
  add('package-lock.json');
  return hash.digest('hex');
}

if (import.meta.main) await buildDialogs(process.argv.includes('--force'));
