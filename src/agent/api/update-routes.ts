/** New versions of the connector, and reports for who helps the user: part of the table of routes. */
import { Type } from 'typebox';
import { count, failure, language, object, orNull, text, time, word } from './shapes.ts';

const news = object({
  version: Type.String(),
  date: Type.String({ description: "`2026-03-02`; '' before the release" }),
  lines: Type.Array(Type.String(), { description: 'in the language that was asked for' }),
});

const offer = object({
  version: Type.String(),
  released: time,
  size: Type.Integer({ minimum: 0, description: 'bytes of the download' }),
  news,
});

export const updates = object({
  installed: Type.String(),
  off: orNull(
    word(
      ['option', 'policy', 'source', 'not-installed', 'no-key', 'no-channel'],
      'why there are none by themselves; null: there are. docs/updates.md',
    ),
  ),
  channel: word(['stable', 'preview']),
  url: orNull(Type.String({ description: 'the folder that is asked' })),
  state: word(['idle', 'checking', 'downloading', 'staged', 'installing']),
  offer: orNull(offer),
  done: orNull(Type.Integer({ minimum: 0, description: 'bytes of a download that goes on' })),
  checked: orNull(object({ at: time, failure: orNull(failure) })),
  next: orNull(Type.String({ description: 'when the channel is asked next' })),
  outlook: Type.Boolean({ description: 'Outlook is open, so that the user is asked when to update' }),
  wish: orNull(object({ when: word(['now', 'tonight', 'later']), at: orNull(time) })),
  last: orNull(
    object({
      at: time,
      version: Type.String(),
      from: Type.String(),
      did: word(['installed', 'not-installed', 'not-up'], 'the two others: the version before has returned'),
    }),
  ),
});

export const UPDATE_ROUTES = {
  updates: {
    method: 'GET',
    does: 'what is known of new versions',
    input: object({ language: Type.Optional(language) }),
    answer: updates,
  },
  'updates/check': {
    method: 'POST',
    does: 'asks the channel now, and downloads what it offers; answers when that is done',
    input: object({ language: Type.Optional(language) }),
    answer: updates,
  },
  'updates/install': {
    method: 'POST',
    does: 'installs what was downloaded: now (closing Outlook, which is opened again), tonight, or to be asked again later',
    input: object({ when: word(['now', 'tonight', 'later']), language: Type.Optional(language) }),
    answer: updates,
  },
  news: {
    method: 'GET',
    does: "what's new in the installed version and those before it, newest first",
    input: object({ language: Type.Optional(language) }),
    answer: Type.Array(news),
  },
  report: {
    method: 'POST',
    does: 'makes a report for whoever helps, redacted; it is shown whole before anybody gets it',
    input: object({}),
    answer: object({
      id: Type.String({ description: 'of this very report, for `report/send`; kept until the next one is made' }),
      name: Type.String({ description: 'a name for its file' }),
      text: Type.String({ description: 'JSON' }),
      to: orNull(Type.String({ description: 'the host that takes reports; null where the server takes none' })),
      size: count,
    }),
  },
  'report/send': {
    method: 'POST',
    does: 'sends a report that was shown, with a note of the user, to the server',
    input: object({ id: text(100), note: Type.Optional(text(10_000)) }),
    answer: object({ number: Type.String({ description: 'under which the administrator finds it' }) }),
  },
} as const;
