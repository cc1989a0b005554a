/**
 * The components of an iCalendar text, with their lines still as text: so that one bad line costs one property and one bad
 * event costs itself, never the file.
 */
import { type ContentLine, parseLine, unfoldLines } from '../vcard/content-line.ts';

export type IcalComponent = {
  /** Upper-case. */
  readonly name: string;
  /** Logical lines, without BEGIN and END. */
  readonly lines: readonly string[];
  readonly children: readonly IcalComponent[];
  /** False when the text ends inside it. */
  readonly closed: boolean;
};

type Open = { name: string; lines: string[]; children: IcalComponent[]; closed: boolean };

// Real calendars nest two deep; deeper ones are kept, but as flat as this.
const MOST_DEPTH = 16;

/** The outermost components of a text. Lines outside of any component are ignored. */
export function readComponents(text: string): readonly IcalComponent[] {
  const root: Open = { name: '', lines: [], children: [], closed: true };
  const stack: Open[] = [root];
  for (const line of unfoldLines(text)) {
    const mark = /^(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*$/i.exec(line);
    const top = stack.at(-1) ?? root;
    if (mark === null) {
      if (top !== root) top.lines.push(line);
    } else if (mark[1]?.toUpperCase() === 'BEGIN') {
      const opened: Open = { name: (mark[2] ?? '').toUpperCase(), lines: [], children: [], closed: false };
      top.children.push(opened);
      if (stack.length < MOST_DEPTH) stack.push(opened);
    } else close(stack, (mark[2] ?? '').toUpperCase());
  }
  return root.children;
}

/** Closes the nearest open component of that name with all inside it; an END of nothing open is ignored. */
function close(stack: Open[], name: string): void {
  const index = stack.map((open) => open.name).lastIndexOf(name);
  if (index < 1) return;
  const closed = stack[index];
  if (closed !== undefined) closed.closed = true;
  stack.length = index;
}

/** The first property of that name (upper-case) that can be read. */
export function property(component: IcalComponent, name: string): ContentLine | undefined {
  return properties(component, name)[0];
}

/** Every property of that name (upper-case) that can be read. */
export function properties(component: IcalComponent, name: string): readonly ContentLine[] {
  const found: ContentLine[] = [];
  for (const line of component.lines) {
    // The name first: parsing every line of every property asked for would cost the square of the lines.
    if (line.length <= name.length || line.slice(0, name.length).toUpperCase() !== name) continue;
    if (!/[;:\s]/.test(line[name.length] ?? '')) continue;
    const parsed = parseLine(line);
    if (parsed !== undefined) found.push(parsed);
  }
  return found;
}

/** The unescaped text of the first property of that name; undefined when there is none. */
export function textOf(component: IcalComponent, name: string): string | undefined {
  const line = property(component, name);
  return line === undefined ? undefined : unescapeText(line.value);
}

/** @source RFC 5545 3.3.11 */
export function unescapeText(value: string): string {
  return value.replace(/\\([\\;,:"nN])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char));
}

/** The parts of a list of texts, unescaped and trimmed, empty ones left out. */
export function textListOf(value: string): readonly string[] {
  const parts = value.match(/(?:\\[\s\S]|[^\\,])+/g) ?? [];
  return parts.map((part) => unescapeText(part).trim()).filter((part) => part !== '');
}
