import { ROUTES } from '../api/routes.ts';
import { hiddenPath } from '../log-path.ts';
import {
  codeOf,
  DEEDS,
  fieldOf,
  hidden,
  KINDS,
  numberOf,
  OUTCOMES,
  oneOf,
  REASONS,
  ruleOf,
  SIDES,
  timeOf,
} from './words.ts';

const MESSAGES: ReadonlySet<string> = new Set('run failure action call outlook trigger options update'.split(' '));
const RETRIES: ReadonlySet<string> = new Set(['now', 'later', 'never']);
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'DELETE']);
const WHAT: ReadonlySet<string> = new Set([
  'sign of life',
  ...[
    'run',
    'updates',
    'agent',
    'trial',
    'sync',
    'import',
    'account',
    'verify',
    'reset',
    'repair',
    'update',
    'report',
    'history',
    'restore',
    'options',
    'doctor',
  ],
  ...['runs', 'timer', 'outlook', 'push', 'api', 'updates'].map((part) => `part ${part}`),
  ...Object.entries(ROUTES).map(([name, { method }]) => `${method} /api/${name}`),
]);
const ERRORS: ReadonlySet<string> = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError']);

type Reader = (value: unknown, folder: (pair: unknown) => string) => unknown;
const list =
  (read: (value: unknown) => unknown): Reader =>
  (value) =>
    Array.isArray(value) ? value.slice(0, 200).map(read) : hidden(value);

/** What of a line may be told, and how. A member that is not here is told by its name's absence: it is left out. */
const READERS: Readonly<Record<string, Reader>> = {
  time: timeOf,
  msg: (value) => oneOf(MESSAGES, value),
  what: (value) => oneOf(WHAT, value),
  ...reading(numberOf, 'level seconds changes failed held linked recovered took sent got status'),
  ...reading(codeOf, 'code cause detail'),
  retry: (value) => oneOf(RETRIES, value),
  name: (value) => oneOf(ERRORS, value),
  at: list(placeOf),
  why: (value) => oneOf(REASONS, value),
  outcome: (value) => oneOf(OUTCOMES, value),
  do: (value) => oneOf(DEEDS, value),
  on: (value) => (value === undefined || value === null ? '' : oneOf(SIDES, value)),
  kind: (value) => oneOf(KINDS, value),
  rule: ruleOf,
  fields: list(fieldOf),
  lost: list(fieldOf),
  key: tagOf,
  method: (value) => oneOf(METHODS, value),
  path: (value) => (typeof value === 'string' ? hiddenPath(value, (part) => tagOf(part)) : hidden(value)),
  pair: (value, folder) => folder(value),
  folders: (value, folder) =>
    Array.isArray(value) ? value.slice(0, 200).map((one) => told(one, folder)) : hidden(value),
};

function reading(read: (value: unknown) => unknown, names: string): Record<string, Reader> {
  return Object.fromEntries(names.split(' ').map((name) => [name, read]));
}

/** A line of the log as a report may tell it. @param folder the number of a pair of folders */
export function toldLine(line: string, folder: (pair: unknown) => string): unknown {
  try {
    return told(JSON.parse(line), folder);
  } catch {
    return 'a line that is cut off';
  }
}

function told(value: unknown, folder: (pair: unknown) => string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hidden(value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
      return read === undefined ? [] : [[name, read(member, folder)]];
    }),
  );
}

/** The log's own tags hide what they stand for already. */
function tagOf(value: unknown): string {
  return typeof value === 'string' && /^#[0-9a-f]{8}$/.test(value) ? value : `#${hidden(value)}`;
}

const PLACE =
  /\/src\/((?:agent|base|bluemind|cli|domain|import|mapping|node|outlook|server|storage|sync|update|wire)\/[a-z0-9/-]{1,80}\.ts:\d{1,5}):\d{1,5}\)?$/;

/** `agent/run.ts:31` of a frame: the place in the program, without where the program lies. */
function placeOf(frame: unknown): string {
  const [, place] = PLACE.exec(String(frame)) ?? [];
  return place ?? (String(frame).includes('(node:') ? 'node' : 'elsewhere');
}
