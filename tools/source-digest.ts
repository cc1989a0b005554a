/** What a build was made of, so that it is made again only when that changed. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');

/** Of all files below the folders but tests, of the tools that build, and of the packages; paths are relative to the project. */
export function digestOf(folders: readonly string[], root = PROJECT): string {
  const hash = createHash('sha256');
  const add = (path: string) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  for (const folder of folders) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile() && !file.name.endsWith('.test.ts'));
    for (const path of paths.map((file) => join(file.parentPath, file.name)).sort()) add(path.slice(root.length + 1));
  }
  // Otherwise what a tool makes of the same sources now would never come to be.
  const tools = readdirSync(join(root, 'tools')).filter((name) => /^build-.*(?<!\.test)\.ts$/.test(name));
  for (const name of tools.sort()) add(`tools/${name}`);
  add('package-lock.json');
  return hash.digest('hex');
}
