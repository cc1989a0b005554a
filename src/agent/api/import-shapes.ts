/** What the local API says of imports. */
import { Type } from 'typebox';
import { count, failure, inDates, object, orNull, text, time, word } from './shapes.ts';

export const importWhat = word(
  ['outlook', 'files'],
  'what was in Outlook before the connector, or the files that were given',
);
const item = word(['event', 'contact', 'group']);
const fates = { new: count, taken: count, there: count, left: count, refused: count };
const row = object({
  what: item,
  title: Type.String(),
  when: Type.String({ description: 'of an event its time, of a contact its address' }),
  from: Type.String({ description: "the folder it lies in; '' for none" }),
  fate: word(['new', 'taken', 'there', 'left', 'refused']),
  reason: orNull(
    word(
      ['damaged', 'no-start', 'recurrence', 'invalid', 'deleted', 'version', 'server', 'outlook'],
      'of a refused item',
    ),
  ),
  detail: Type.String({ description: 'more about the reason, in English' }),
});

export const importReport = object({
  outcome: word(['done', 'cancelled']),
  undo: orNull(
    Type.String({ description: 'by what it is taken back; null where it made nothing, or took from Outlook' }),
  ),
  sources: Type.Array(
    object({
      name: Type.String(),
      kind: orNull(word(['pst', 'ics', 'vcf', 'csv', 'outlook'])),
      failure: orNull(object({ code: Type.String(), message: Type.String() })),
    }),
  ),
  counts: object({ event: object(fates), contact: object(fates), group: object(fates) }),
  others: Type.Integer({ minimum: 0, description: 'mail, tasks and whatever else is not imported' }),
  rows: Type.Array(row, { description: 'the first 500 of those that were not refused' }),
  refused: Type.Array(row, { description: 'the first 500 of those that were' }),
});

export const undoReport = object({
  outcome: word(['done', 'cancelled']),
  sources: Type.Array(Type.String()),
  removed: count,
  changed: Type.Integer({ minimum: 0, description: 'changed since: they stay' }),
  gone: Type.Integer({ minimum: 0, description: 'removed by somebody before' }),
  failed: Type.Integer({ minimum: 0, description: 'those that the server would not remove' }),
  stay: Type.Array(
    object({
      title: Type.String(),
      reason: orNull(Type.String({ description: 'in the words of the server; null: changed since' })),
    }),
    { description: 'the first 100 that stay' },
  ),
});

/** The one import that the windows speak of. */
export const importState = object({
  state: word(
    ['idle', 'looking', 'looked', 'taking', 'taken', 'undoing', 'undone', 'failed'],
    'nothing · comparing, writing nothing · compared · writing · written, or cancelled · taking back · taken back · it did not work: see `failure`',
  ),
  what: orNull(importWhat),
  files: Type.Array(object({ file: Type.Integer(), name: Type.String(), size: count, received: count }), {
    description: 'those that were given; one can be read once all of it was received',
  }),
  progress: orNull(object({ source: Type.String(), share: Type.Number({ minimum: 0, maximum: 1 }), items: count })),
  cancelling: Type.Boolean(),
  report: orNull(importReport),
  undone: orNull(undoReport),
  last: orNull(object({ id: Type.String(), at: time, sources: Type.Array(Type.String()), items: count })),
  failure: orNull(failure),
});

/** @units characters of base64: three megabytes at once */
export const LARGEST_PIECE = 4 * 1024 * 1024;
export const importInto = {
  ...inDates,
  what: importWhat,
  calendar: Type.Optional(text(1000, 'uid of the calendar that events go into; left out: they are left')),
  book: Type.Optional(text(1000, 'uid of the address book that contacts and lists go into; left out: they are left')),
};
