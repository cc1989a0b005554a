import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A text file of the project, by its path from the top. */
export type Source = { readonly path: string; readonly text: string };

/** The project's own files: those git tracks, and new ones it does not ignore. */
export function projectFiles(pattern: RegExp): readonly Source[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  return listed
    .split('\n')
    .filter((path) => pattern.test(path))
    .flatMap((path) => readIfThere(path));
}

function readIfThere(path: string): Source[] {
  try {
    return [{ path, text: readFileSync(path, 'utf8') }];
  } catch {
    return []; // deleted in the work tree, still in the index
  }
}
