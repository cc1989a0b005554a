/** Filters against rows: names become columns (or are refused), then each row is tested. */
import { unreachable } from '../../base/assert.ts';
import { BLOCKED_FILTERS, builtInColumn, SERIES_END } from './columns.ts';
import { parseDateText } from './date-text.ts';
import { fail } from './fault.ts';
import { type Comparison, type Filter, type Literal, parseFilter, usesContentIndex } from './filter.ts';
import { PROP, type PropKey, PT, type TypedValue } from './property.ts';
import { parseSchemaName } from './schema-name.ts';
import type { Session } from './session.ts';
import { userPropertyKey } from './user-property-definitions.ts';
import { NO_DATE } from './zone-time.ts';

/** The values of one row, by key; those that were not loaded or are absent give undefined. */
export type RowValues = (key: PropKey) => TypedValue | undefined;
export type RowTest = { readonly keys: readonly PropKey[]; readonly passes: (row: RowValues) => boolean };

/** Where a filter applies; `contentIndex` false where ci_ words are never understood (Find, FindRow). */
export type FilterContext = { readonly session: Session; readonly folder: string; readonly contentIndex: boolean };

/** Compiles a filter's text; '' passes everything. @throws INVALID_ARGUMENT, FAILED */
export function rowTest(source: string, context: FilterContext): RowTest {
  if (source === '') return { keys: [], passes: () => true };
  const { language, filter } = parseFilter(source);
  if (usesContentIndex(filter)) {
    if (!context.contentIndex) fail('INVALID_ARGUMENT', 'filter');
    if (context.session.switches.instantSearch !== 'on') fail('FAILED');
  }
  return compile(filter, language, context);
}

function compile(filter: Filter, language: 'jet' | 'dasl', context: FilterContext): RowTest {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [compile(filter.left, language, context), compile(filter.right, language, context)];
      const both = filter.kind === 'and';
      return {
        keys: [...left.keys, ...right.keys],
        passes: (row) => (both ? left.passes(row) && right.passes(row) : left.passes(row) || right.passes(row)),
      };
    }
    case 'not': {
      const inner = compile(filter.of, language, context);
      return { keys: inner.keys, passes: (row) => !inner.passes(row) };
    }
    case 'null': {
      const { key } = schemaColumn(filter.name);
      return { keys: [key], passes: (row) => isEmpty(row(key)) };
    }
    case 'compare':
      return language === 'jet' ? jetTest(filter, context) : daslTest(filter, context);
    default:
      return unreachable(filter);
  }
}

type Compare = Extract<Filter, { kind: 'compare' }>;

function jetTest({ name, how, value }: Compare, context: FilterContext): RowTest {
  const { session } = context;
  const wanted = name.toLowerCase();
  const blocked =
    BLOCKED_FILTERS.has(wanted) || (wanted === 'categories' && session.switches.categoriesFilter === 'raises');
  if (blocked) fail('FAILED', name);
  const column = builtInColumn(session, name)?.column ?? folderField(context, name);
  if (column.type === PT.BINARY || column.type === PT.MV_BINARY) fail('FAILED', name);
  if (column.type === PT.SYSTIME) return dateTest(column.key, how, value, session, (wall) => session.toUtc(wall));
  const compared = column.type === PT.BOOLEAN && typeof value === 'string' ? value !== '' : value;
  return { keys: [column.key], passes: (row) => matches(row(column.key), how, compared, column.key) };
}

/** A custom field must be defined on the folder. @source VBA reference, Items.Restrict */
function folderField({ session, folder }: FilterContext, name: string): { key: PropKey; type: number } {
  const field = session.database.get<{ name: string; type: number }>(
    'SELECT name, type FROM folder_fields WHERE folder = ? AND name = ?',
    folder,
    name,
  );
  return field === undefined ? fail('INVALID_ARGUMENT', name) : { key: userPropertyKey(field.name), type: field.type };
}

function daslTest({ name, how, value }: Compare, { session }: FilterContext): RowTest {
  const { key, type } = schemaColumn(name);
  if (type === PT.BINARY || type === PT.MV_BINARY) fail('FAILED', name);
  if (type === PT.SYSTIME) return dateTest(key, how, value, session, (wall) => wall);
  return { keys: [key], passes: (row) => matches(row(key), how, value, key) };
}

function schemaColumn(name: string): { key: PropKey; type: number | undefined } {
  return parseSchemaName(name) ?? fail('INVALID_ARGUMENT', name);
}

/** Jet compares local times, DASL UTC; an absent date counts as 4501-01-01; seconds in the text find nothing. */
function dateTest(
  key: PropKey,
  how: Comparison,
  value: Literal,
  session: Session,
  toUtc: (wall: string) => string,
): RowTest {
  const parsed = parseDateText(String(value), session.locale()) ?? fail('INVALID_ARGUMENT', 'date');
  const bound = toUtc(parsed.wall);
  const keys = key === SERIES_END.end ? [key, SERIES_END.clipEnd, SERIES_END.recurring] : [key];
  return {
    keys,
    passes: (row) => !parsed.seconds && ordered(String(dateOf(row, key)), how, bound),
  };
}

/** The end of a series is that of its last occurrence, so that range filters find series that span the range. */
function dateOf(row: RowValues, key: PropKey): unknown {
  const ofSeries = key === SERIES_END.end && row(SERIES_END.recurring)?.value === true;
  return (ofSeries ? row(SERIES_END.clipEnd) : undefined)?.value ?? row(key)?.value ?? NO_DATE;
}

function matches(stored: TypedValue | undefined, how: Comparison, value: Literal, key: PropKey): boolean {
  if (stored?.type === PT.MV_UNICODE) {
    return (stored.value as readonly string[]).some((entry) => matchesText(entry, how, String(value)));
  }
  if (stored?.type === PT.BOOLEAN || typeof value === 'boolean') {
    const [a, b] = [stored?.value === true, value === true || value === 1 || value === -1];
    return how === '<>' ? a !== b : a === b;
  }
  if (typeof stored?.value === 'number' || typeof value === 'number') {
    return ordered(Number(stored?.value ?? 0), how, Number(value));
  }
  const text = typeof stored?.value === 'string' ? stored.value : '';
  return matchesText(
    key === PROP.subject ? withoutPrefix(text) : text,
    how,
    key === PROP.subject ? withoutPrefix(String(value)) : String(value),
  );
}

/** Comparisons of subjects ignore RE: and FW:. */
function withoutPrefix(subject: string): string {
  return subject.replace(/^((re|fw|fwd): ?)+/i, '');
}

function matchesText(stored: string, how: Comparison, value: string): boolean {
  const [a, b] = [stored.toLowerCase(), value.toLowerCase()];
  if (how === 'like') return likePattern(b).test(a);
  if (how === 'ci_startswith')
    return a.split(/\W+/u).some((_, at, words) => words.slice(at).join(' ').startsWith(b)) || a.startsWith(b);
  if (how === 'ci_phrasematch') return ` ${a.split(/\W+/u).join(' ')} `.includes(` ${b} `);
  return ordered(a, how, b);
}

function likePattern(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${escaped}$`, 's');
}

function ordered<T extends string | number>(a: T, how: Comparison, b: T): boolean {
  switch (how) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return fail('INVALID_ARGUMENT', 'filter');
  }
}

function isEmpty(value: TypedValue | undefined): boolean {
  return value === undefined || value.value === '' || (Array.isArray(value.value) && value.value.length === 0);
}
