import type { Static } from 'typebox';
import { maybe, primitive, shape, text, whole, word } from './schema.ts';

/** A long piece of work of the server, to be polled. */
export const TaskRef = shape({ id: maybe(text) }, 'TaskRef');
export type TaskRef = Static<typeof TaskRef>;

/** `result` is a JSON text, to be parsed again. */
export const TaskStatus = shape(
  {
    steps: primitive(whole, 0),
    progress: primitive(whole, 0),
    lastLogEntry: maybe(text),
    state: word(['NotStarted', 'InProgress', 'InError', 'Success']),
    result: maybe(text),
  },
  'TaskStatus',
);
export type TaskStatus = Static<typeof TaskStatus>;
