/** A browser for Windows programs under Wine: it notes what it is to show, and a test shows it elsewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drive } from './installation.ts';

export type Edge = {
  /** The pages that were opened, oldest first, as Edge was told them. */
  shown(): readonly string[];
  remove(): void;
};

const PLACE = ['Program Files', 'Microsoft', 'Edge'] as const;

/** Puts it where Windows has Microsoft Edge. */
export function putEdge(): Edge {
  const folder = drive(...PLACE);
  const log = join(folder, 'shown.txt');
  const program = join(folder, 'Application', 'msedge.exe');
  mkdirSync(join(folder, 'Application'), { recursive: true });
  rmSync(log, { force: true });
  const work = mkdtempSync(join(tmpdir(), 'edge-'));
  const source = join(work, 'edge.c');
  writeFileSync(source, SOURCE);
  execFileSync('x86_64-w64-mingw32-gcc', ['-s', '-mwindows', '-o', program, source]);
  rmSync(work, { recursive: true });
  return {
    shown: () => (existsSync(log) ? readFileSync(log, 'utf8').split(/\r?\n/).filter(Boolean) : []),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const SOURCE = `#include <stdio.h>
int main(int count, char **words) {
  FILE *file = fopen("C:\\\\${PLACE.join('\\\\')}\\\\shown.txt", "a");
  for (int at = 1; at < count; at++) fprintf(file, "%s\\n", words[at]);
  return fclose(file);
}
`;
