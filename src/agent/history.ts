import { Failure } from '../base/failure.ts';
import type { KeptEntry, Restored } from '../storage/history.ts';
import type { Storage } from '../storage/open.ts';
import { explainRule } from '../sync/explain.ts';
import type { RuleId } from '../sync/rules.ts';
import type { SideName } from '../sync/side.ts';
import { type Content, type Difference, differences } from './content-words.ts';
import { fieldInWords } from './field-words.ts';
import { languageOf, type Reader } from './reader.ts';
import { whenOf } from './when-words.ts';

/** What to show of the history. `text` is looked for in titles and in all that the items say. */
export type HistoryFilter = {
  readonly folder?: string | undefined;
  readonly side?: SideName | undefined;
  readonly text?: string | undefined;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly since?: number | undefined;
  readonly most: number;
};

/** A version that was overwritten or deleted, in words. */
export type HistoryItem = {
  readonly id: string;
  readonly at: string;
  readonly folder: string;
  readonly side: SideName;
  readonly did: 'update' | 'delete';
  readonly title: string;
  readonly when: string;
  readonly rule: RuleId;
  readonly why: string;
  /** `before` is what is kept, `after` what took its place; none for a deletion. */
  readonly fields: readonly (Difference & { readonly lost: boolean })[];
  readonly restored: string | undefined;
};

/** The kept versions, newest first. */
export function listHistory(
  { history }: Pick<Storage, 'history'>,
  filter: HistoryFilter,
  reader: Reader,
): readonly HistoryItem[] {
  const { folder, side, text, since, most } = filter;
  const found: HistoryItem[] = [];
  for (const entry of history.entries({ side, since })) {
    if (folder !== undefined && !sameText(entry.folder, folder)) continue;
    if (text !== undefined && !says([entry.title, entry.content], text)) continue;
    found.push(historyItem(entry, reader));
    if (found.length >= most) break;
  }
  return found;
}

export function historyItem(entry: KeptEntry, reader: Reader): HistoryItem {
  const { id, at, folder, side, did, title, rule, lost, restored } = entry;
  const [content, after] = [entry.content as Content, entry.after as Content | undefined];
  const losers = new Set(lost.map((field) => fieldInWords(field, languageOf(reader))));
  const fields = after === undefined ? [] : differences(content, after, reader);
  return {
    ...{ id, folder, side, did, title, rule },
    at: new Date(at).toISOString(),
    when: whenOf(content, reader),
    why: explainRule(rule, side, languageOf(reader)),
    fields: fields.map((field) => ({ ...field, lost: losers.has(field.field) })),
    restored: restoredAt(restored),
  };
}

function restoredAt(restored: Restored | undefined): string | undefined {
  return restored && new Date(restored.at).toISOString();
}

/** The entry whose id begins so. @throws ITEM_NOT_FOUND */
export function findEntry({ history }: Pick<Storage, 'history'>, id: string): KeptEntry {
  const exact = history.read(id);
  if (exact !== undefined) return exact;
  const found = id === '' ? [] : [...history.rows({})].filter((row) => row.id.startsWith(id));
  const [first] = found;
  const entry = first && found.length === 1 ? history.read(first.id) : undefined;
  if (entry !== undefined) return entry;
  const many = found.length > 1 ? 'More than one version' : 'No version';
  throw new Failure('ITEM_NOT_FOUND', `${many} in the history has the id ${id}; see \`connector history\`.`);
}

function sameText(a: string, b: string): boolean {
  return a.toLocaleLowerCase() === b.toLocaleLowerCase();
}

/** Whether a text stands in any of the values, however deep; names of members do not count. */
function says(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.toLocaleLowerCase().includes(text.toLocaleLowerCase());
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => says(part, text));
}
