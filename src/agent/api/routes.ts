/**
 * Every route of the agent's local API, in one table: the server is made from it (agent/host/local-api.ts), the client's types
 * (client.ts) and docs/agent-api.md (tools/generate-agent-api.ts). A route's name is its path below `/api/`. GET only looks and
 * takes a query of texts and numbers; POST changes something, or talks to the server, and takes a JSON object.
 */
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import { importInto, importState, LARGEST_PIECE } from './import-shapes.ts';
import {
  access,
  account,
  count,
  failure,
  folder,
  id,
  inDates,
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
import { UPDATE_ROUTES } from './update-routes.ts';

type Route<Method extends 'GET' | 'POST', Input extends TObject, Answer extends TSchema> = {
  readonly method: Method;
  /** What it is for, in one sentence. */
  readonly does: string;
  readonly input: Input;
  readonly answer: Answer;
  /** Of the body, where it is larger than others may be. @units bytes */
  readonly largest?: number;
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
  'import',
  'held',
  'status',
  'updates',
  'report',
  'trial',
] as const;
export type Dialog = (typeof DIALOGS)[number];

const inWords = { language: Type.Optional(language) };

const inFolder = { folder: Type.Optional(text(300, 'its name; left out: all')) };
const unsent = word(['send', 'drop'], 'what was not sent yet: send it first, or keep it in the history only');
const resetDone = object({
  name: Type.String(),
  removed: count,
  stayed: Type.Integer({ minimum: 0, description: 'items that Outlook did not give up' }),
  kept: Type.Array(line, { description: 'what could not be sent: nothing was taken out of this folder' }),
});

const address = {
  server: text(300, '`mail.example.com` or `https://mail.example.com`; `https://` is added where it is left out'),
  login: text(300, '`user@domain`'),
  proxy: Type.Optional(text(300, '`http://proxy:3128`; left out or empty: none')),
  certificates: Type.Optional(text(100_000, 'further certificates to trust, PEM')),
};
const password = Type.String({ minLength: 1, maxLength: 1000 });

const container = object({
  uid: id,
  kind,
  name: Type.String(),
  owner: Type.String({ description: "the owner's name; '' for one's own" }),
  access,
  color: orNull(Type.String({ description: '`#rrggbb`' })),
  subscribed: Type.Boolean({ description: 'with a copy in Outlook' }),
  fixed: orNull(word(['own-calendar', 'default-book'], 'why it cannot be unsubscribed, renamed or deleted')),
  personal: Type.Boolean({ description: 'made by the user, who may rename and delete it' }),
});
const chosen = Type.Array(id, { maxItems: 2000 });
const name = Type.String({ minLength: 1, maxLength: 200 });

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
  when: Type.String({ description: 'what is said beside the title: of an event its time' }),
  did: word(['update', 'delete']),
  rule: Type.String(),
  why: Type.String(),
  restored: orNull(time),
  fields: Type.Array(
    object({
      field: Type.String({ description: 'in words' }),
      before: Type.String({ description: 'what is kept here' }),
      after: Type.String({ description: 'what took its place' }),
      lost: Type.Boolean({ description: 'whether both sides had changed it and this value lost' }),
    }),
    { description: 'none for a deletion' },
  ),
});

const whole = (least: number, most: number, description: string) =>
  Type.Integer({ minimum: least, maximum: most, description });
