import { Failure } from '../../base/failure.ts';

/**
 * The failures of this room. Both concern one item and stay until the item is changed.
 *
 * | code | meaning | what to do |
 * | --- | --- | --- |
 * | OUTLOOK_BAD_STRUCTURE | a binary property is damaged | skip the item, name it in the report |
 * | OUTLOOK_UNSUPPORTED_RECURRENCE | a series counts the months of a calendar that is not the Gregorian one | as above |
 */
export type StructureFailureCode = 'OUTLOOK_BAD_STRUCTURE' | 'OUTLOOK_UNSUPPORTED_RECURRENCE';

/** @param structure what was read, in words: `recurrence`, `time zone` */
export function badStructure(structure: string, what: string): Failure {
  return new Failure(
    'OUTLOOK_BAD_STRUCTURE' satisfies StructureFailureCode,
    `The ${structure} of this Outlook item is damaged (${what}); open the item in Outlook, set it again and save.`,
  );
}

/** A recurrence that no Gregorian rule can express. */
export function unsupportedRecurrence(what: string): Failure {
  return new Failure(
    'OUTLOOK_UNSUPPORTED_RECURRENCE' satisfies StructureFailureCode,
    `The series repeats by a calendar that cannot be synchronised (${what}); change it to the Gregorian calendar in Outlook.`,
  );
}
