/**
 * Files that a window hands over, piece by piece, into a folder that only the user may read. What an earlier agent left there is removed
 * when this one begins: the windows know nothing of it any more.
 */
import { appendFileSync, closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../node/make-folder.ts';
import { apiFailure } from './api-failures.ts';

export type Upload = {
  readonly file: number;
  readonly name: string;
  /** @units bytes */
  readonly size: number;
  readonly received: number;
  readonly path: string;
};

export type Uploads = {
  all(): readonly Upload[];
  add(name: string, size: number): Upload;
  /** @throws API_BAD_REQUEST for bytes that are not the next ones; the error of a full disk */
  append(file: number, at: number, bytes: Uint8Array): Upload;
  clear(): void;
};

/** Somebody who drops a whole disk did not mean it. */
const MOST_FILES = 200;

export function openUploads(folder: string): Uploads {
  let uploads: Upload[] = [];
  let last = 0;
  const clear = () => {
    uploads = [];
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another program (one that looks for viruses) has a file open: it goes with the next time, and is no reason to fail now.
    }
  };
  clear();
  return {
    all: () => uploads,
    clear,
    add: (name, size) => {
      if (uploads.length >= MOST_FILES)
        throw apiFailure('API_BAD_REQUEST', `${MOST_FILES} files at once are the most.`);
      makeFolder(folder);
      last += 1;
      const upload = { file: last, name, size, received: 0, path: join(folder, String(last)) };
      closeSync(openSync(upload.path, 'w', 0o600));
      uploads.push(upload);
      return upload;
    },
    append: (file, at, bytes) => {
      const upload = uploads.find((one) => one.file === file);
      if (upload === undefined) throw apiFailure('API_BAD_REQUEST', 'There is no such file any more: choose it again.');
      if (at !== upload.received || at + bytes.length > upload.size)
        throw apiFailure('API_BAD_REQUEST', 'These are not the next bytes of the file.');
      appendFileSync(upload.path, bytes);
      const grown = { ...upload, received: at + bytes.length };
      uploads = uploads.map((one) => (one.file === file ? grown : one));
      return grown;
    },
  };
}
