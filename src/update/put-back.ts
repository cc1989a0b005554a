/**
 * The older version's files over the newer one's, on Windows: what is in use can be renamed there, and not written over or removed; a
 * folder with such a file in it can be neither renamed nor removed. The older version comes first, and is whole whatever the newer
 * one leaves.
 */
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type MakingRoom = {
  /** A file, or a folder with all that is in it. */
  remove(path: string): void;
  rename(from: string, to: string): void;
};

const ON_DISK: MakingRoom = { remove: (path) => rmSync(path, { recursive: true }), rename: renameSync };

/**
 * File by file: what is in use is renamed out of the way, and goes with the next installation. What only the newer version has goes as
 * far as it can, but not from the program's own folder: it may be one of the user's, with files of theirs.
 */
export function putBack(from: string, to: string, room = ON_DISK): void {
  copyOver(from, to, room);
  for (const entry of readdirSync(from, { withFileTypes: true }))
    if (entry.isDirectory()) isDone(() => removeNewer(join(from, entry.name), join(to, entry.name), room));
}

function copyOver(from: string, to: string, room: MakingRoom): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (existsSync(target) && lstatSync(target).isDirectory() !== entry.isDirectory()) makeRoom(target, room);
    if (entry.isDirectory()) copyOver(source, target, room);
    else {
      // Whole under another name first: a power loss leaves the old file or the new one.
      copyFileSync(source, `${target}.back`);
      if (existsSync(target)) makeRoom(target, room);
      renameSync(`${target}.back`, target);
    }
  }
}

function removeNewer(from: string, to: string, room: MakingRoom): void {
  for (const name of readdirSync(to)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (!existsSync(source)) removeAsFarAsItGoes(target, room);
    else if (lstatSync(source).isDirectory()) removeNewer(source, target, room);
  }
}

function removeAsFarAsItGoes(path: string, room: MakingRoom): void {
  if (isDone(() => makeRoom(path, room))) return;
  isDone(() => {
    for (const name of readdirSync(path)) removeAsFarAsItGoes(join(path, name), room);
    room.remove(path);
  });
}

function isDone(deed: () => void): boolean {
  try {
    deed();
    return true;
  } catch {
    return false;
  }
}

function makeRoom(path: string, room: MakingRoom): void {
  try {
    room.remove(path);
  } catch {
    if (!path.endsWith('.old')) room.rename(path, `${path}.${process.pid}.old`);
  }
}
