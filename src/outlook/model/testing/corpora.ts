/** Real files of others, for tests only; absent on most machines. `CORPORA` names another place. */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = process.env.CORPORA ?? '../shared/corpora';

/** Tests that need the corpora are skipped where this is false. */
export const hasCorpora: boolean = existsSync(FOLDER);

/** A JSON file of the corpora; `absent` where there are none (test lists are built even when they are skipped). */
export function readCorpus<T>(name: string, absent: T): T {
  return hasCorpora ? (JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as T) : absent;
}