const choices = {
  language: word(['system', 'en', 'fr'], 'of the windows'),
  notices: Type.Boolean({ description: 'Windows: the icon beside the clock tells what waits for the user' }),
  advancedLogging: Type.Boolean(),
  updates: Type.Boolean({ description: 'new versions are downloaded and installed by themselves' }),
  updateChannel: word(['stable', 'preview']),
  shareStatus: Type.Boolean({ description: 'a server that asks for it is told version, last run and error codes' }),
  minutes: whole(1, 1440, 'between two runs that nothing else causes'),
  conflicts: word(['server', 'outlook', 'ask'], 'whose value stays when both sides changed one field'),
  guardCount: whole(0, 1_000_000, 'deletions in one folder that are never held'),
  guardShare: whole(0, 100, 'percent of a folder that may go without asking'),
  historyDays: whole(1, 3650, 'that versions are kept'),
  historyMegabytes: whole(1, 100_000, 'that they may take up'),
  reportDays: whole(1, 3650, 'that reports of runs are kept'),
};
const options = object({
  ...choices,
  managed: Type.Array(Type.String(), {
    description: 'those of them that the organisation has set, by their names here; they cannot be changed',
  }),
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
    'forgets the account, its memory and its password; taking things out of Outlook first needs the server, and where something ' +
      'could not be sent or taken out, the account stays connected',
    {
      ...inWords,
      outlook: word(['keep', 'remove'], 'what becomes of what the connector has put in Outlook'),
      unsent: Type.Optional(unsent),
    },
    object({ disconnected: Type.Boolean(), folders: Type.Array(resetDone) }),
  ),

  containers: get(
    "the calendars or address books one may see, subscribed or not: one's own, the default first, then the others' by name",
    { kind, search: Type.Optional(text(200, 'words of name or owner')) },
    Type.Array(container),
  ),
  'containers/save': post(
    'subscribes and unsubscribes; the next run, which begins at once, makes the folders and takes them away',
    { kind, subscribe: chosen, unsubscribe: chosen },
    Type.Array(container),
  ),
  'containers/add': post(
    "makes a calendar or address book of one's own and subscribes to it",
    { kind, name },
    container,
  ),
  'containers/rename': post('renames one that the user made', { kind, uid: id, name }, container),
  'containers/delete': post(
    'deletes one that the user made; one that holds items only when the user was asked (CONTAINER_NOT_EMPTY)',
    { kind, uid: id, confirmed: Type.Optional(Type.Boolean()) },
    container,
  ),

  history: get(
    'what was overwritten or deleted, newest first, with what took its place',
    {
      ...inDates,
      find: Type.Optional(text(200, 'words of the title or of what the item says')),
      side: Type.Optional(side),
      folder: Type.Optional(text(300, 'its name')),
      since: Type.Optional(time),
      most: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    },
    Type.Array(historyRow),
  ),
  'history/restore': post(
    'puts a version back: an edit on behalf of the user, which the next run carries to the other side',
    { id, to: Type.Optional(word(['server', 'outlook', 'both'], 'the side where it was unless told otherwise')) },
    object({
      title: Type.String(),
      folder: Type.String(),
      done: Type.Array(
        object({ side, did: word(['created', 'changed', 'nothing']), fields: Type.Array(Type.String()) }),
      ),
    }),
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
  conflicts: get(
    'what both sides changed and waits for the user, with both values; decided by held/decide',
    inDates,
    Type.Array(
      object({
        pair: id,
        key: id,
        folder: Type.String(),
        title: Type.String(),
        when: Type.String(),
        fields: Type.Array(object({ field: Type.String(), server: Type.String(), outlook: Type.String() })),
        decision: orNull(word(['apply', 'undo', 'server', 'outlook'])),
      }),
    ),
  ),
  attention: get(
    'items that are not kept in step, each with the reason',
    { ...inFolder, ...inDates },
    Type.Array(
      object({
        folder: Type.String(),
        title: Type.String(),
        when: Type.String(),
        reason: Type.String({
          description: '`before`: from before the connector; `birthday`: made by Outlook; else a rule of docs/sync.md',
        }),
        why: Type.String(),
      }),
    ),
  ),
  verify: post(
    'compares both sides item by item from what they hold now; nothing is written',
    { ...inFolder, ...inDates },
    object({
      equal: Type.Boolean(),
      folders: Type.Array(
        object({
          name: Type.String(),
          kind: Type.String(),
          items: object({ server: count, outlook: count }),
          equal: count,
          leftAlone: count,
          unequal: Type.Array(
            object({
              what: word(['missing', 'differs', 'unreadable', 'unclear']),
              on: orNull(side),
              title: Type.String(),
              when: Type.String(),
              fields: Type.Array(object({ field: Type.String(), server: Type.String(), outlook: Type.String() })),
            }),
          ),
          failure: orNull(failure),
        }),
      ),
    }),
  ),
  repair: post(
    'compares everything anew and pairs again what the memory has lost',
    inFolder,
    object({ changes: count, failed: count }),
  ),
  'reset/look': post(
    'what a reset would take out of Outlook, and what was not sent to the server yet; nothing is written',
    { ...inFolder, ...inWords },
    Type.Array(object({ name: Type.String(), items: count, unsent: Type.Array(line) })),
  ),
  reset: post(
    'takes what the connector has put in Outlook out of it; the next run, which begins at once, brings it anew',
    { ...inFolder, ...inWords, unsent },
    Type.Array(resetDone),
  ),

  import: get('the import that goes on, or the last one', {}, importState),
  'import/file': post(
    'announces a file that is to be imported; its bytes follow',
    { name: text(300), size: count },
    object({ file: Type.Integer() }),
  ),
  'import/piece': {
    ...post(
      'the next bytes of a file, in its order',
      { file: Type.Integer(), at: count, bytes: text(LARGEST_PIECE, 'base64') },
      object({ received: count }),
    ),
    largest: LARGEST_PIECE + 1024,
  },
  'import/look': post('begins to read and compare; nothing is written', importInto, object({ begun: Type.Boolean() })),
  'import/take': post(
    'begins to write what is new; nobody is notified, and what is there already is not changed',
    importInto,
    object({ begun: Type.Boolean({ description: 'false: an import goes on already' }) }),
  ),
  'import/undo': post(
    'begins to take an import from files back: what it made and nobody changed since is removed',
    { id: text(100, 'of `last`, or `undo` of the report') },
    object({ begun: Type.Boolean({ description: 'false: an import goes on already' }) }),
  ),
  'import/cancel': post(
    'ends the import that goes on; what was taken stays, and the same import goes on where it ended',
    {},
    object({ cancelled: Type.Boolean() }),
  ),
  'import/forget': post('drops the files that were given and the last report', {}, importState),

  options: get('the advanced options', {}, options),
  'options/save': post('changes some of them', Type.Partial(object(choices)).properties, options),
  log: get(
    'the last lines of the log, oldest first',
    { most: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })) },
    object({ lines: Type.Array(Type.String()) }),
  ),
  stop: post(
    'ends the agent: a run after its batch at hand; whatever was interrupted is completed by the next run',
    {},
    object({ pid: Type.Integer({ description: 'the process that ends' }) }),
  ),
  ...UPDATE_ROUTES,
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
