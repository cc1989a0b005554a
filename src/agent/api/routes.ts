/**
 * Every route of the agent's local API, in one table: the server is made from it (agent/host/local-api.ts), the client's types
 * (client.ts) and docs/agent-api.md (tools/generate-agent-api.ts). A route's name is its path below `/api/`. GET only looks and
 * takes a query of texts and numbers; POST changes something, or talks to the server, and takes a JSON object.
 */
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import {
  access,
  account,
  count,
  failure,
  folder,
  id,
  kind,
  language,
  line,
  object,
  orNull,
  run,
  side,
  status,
  text,
  time,
  word,
} from './shapes.ts';

type Route<Method extends 'GET' | 'POST', Input extends TObject, Answer extends TSchema> = {
  readonly method: Method;
  /** What it is for, in one sentence. */
  readonly does: string;
  readonly input: Input;
  readonly answer: Answer;
};
export type AnyRoute = Route<'GET' | 'POST', TObject, TSchema>;
export type RouteTable = Readonly<Record<string, AnyRoute>>;

export function get<I extends TProperties, A extends TSchema>(
  does: string,
  input: I,
  answer: A,
): Route<'GET', TObject<I>, A> {
  return { method: 'GET', does, input: object(input), answer };
}

export function post<I extends TProperties, A extends TSchema>(
  does: string,
  input: I,
  answer: A,
): Route<'POST', TObject<I>, A> {
  return { method: 'POST', does, input: object(input), answer };
}

/** What can be opened in the browser: the paths of the pages, and the words of `connector open`. */
export const DIALOGS = [
  'connect',
  'synchronize',
  'calendars',
  'books',
  'own-books',
  'options',
  'history',
  'held',
  'status',
  'trial',
] as const;
export type Dialog = (typeof DIALOGS)[number];

const inWords = { language: Type.Optional(language) };

const address = {
  server: text(300, '`mail.example.com` or `https://mail.example.com`; `https://` is added where it is left out'),
  login: text(300, '`user@domain`'),
  proxy: Type.Optional(text(300, '`http://proxy:3128`; left out or empty: none')),
  certificates: Type.Optional(text(100_000, 'further certificates to trust, PEM')),
};
const password = Type.String({ minLength: 1, maxLength: 1000 });

const container = object({
  uid: id,
  name: Type.String(),
  owner: Type.String({ description: "the owner's name; '' for one's own" }),
  access,
  color: orNull(Type.String({ description: '`#rrggbb`' })),
  subscribed: Type.Boolean(),
  fixed: orNull(word(['own-calendar', 'default-book'], 'why it cannot be unsubscribed')),
});
const containers = object({ containers: Type.Array(container) });
const chosen = { subscribe: Type.Array(id, { maxItems: 5000 }), unsubscribe: Type.Array(id, { maxItems: 5000 }) };

const ownBook = object({ uid: id, name: Type.String(), isDefault: Type.Boolean(), removable: Type.Boolean() });
const bookName = Type.String({ minLength: 1, maxLength: 200 });

const heldRow = object({
  pair: id,
  key: id,
  folder: Type.String(),
  title: Type.String(),
  rule: Type.String(),
  on: orNull(side),
  why: Type.String(),
  decision: orNull(word(['apply', 'undo', 'server', 'outlook'])),
});

const historyRow = object({
  id,
  at: time,
  folder: Type.String(),
  side,
  title: Type.String(),
  did: word(['update', 'delete']),
  rule: Type.String(),
  why: Type.String(),
  lost: Type.Array(Type.String({ description: 'fields whose value lost a conflict, in words' })),
  restored: orNull(time),
});

const version = object({
  field: Type.String({ description: 'in words' }),
  before: Type.String(),
  after: Type.String(),
  changed: Type.Boolean(),
});

const options = object({
  language: word(['en', 'fr', 'system']),
  advancedLogging: Type.Boolean(),
  minutes: Type.Integer({
    minimum: 1,
    maximum: 1440,
    description: 'between two runs when Outlook does not send and receive',
  }),
  conflicts: word(['server', 'outlook', 'newer', 'ask'], 'whose value stays when both sides changed one field'),
  edited: word(['keep', 'delete'], 'what becomes of an item that one side changed and the other deleted'),
  guard: object({
    count: Type.Integer({ minimum: 1, maximum: 100_000, description: 'deletions in one folder that are never held' }),
    percent: Type.Integer({ minimum: 1, maximum: 100, description: 'share of a folder that may go without asking' }),
  }),
  historyDays: Type.Integer({ minimum: 1, maximum: 3650 }),
});

