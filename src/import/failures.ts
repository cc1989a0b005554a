import { Failure } from '../base/failure.ts';

/**
 * The failures of this room: each is about a file as a whole. What is wrong with one item of it is a refusal with its reason.
 *
 * | code | meaning | what to do |
 * | --- | --- | --- |
 * | IMPORT_UNREADABLE | the file is not there or may not be read | check its name and rights |
 * | IMPORT_KIND_UNKNOWN | it is none of the kinds that are imported | choose another file |
 * | IMPORT_DAMAGED | it cannot be read to its end | repair it, or export it anew |
 * | IMPORT_ENCRYPTED | it is encrypted in a way that is not read | export it without |
 * | IMPORT_PASSWORD | it asks for a password | take the password off in Outlook |
 */
export const IMPORT_FAILURES = [
  'IMPORT_UNREADABLE',
  'IMPORT_KIND_UNKNOWN',
  'IMPORT_DAMAGED',
  'IMPORT_ENCRYPTED',
  'IMPORT_PASSWORD',
] as const;
export type ImportFailureCode = (typeof IMPORT_FAILURES)[number];

export function importFailure(code: ImportFailureCode, message: string, cause?: unknown): Failure {
  return new Failure(code, message, { cause });
}

/** @param what the part that does not fit, in words */
export function damagedFile(what: string): Failure {
  return importFailure(
    'IMPORT_DAMAGED',
    `The Outlook data file is damaged (${what}). Repair it with Outlook's Inbox Repair tool (scanpst.exe) and import it again.`,
  );
}
