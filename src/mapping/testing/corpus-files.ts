/** Calendars and cards of others, for tests only; absent on most machines. `CORPORA` names another place. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decodeCardFile } from '../vcard/encoding.ts';

const FOLDER = process.env.CORPORA ?? '../shared/corpora';

/** Tests that need the corpora are skipped where this is false. */
export const hasCorpora: boolean = existsSync(FOLDER);

export type CorpusFile = { readonly name: string; readonly text: string };

/** Every file under a folder of the corpora whose name matches, as text. */
export function corpusFiles(folder: string, pattern: RegExp): readonly CorpusFile[] {
  if (!hasCorpora) return [];
  return namesUnder(`${FOLDER}/${folder}`)
    .filter((path) => pattern.test(path))
    .map((path) => {
      const bytes = readFileSync(path);
      return {
        name: path.slice(FOLDER.length + 1),
        text: decodeCardFile(path.endsWith('.gz') ? gunzipSync(bytes) : bytes),
      };
    });
}

function namesUnder(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = `${folder}/${name}`;
      return statSync(path).isDirectory() ? namesUnder(path) : [path];
    });
}
