import { posix } from 'node:path';
import type { Source } from './sources.ts';

/** One row of the table "Room | may import | environment" in ARCHITECTURE.md. */
export type Room = { readonly name: string; readonly mayImport: readonly string[]; readonly pure: boolean };

/** Packages that run anywhere: the only ones that pure rooms may import. */
const PURE_PACKAGES = new Set(['@noble/hashes', 'ical.js', 'rrule-temporal', 'temporal-polyfill', 'typebox']);

/** Reads the import table: names stand in backquotes; a row may name several rooms, which then share it. */
export function readRooms(architecture: string): readonly Room[] {
  const lines = architecture.split('\n');
  const head = lines.findIndex((line) => /^\|\s*Room\s*\|\s*may import/.test(line));
  if (head < 0) throw new Error('ARCHITECTURE.md has no table "Room | may import | environment"');
  const rooms: Room[] = [];
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    const [, names = '', imports = '', environment = ''] = line.split('|');
    for (const name of quoted(names))
      rooms.push({ name, mayImport: quoted(imports), pure: environment.trim() === 'pure' });
  }
  return rooms;
}

/** Sentences, one for each import that the table does not allow; tests and `testing/` folders may import anything. */
export function importFaults(rooms: readonly Room[], files: readonly Source[]): readonly string[] {
  return files.filter(({ path }) => !/\.test\.ts$|\/testing\//.test(path)).flatMap((file) => faultsOf(rooms, file));
}

function faultsOf(rooms: readonly Room[], { path, text }: Source): string[] {
  const inside = path.replace(/^src\//, '');
  const room = roomOf(rooms, inside);
  if (room === undefined) return [`${path}: in no room of ARCHITECTURE.md`];
  return importsOf(text).flatMap((target) => {
    if (!target.startsWith('.')) {
      const name = target
        .split('/')
        .slice(0, target.startsWith('@') ? 2 : 1)
        .join('/');
      return room.pure && !PURE_PACKAGES.has(name) ? [`${path}: the pure room ${room.name} imports ${target}`] : [];
    }
    const resolved = posix.normalize(posix.join(posix.dirname(inside), target));
    // The project's own name and version.
    if (resolved === '../package.json') return [];
    const allowed = roomOf(rooms, resolved) === room || room.mayImport.some((prefix) => within(resolved, prefix));
    return allowed ? [] : [`${path}: ${room.name} may not import ${resolved}`];
  });
}

function roomOf(rooms: readonly Room[], path: string): Room | undefined {
  return rooms.filter(({ name }) => within(path, name)).sort((a, b) => b.name.length - a.name.length)[0];
}

/** `sync/side.ts` and `sync/testing/x.ts` are within `sync`; `outlook/side.ts` is within `outlook/side`. */
function within(path: string, prefix: string): boolean {
  return path.startsWith(`${prefix}/`) || path === `${prefix}.ts` || path.startsWith(`${prefix}-`) || path === prefix;
}

function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}
