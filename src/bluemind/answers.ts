/**
 * What an answer must be before anything is concluded from it. An answer without a body says nothing: taken for an empty list it
 * would pass for the deletion of everything that was known.
 */
import { bluemindFailure } from './failures.ts';

/** @throws SERVER_BAD_ANSWER when `answer` is no list; nothing at all is none */
export function listIn<T>(answer: unknown): readonly T[] {
  if (Array.isArray(answer)) return answer as T[];
  throw bad('a list');
}

/** A member of an answer that may be left out. @throws SERVER_BAD_ANSWER when it is there and no list */
export function listOrNone<T>(member: unknown): readonly T[] {
  return member === undefined || member === null ? [] : listIn<T>(member);
}

/** @throws SERVER_BAD_ANSWER when `answer` is no object */
export function objectIn<T extends object>(answer: unknown): Partial<T> {
  if (typeof answer === 'object' && answer !== null && !Array.isArray(answer)) return answer as Partial<T>;
  throw bad('an object');
}

/** @throws SERVER_BAD_ANSWER when `answer` is no number */
export function numberIn(answer: unknown): number {
  const number = Number(answer);
  if (Number.isFinite(number) && answer !== null && answer !== '') return number;
  throw bad('a number');
}

function bad(wanted: string) {
  return bluemindFailure(
    'SERVER_BAD_ANSWER',
    `The server answered something else than ${wanted}. The connector tries again later.`,
  );
}
