/**
 * Where the events of a calendar file are. A series may lie in several places of the file, so that it cannot be read in one go; what is kept of each
 * event is where it is and a number made of its UID, a few bytes, and the file is read a second time, series by series.
 */
import { digestText } from '../base/digest.ts';
import { unescapeText } from '../mapping/ical/calendar-tree.ts';
import { parseLine } from '../mapping/vcard/content-line.ts';
import type { ByteSource } from './byte-source.ts';
import { type Chains, type Column, chainsOf, column, wideColumn } from './columns.ts';
import { linesOf, PAUSE, textOfBytes } from './text-source.ts';

/** What the events of a calendar need of it, as text: the lines of its own that count, and its time zones. */
export type Prelude = { readonly head: string; readonly zones: readonly Zone[] };
type Zone = { readonly id: string; readonly text: string };

export type IcsIndex = {
  /** Whether there was a calendar at all. */
  readonly calendars: number;
  /** Tasks, journals, free times. */
  readonly others: number;
  /** Events of one UID, each in the order of the file; the groups in the order of their first events. */
  groups(): Generator<Group>;
};
/** `left`: how many more events have the UID than are read. */
export type Group = { readonly pieces: readonly Piece[]; readonly left: number };
export type Piece = {
  readonly at: number;
  readonly length: number;
  readonly prelude: Prelude;
  readonly closed: boolean;
};

/** Beyond this a component is read no more: nothing that people make is as long. @units bytes */
const LARGEST = 16 * 1024 * 1024;
/** Of one UID more is not read together: no series has as many exceptions, no file as many versions of one. */
const MOST_PIECES = 10_000;
const MOST_TOGETHER = 2 * LARGEST;
const NO_PRELUDE: Prelude = { head: '', zones: [] };

/** `lengths`: twice the length, and one more where the end of the calendar or of the file ends the event. */
type Lists = {
  readonly offsets: Column;
  readonly lengths: Column;
  readonly calendars: Column;
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

/** Goes through the file once; pauses are passed on. */
export function* indexOfCalendar(
  source: ByteSource,
  onProgress: (bytes: number) => void,
): Generator<typeof PAUSE, IcsIndex> {
  const lists: Lists = { offsets: wideColumn(), lengths: column(), calendars: column() };
  const keys = wideColumn();
  const preludes = openPreludes();
  let others = 0;
  let part: Part | undefined;
  const endPart = (next: number, closed: boolean) => {
    if (part === undefined) return;
    const { name, at, lines } = part;
    part = undefined;
    if (name === 'VTIMEZONE') preludes.zone(lines);
    else if (name === 'VEVENT') {
      const length = Math.min(next - at, LARGEST);
      lists.offsets.push(at);
      lists.lengths.push(length * 2 + (closed ? 0 : 1));
      keys.push(keyOf(propertyIn(lines, 'UID')?.trim() || textOfBytes(source.read(at, length))));
      lists.calendars.push(preludes.count());
    } else others++;
  };
  for (const read of linesOf(source)) {
    if (read === PAUSE) {
      yield PAUSE;
      continue;
    }
    const { at, next, bytes } = read;
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
    at: lists.offsets.at(index),
    length: lists.lengths.at(index) >>> 1,
    prelude: preludes.of(lists.calendars.at(index)),
    closed: lists.lengths.at(index) % 2 === 0,
  });
  const chains = chainsOf(keys);
  keys.clear();
  return { calendars: preludes.count(), others, groups: () => groupsOf(chains, pieceAt) };
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

/** The only line of a calendar's own that says something of its events. */
const HEAD = 'X-WR-TIMEZONE';
/** Of all the zones and heads of a file; beyond it times are read without them, by the names of their zones. @units characters */
const MOST_KEPT = 16 * 1024 * 1024;
/** Calendars of one file whose preludes differ. */
const MOST_PRELUDES = 100_000;

/** The preludes of the calendars in a file, equal ones once. */
function openPreludes() {
  const byText = new Map<string, number>();
  const zones = new Map<string, Zone>();
  const kept: Prelude[] = [];
  const ofCalendar = column();
  let room = MOST_KEPT;
  let open: { readonly head: string[]; readonly zones: Set<string> } | undefined;
  /** What was kept before, under its digest; else what fits. */
  const keepZone = (lines: readonly string[]): string | undefined => {
    const text = lines.join('\r\n');
    const key = digestText(text);
    if (!zones.has(key)) {
      room -= text.length;
      if (room < 0) return undefined;
      zones.set(key, { id: unescapeText(propertyIn(lines, 'TZID')?.trim() ?? ''), text });
    }
    return key;
  };
  const keepPrelude = (head: string, keys: readonly string[]): number => {
    const key = digestText(JSON.stringify([head, keys]));
    const before = byText.get(key);
    if (before !== undefined) return before;
    if (kept.length >= MOST_PRELUDES) return kept.length;
    const index = kept.push({ head, zones: keys.flatMap((zone) => zones.get(zone) ?? []) }) - 1;
    byText.set(key, index);
    return index;
  };
  return {
    isOpen: () => open !== undefined,
    count: () => ofCalendar.length(),
    of: (calendar: number): Prelude =>
      (calendar < ofCalendar.length() ? kept[ofCalendar.at(calendar)] : undefined) ?? NO_PRELUDE,
    begin: () => {
      open = { head: [], zones: new Set() };
    },
    head: (bytes: Uint8Array) => {
      if (open === undefined || open.head.length > 0 || ((bytes[0] ?? 0) | 0x20) !== 0x78 || bytes.length > 500) return;
      const line = textOfBytes(bytes);
      if (line.slice(0, HEAD.length).toUpperCase() === HEAD) open.head.push(line);
    },
    zone: (lines: readonly string[]) => {
      const key = open === undefined ? undefined : keepZone(lines);
      if (key !== undefined) open?.zones.add(key);
    },
    end: () => {
      if (open === undefined) return;
      ofCalendar.push(keepPrelude(open.head[0] ?? '', [...open.zones]));
      open = undefined;
    },
  };
}

/** The groups by their first events, so that a preview is in the order of the file. */
function* groupsOf({ next, isFirst }: Chains, pieceAt: (index: number) => Piece): Generator<Group> {
  for (let at = 0; at < next.length; at++) {
    if (!isFirst(at)) continue;
    const pieces: Piece[] = [];
    let [left, together] = [0, 0];
    for (let one = at + 1; one > 0; one = next[one - 1] ?? 0) {
      const piece = pieceAt(one - 1);
      together += piece.length;
      if (pieces.length > 0 && (pieces.length >= MOST_PIECES || together > MOST_TOGETHER)) left++;
      else pieces.push(piece);
    }
    yield { pieces, left };
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
