/**
 * Where the events of a calendar file are. A series may lie in several places of the file, so that it cannot be read in one go; what is kept of each
 * event is where it is and a number made of its UID, a few bytes, and the file is read a second time, series by series.
 */
import { digestText } from '../base/digest.ts';
import { unescapeText } from '../mapping/ical/calendar-tree.ts';
import { parseLine } from '../mapping/vcard/content-line.ts';
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

type Lists = {
  readonly offsets: number[];
  readonly lengths: number[];
  readonly keys: number[];
  readonly calendars: number[];
  readonly cut: Set<number>;
};
/** What is being read: a part of a calendar, with the lines of it that are looked at. */
type Part = {
  readonly name: string;
  readonly at: number;
  depth: number;
  readonly lines: string[];
  bytes: number;
  uid: boolean;
};

export function indexOfCalendar(source: ByteSource, onProgress: (bytes: number) => void): IcsIndex {
  const lists: Lists = { offsets: [], lengths: [], keys: [], calendars: [], cut: new Set() };
  const preludes = openPreludes();
  let others = 0;
  let part: Part | undefined;
  const endPart = (next: number, closed: boolean) => {
    if (part === undefined) return;
    const { name, at, lines } = part;
    part = undefined;
    if (name === 'VTIMEZONE') preludes.zone(lines);
    else if (name === 'VEVENT') {
      if (!closed) lists.cut.add(lists.offsets.length);
      lists.offsets.push(at);
      lists.lengths.push(next - at);
      lists.keys.push(
        keyOf(propertyIn(lines, 'UID')?.trim() || textOfBytes(source.read(at, Math.min(next - at, LARGEST)))),
      );
      lists.calendars.push(preludes.count());
    } else others++;
  };
  for (const { at, next, bytes } of linesOf(source)) {
    onProgress(next);
    const mark = markIn(bytes);
    if (part !== undefined) {
      keepLine(part, bytes, mark);
      if (mark?.word === 'END' && (part.depth === 0 || mark.name === 'VCALENDAR')) endPart(next, part.depth === 0);
      if (mark?.word === 'END' && mark.name === 'VCALENDAR') preludes.end();
    } else if (mark === undefined) preludes.head(bytes);
    else if (mark.name === 'VCALENDAR') {
      preludes.end();
      if (mark.word === 'BEGIN') preludes.begin();
    } else if (mark.word === 'BEGIN' && preludes.isOpen()) {
      part = { name: mark.name, at, depth: 1, lines: [textOfBytes(bytes)], bytes: bytes.length, uid: false };
    }
  }
  endPart(source.size, false);
  preludes.end();
  const pieceAt = (index: number): Piece => ({
    at: lists.offsets[index] ?? 0,
    length: Math.min(lists.lengths[index] ?? 0, LARGEST),
    prelude: preludes.of(lists.calendars[index] ?? 0),
    closed: !lists.cut.has(index),
  });
  return { calendars: preludes.count(), others, groups: () => groupsOf(lists, pieceAt) };
}

type Mark = { readonly word: 'BEGIN' | 'END'; readonly name: string };

/** A line that begins or ends something; looked at as text only where its first letter allows it. */
function markIn(bytes: Uint8Array): Mark | undefined {
  const first = (bytes[0] === 0xef ? bytes[3] : bytes[0]) ?? 0;
  if (bytes.length > 60 || !MARKS.has(first)) return undefined;
  const [, word = '', name = ''] = /^\ufeff?(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*$/i.exec(textOfBytes(bytes)) ?? [];
  return word === '' ? undefined : { word: word.toUpperCase() as Mark['word'], name: name.toUpperCase() };
}

const MARKS = new Set([...'BbEe\ufeff'].map((letter) => letter.charCodeAt(0)));
const [BLANK, TAB] = [0x20, 0x09];

/** Of a zone everything is kept, of an event its UID: texts of events would fill the memory. */
function keepLine(part: Part, bytes: Uint8Array, mark: Mark | undefined): void {
  part.bytes += bytes.length;
  const isOwn = part.depth === 1 && ((bytes[0] ?? 0) | 0x20) === 0x75;
  const goesOn = part.uid && (bytes[0] === BLANK || bytes[0] === TAB);
  part.uid = isOwn || goesOn;
  if (part.bytes <= LARGEST && (part.name === 'VTIMEZONE' || part.uid)) part.lines.push(textOfBytes(bytes));
  if (mark?.word === 'BEGIN') part.depth++;
  else if (mark?.word === 'END') part.depth--;
}

/** The preludes of the calendars in a file, equal ones once. */
function openPreludes() {
  const byText = new Map<string, number>();
  const kept: Prelude[] = [];
  const ofCalendar: number[] = [];
  let open: { head: string[]; zones: { id: string; text: string }[] } | undefined;
  return {
    isOpen: () => open !== undefined,
    count: () => ofCalendar.length,
    of: (calendar: number): Prelude => kept[ofCalendar[calendar] ?? 0] ?? NO_PRELUDE,
    begin: () => {
      open = { head: [], zones: [] };
    },
    head: (bytes: Uint8Array) => void open?.head.push(textOfBytes(bytes)),
    zone: (lines: readonly string[]) => {
      const id = unescapeText(propertyIn(lines, 'TZID')?.trim() ?? '');
      open?.zones.push({ id, text: lines.join('\r\n') });
    },
    end: () => {
      if (open === undefined) return;
      const prelude = { head: open.head.join('\r\n'), zones: open.zones };
      const key = digestText(JSON.stringify(prelude));
      const index = byText.get(key) ?? kept.push(prelude) - 1;
      byText.set(key, index);
      ofCalendar.push(index);
      open = undefined;
    },
  };
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
      const zones = zonesFor(event, prelude.zones);
      const parts = ['BEGIN:VCALENDAR', prelude.head, ...zones, event.trimEnd()];
      return [...parts, ...(closed ? ['END:VCALENDAR'] : [])].filter((part) => part !== '').join('\r\n');
    })
    .join('\r\n');
}

/** Of very many only those whose names the event holds. */
const FEW_ZONES = 12;

function zonesFor(event: string, zones: Prelude['zones']): readonly string[] {
  if (zones.length <= FEW_ZONES) return zones.map(({ text }) => text);
  const text = event.replace(/\r?\n[ \t]/g, '');
  return zones.filter(({ id }) => text.includes(id)).map((zone) => zone.text);
}
