/**
 * Where the events of a calendar file are. A series may lie in several places of the file, so that it cannot be read in one go; what is kept of each
 * event is where it is and a number made of its UID, a few bytes, and the file is read a second time, series by series.
 */
import { digestText } from '../base/digest.ts';
import { allValues, firstValue, parseLine } from '../mapping/vcard/content-line.ts';
import type { ByteSource } from './byte-source.ts';
import { linesOf, textOfBytes } from './text-source.ts';

/** A calendar's own properties and its time zones, as text. */
export type Prelude = {
  readonly head: string;
  readonly zones: readonly { readonly id: string; readonly text: string }[];
};

export type IcsIndex = {
  /** Whether there was a calendar at all. */
  readonly calendars: number;
  /** Tasks, journals, free times. */
  readonly others: number;
  /** Events of one UID, each in the order of the file; the groups in the order of their first events. */
  groups(): Generator<readonly Piece[]>;
};
export type Piece = {
  readonly at: number;
  readonly length: number;
  readonly prelude: Prelude;
  readonly closed: boolean;
};

/** Beyond this a component is read no more: nothing that people make is as long. @units bytes */
const LARGEST = 16 * 1024 * 1024;
const NO_PRELUDE: Prelude = { head: '', zones: [] };

type Lists = { offsets: number[]; lengths: number[]; keys: number[]; calendars: number[]; cut: Set<number> };
type Calendar = { head: string[]; zones: { id: string; text: string }[] };

export function indexOfCalendar(source: ByteSource, onProgress: (bytes: number) => void): IcsIndex {
  const lists: Lists = { offsets: [], lengths: [], keys: [], calendars: [], cut: new Set() };
  const preludes = new Map<string, number>();
  const kept: Prelude[] = [];
  const ofCalendar: number[] = [];
  let others = 0;
  let open: Calendar | undefined;
  let component: { name: string; at: number; depth: number; lines: string[]; bytes: number } | undefined;
  const endCalendar = () => {
    if (open === undefined) return;
    const prelude = { head: open.head.join('\r\n'), zones: open.zones };
    const key = digestText(JSON.stringify(prelude));
    const index = preludes.get(key) ?? kept.push(prelude) - 1;
    preludes.set(key, index);
    ofCalendar.push(index);
    open = undefined;
  };
  const endComponent = (next: number, closed: boolean) => {
    if (component === undefined || open === undefined) return;
    const { name, at, lines } = component;
    if (name === 'VTIMEZONE') open.zones.push({ id: propertyIn(lines, 'TZID') ?? '', text: lines.join('\r\n') });
    else if (name === 'VEVENT') {
      if (!closed) lists.cut.add(lists.offsets.length);
      lists.offsets.push(at);
      lists.lengths.push(next - at);
      lists.keys.push(keyOf(propertyIn(lines, 'UID')?.trim() || lines.join('\n')));
      lists.calendars.push(ofCalendar.length);
    } else others++;
    component = undefined;
  };
  for (const { at, next, bytes } of linesOf(source)) {
    const line = textOfBytes(bytes).replace(/^\ufeff/, '');
    const mark = line.length > 60 ? null : /^(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*$/i.exec(line);
    const [word, name] = [mark?.[1]?.toUpperCase(), (mark?.[2] ?? '').toUpperCase()];
    onProgress(next);
    if (component !== undefined) {
      component.bytes += bytes.length;
      if (component.bytes <= LARGEST) component.lines.push(line);
      if (word === 'BEGIN') component.depth++;
      else if (word === 'END') {
        component.depth--;
        if (component.depth === 0 || name === 'VCALENDAR') endComponent(next, component.depth === 0);
        if (name === 'VCALENDAR') endCalendar();
      }
    } else if (word === 'BEGIN' && name === 'VCALENDAR') {
      endCalendar();
      open = { head: [], zones: [] };
    } else if (word === 'END' && name === 'VCALENDAR') endCalendar();
    else if (word === 'BEGIN' && open !== undefined)
      component = { name, at, depth: 1, lines: [line], bytes: bytes.length };
    else open?.head.push(line);
  }
  endComponent(source.size, false);
  endCalendar();
  const pieceAt = (index: number): Piece => ({
    at: lists.offsets[index] ?? 0,
    length: Math.min(lists.lengths[index] ?? 0, LARGEST),
    prelude: kept[ofCalendar[lists.calendars[index] ?? 0] ?? 0] ?? NO_PRELUDE,
    closed: !lists.cut.has(index),
  });
  return { calendars: ofCalendar.length, others, groups: () => groupsOf(lists, pieceAt) };
}

/** The groups by their first events, so that a preview is in the order of the file. */
function* groupsOf({ keys }: Lists, pieceAt: (index: number) => Piece): Generator<readonly Piece[]> {
  const order = Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  const starts = new Uint32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; at++)
    if (at === 0 || keys[order[at] ?? 0] !== keys[order[at - 1] ?? 0]) starts[count++] = at;
  const firsts = starts.subarray(0, count).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
  for (const start of firsts) {
    const group: Piece[] = [];
    for (let at = start; at < order.length && keys[order[at] ?? 0] === keys[order[start] ?? 0]; at++)
      group.push(pieceAt(order[at] ?? 0));
    yield group;
  }
}

/** 52 bits of a digest: of ten million different UIDs, two are taken for one with a chance of one in ninety. */
function keyOf(uid: string): number {
  return Number.parseInt(digestText(uid).slice(0, 13), 16);
}

/** The value of a property, with the lines it goes on in. */
function propertyIn(lines: readonly string[], name: string): string | undefined {
  const at = lines.findIndex(
    (line) => line.slice(0, name.length).toUpperCase() === name && /^[;:]/.test(line.slice(name.length)),
  );
  if (at < 0) return undefined;
  let whole = lines[at] ?? '';
  for (let next = at + 1; /^[ \t]/.test(lines[next] ?? ''); next++) whole += (lines[next] ?? '').slice(1);
  return parseLine(whole)?.value;
}

/** The text of a calendar that holds just these events, with the zones that they name. */
export function textOfGroup(source: ByteSource, pieces: readonly Piece[]): string {
  return pieces
    .map(({ at, length, prelude, closed }) => {
      const event = textOfBytes(source.read(at, length));
      const named = zonesNamedIn(event);
      const zones = prelude.zones.filter(({ id }) => named.has(id)).map(({ text }) => text);
      const parts = ['BEGIN:VCALENDAR', prelude.head, ...zones, event.trimEnd()];
      return [...parts, ...(closed ? ['END:VCALENDAR'] : [])].filter((part) => part !== '').join('\r\n');
    })
    .join('\r\n');
}

function zonesNamedIn(event: string): ReadonlySet<string> {
  const named = new Set<string>();
  for (const line of event.replace(/\r?\n[ \t]/g, '').split(/\r\n|\r|\n/)) {
    if (!/TZID/i.test(line)) continue;
    const parameters = parseLine(line)?.parameters ?? [];
    const id = firstValue(parameters, 'TZID');
    if (id !== undefined) for (const value of [id, allValues(parameters, 'TZID').join(',')]) named.add(value);
  }
  return named;
}