export const ROUTES = {
  status: get('everything that a window shows around its contents', {}, status),
  folders: get('which container is which folder of Outlook, and when each was last in step', {}, Type.Array(folder)),
  runs: get(
    'the last runs, newest first',
    { most: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) },
    Type.Array(run),
  ),
  'runs/one': get(
    'a run with what it did',
    { id: Type.Integer(), ...inWords },
    object({
      run,
      folders: Type.Array(
        object({
          name: Type.String(),
          kind: orNull(kind),
          outcome: word(['done', 'cancelled', 'failed']),
          failure: orNull(failure),
          lines: Type.Array(line),
        }),
      ),
    }),
  ),
  run: post(
    'begins a run, or remembers that one is wanted after the one that goes on; its course is told by the event stream',
    {},
    object({ begun: Type.Boolean({ description: 'false: one went on already' }) }),
  ),
  'run/cancel': post('ends the run that goes on after the batch at hand', {}, object({ cancelled: Type.Boolean() })),
  plan: post(
    'what a run would do now, in words; nothing is written',
    inWords,
    object({ lines: Type.Array(object({ folder: Type.String(), line })), notes: Type.Array(Type.String()) }),
  ),

  open: post(
    'a link that opens a dialog in the browser, once and within a minute',
    { dialog: word(DIALOGS) },
    object({ url: Type.String() }),
  ),

  'account/test': post(
    'signs in and stores nothing; without a password the stored one is tried',
    { ...address, password: Type.Optional(password) },
    account,
  ),
  'account/connect': post('signs in, stores the account and begins the first run', { ...address, password }, account),
  'account/password': post(
    'changes the stored password once the server accepted it; ends a pause',
    { password },
    account,
  ),
  'account/disconnect': post(
    'forgets the account, its memory and its password',
    { outlook: word(['keep', 'remove'], 'what becomes of what the connector has put in Outlook') },
    object({ removed: Type.Integer({ minimum: 0, description: 'items taken out of Outlook' }) }),
  ),

  calendars: get('the calendars one may see, subscribed or not', {}, containers),
  'calendars/save': post('subscribes and unsubscribes', chosen, containers),
  books: get('the address books one may see, subscribed or not', {}, containers),
  'books/save': post('subscribes and unsubscribes', chosen, containers),
  'own-books': get("one's own address books", {}, Type.Array(ownBook)),
  'own-books/add': post('makes an address book', { name: bookName }, Type.Array(ownBook)),
  'own-books/rename': post('renames one', { uid: id, name: bookName }, Type.Array(ownBook)),
  'own-books/delete': post('deletes one with its contacts', { uid: id }, Type.Array(ownBook)),

  history: get(
    'what was overwritten or deleted, newest first',
    {
      ...inWords,
      find: Type.Optional(text(200, 'words of the title or the contents')),
      side: Type.Optional(side),
      pair: Type.Optional(id),
      before: Type.Optional(time),
      most: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    },
    object({ entries: Type.Array(historyRow), more: Type.Boolean() }),
  ),
  'history/one': get(
    'an entry with both versions beside each other',
    { id, ...inWords },
    object({ entry: historyRow, fields: Type.Array(version) }),
  ),
  'history/restore': post(
    'puts a version back, on both sides with the next run',
    { id },
    object({ restored: Type.Boolean() }),
  ),

  held: get('what waits for a decision', inWords, Type.Array(heldRow)),
  'held/decide': post(
    'decides; the next run carries it out',
    {
      rows: Type.Array(object({ pair: id, key: id }), { minItems: 1, maxItems: 10_000 }),
      decision: word(
        ['apply', 'undo', 'server', 'outlook'],
        'let it happen, or bring back; of a conflict whose value stays',
      ),
    },
    object({ decided: count }),
  ),
  attention: get(
    'items that are not in step, each with the reason',
    inWords,
    Type.Array(object({ folder: Type.String(), title: Type.String(), side: orNull(side), why: Type.String() })),
  ),
  verify: post(
    'compares both sides item by item; nothing is written',
    inWords,
    object({
      equal: Type.Boolean(),
      folders: Type.Array(
        object({
          name: Type.String(),
          compared: count,
          differences: Type.Array(object({ title: Type.String(), why: Type.String() })),
          failure: orNull(failure),
        }),
      ),
    }),
  ),

  options: get('the advanced options', {}, options),
  'options/save': post('changes some of them', Type.Partial(options).properties, options),
  'reset/look': post(
    'what a reset would take out of Outlook, and what was not sent to the server yet',
    inWords,
    object({
      items: count,
      folders: Type.Array(object({ name: Type.String(), items: count, removed: Type.Boolean() })),
      unsent: Type.Array(object({ folder: Type.String(), line })),
    }),
  ),
  reset: post(
    'takes everything that the connector has put in Outlook out of it; the next run brings it again',
    { unsent: word(['send', 'drop'], 'send what was not sent yet first, or drop it (it stays in the history)') },
    object({ removed: count }),
  ),
  'import/look': get(
    'items that were in Outlook before the connector and were left alone',
    {},
    Type.Array(object({ pair: id, folder: Type.String(), items: count })),
  ),
  import: post(
    'takes them into BlueMind with the next run',
    { pairs: Type.Array(id, { maxItems: 100 }) },
    object({ items: count }),
  ),
  log: get(
    'the last lines of the log, oldest first',
    { most: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })) },
    object({ lines: Type.Array(Type.String()) }),
  ),
  report: post(
    'a bundle for support, redacted: versions, settings, runs and log; it is shown before anybody gets it',
    {},
    object({ name: Type.String({ description: 'a name for its file' }), text: Type.String() }),
  ),
} as const satisfies RouteTable;

export type Routes = typeof ROUTES;
type Named<T extends RouteTable, M extends 'GET' | 'POST'> = {
  [N in keyof T]: T[N]['method'] extends M ? N : never;
}[keyof T] &
  string;
export type ReadName<T extends RouteTable = Routes> = Named<T, 'GET'>;
export type WriteName<T extends RouteTable = Routes> = Named<T, 'POST'>;
/** What a route takes, and what it answers with. */
export type Input<N extends keyof T, T extends RouteTable = Routes> = Static<T[N]['input']>;
export type Answer<N extends keyof T, T extends RouteTable = Routes> = Static<T[N]['answer']>;
