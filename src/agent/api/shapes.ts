/** What the agent's local API speaks of: schemas, from which come the types of both ends, the checks and docs/agent-api.md. */
import { type Static, type TProperties, type TSchema, Type } from 'typebox';

/** An object with exactly these members. */
export function object<P extends TProperties>(members: P, description?: string) {
  return Type.Object(members, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });
}

export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** One of these words, exactly. */
export function word<const W extends readonly string[]>(words: W, description?: string) {
  const options = description === undefined ? {} : { description };
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...words], ...options });
}

/** Text of at most `most` characters. */
export function text(most: number, description?: string) {
  return Type.String({ maxLength: most, ...(description === undefined ? {} : { description }) });
}

export const time = Type.String({ description: 'ISO 8601 in UTC' });
export const count = Type.Integer({ minimum: 0 });
export const side = word(['server', 'outlook']);
export const kind = word(['calendar', 'addressbook']);
export const access = word(['R/W', 'R']);
export const language = word(['en', 'fr'], 'of the sentences in the answer');
/** Whatever names something of ours or of the server. */
export const id = text(1000);

/** Why something did not work; client.ts says which box of a dialog a code belongs beside. */
export const failure = object({
  code: Type.String({ description: 'stable; docs/errors.md explains each' }),
  message: Type.String({ description: 'one English sentence that says what to do' }),
  retry: word(['now', 'later', 'never']),
  after: orNull(Type.Number({ description: 'seconds to wait before trying again' })),
});

export const account = object({
  server: Type.String({ description: '`https://…`' }),
  login: Type.String({ description: '`user@domain`' }),
  name: Type.String({ description: "the user's name as the server shows it" }),
  serverVersion: Type.String({ description: "'' where the server does not tell it" }),
  proxy: Type.String({ description: "'' for none of its own" }),
  certificates: Type.Boolean({ description: 'whether certificates of its own are trusted' }),
});

export const why = word(
  ['asked', 'send-receive', 'outlook', 'push', 'timer', 'start', 'wake', 'online', 'changed'],
  'what made a run begin: the user, the end of Send/Receive, a change in Outlook, one on the server, the time, ' +
    'the start of the agent, waking from sleep, the network coming back, changed settings',
);

/** A run that goes on. */
export const progress = object({
  startedAt: time,
  why,
  folders: Type.Array(
    object({
      name: Type.String(),
      kind,
      state: word(['waiting', 'running', 'done', 'failed']),
      done: count,
      total: orNull(Type.Integer({ minimum: 0, description: 'null until the folder was looked at' })),
    }),
  ),
  cancelling: Type.Boolean(),
});

/** A run that ended; several in a row that found nothing to do are one, counted in `times`. */
export const run = object({
  id: Type.Integer(),
  startedAt: time,
  endedAt: orNull(time),
  times: count,
  why: Type.String({ description: '`asked`, `interval` or `hint`' }),
  changes: count,
  failed: count,
  held: Type.Integer({ minimum: 0, description: 'deletions that wait for the user' }),
  folders: count,
  notes: Type.Array(object({ en: Type.String(), fr: Type.String() })),
  failure: orNull(failure),
});

/** An action of a run or a plan, as a value and in words. */
export const line = object({
  do: word(['link', 'create', 'update', 'merge', 'delete', 'forget']),
  on: orNull(side),
  title: Type.String(),
  rule: Type.String({ description: 'of docs/sync.md' }),
  outcome: word(['planned', 'done', 'held', 'stale', 'gone', 'refused', 'failed']),
  detail: Type.String(),
  fields: Type.Array(Type.String({ description: 'that change, in words' })),
  what: Type.String(),
  why: Type.String(),
  became: Type.String({ description: "what became of it, '' when it went well or is only planned" }),
});

export const folder = object({
  pair: id,
  name: Type.String(),
  kind,
  container: id,
  access,
  items: count,
  last: orNull(time),
  outcome: orNull(word(['done', 'cancelled', 'failed'])),
  failure: orNull(failure),
});

/** One part of the agent, as its supervisor sees it. */
export const part = object({
  name: word(['runs', 'timer', 'outlook', 'push', 'api', 'updates']),
  state: word(['works', 'rests']),
  failures: Type.Integer({ minimum: 0, description: 'since it last worked for a while' }),
  code: orNull(Type.String({ description: 'of the last failure' })),
  until: orNull(Type.String({ description: 'when a part that rests is started again' })),
});

export const warning = object({
  code: word(['INTERVAL_SHORT', 'PUSH_UNAVAILABLE']),
  message: Type.String(),
});

/** Everything that a window shows around its contents. */
export const status = object({
  version: Type.String(),
  language: word(['en', 'fr', 'system']),
  server: orNull(Type.String({ description: 'the server that the organisation has set; null: the user chooses' })),
  account: orNull(account),
  state: word(['unconnected', 'idle', 'running', 'paused']),
  paused: orNull(
    object({ failure, since: time }, 'the login was refused: nothing happens by itself until a password was given'),
  ),
  progress: orNull(progress),
  last: orNull(run),
  next: orNull(Type.String({ description: 'when a run begins that nothing else causes' })),
  sendReceive: object({
    minutes: orNull(Type.Number({ description: "Outlook's interval; null where Outlook does not tell" })),
    last: orNull(time),
  }),
  push: word(['on', 'off', 'connecting']),
  attention: object({ held: count, items: count }),
  warnings: Type.Array(warning),
  parts: Type.Array(part),
});

/** One message of the event stream. `changed`: what a window shows of it should be asked for again. */
export const event = Type.Union([
  object({ kind: Type.Literal('status'), status }),
  object({ kind: Type.Literal('progress'), progress }),
  object({
    kind: Type.Literal('changed'),
    what: word(['runs', 'folders', 'history', 'held', 'options', 'subscriptions', 'items', 'updates', 'import']),
  }),
]);

export type Failed = Static<typeof failure>;
export type Account = Static<typeof account>;
export type Why = Static<typeof why>;
export type Progress = Static<typeof progress>;
export type RunSummary = Static<typeof run>;
export type PlanLine = Static<typeof line>;
export type FolderStatus = Static<typeof folder>;
export type PartStatus = Static<typeof part>;
export type Warning = Static<typeof warning>;
export type Status = Static<typeof status>;
export type AgentEvent = Static<typeof event>;

/** In whose words, and by whose clock. */
export const inDates = {
  language: Type.Optional(language),
  habits: Type.Optional(text(100, 'whose way of writing dates: `en-GB`; left out: as ISO 8601 writes them')),
  zone: Type.Optional(text(100, 'by whose clock moments are told: `Europe/Paris`; goes with `habits`')),
};
