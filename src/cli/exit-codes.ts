import { API_FAILURES } from '../agent/host/api-failures.ts';
import { BLUEMIND_FAILURES } from '../bluemind/failures.ts';
import { IMPORT_FAILURES } from '../import/failures.ts';
import { DATABASE_FAILURES } from '../node/database-failure.ts';
import { UPDATE_FAILURES } from '../update/failures.ts';

/** The exit codes of every command; docs/errors.md lists them for people, and a test holds the two together. */
export const EXIT = {
  DONE: 0,
  /** A fault of the program itself. */
  BUG: 1,
  USAGE: 2,
  /** The run ended, and some items failed or wait for a decision. */
  INCOMPLETE: 3,
  CANCELLED: 130,
} as const;

/** One exit code for each failure a person can meet. */
export const EXIT_OF_FAILURE: Readonly<Record<string, number>> = {
  ...numbered(10, Object.keys(BLUEMIND_FAILURES)),
  ...numbered(36, ['AGENT_NOT_RUNNING', 'AGENT_RUNNING', 'AGENT_UNREACHABLE', 'AGENT_STOP_FORCED']),
  ...numbered(40, Object.keys(DATABASE_FAILURES)),
  ...numbered(45, IMPORT_FAILURES),
  ...numbered(50, [
    'FILE_UNREADABLE',
    'FILE_KIND_UNKNOWN',
    'ICAL_UNPARSABLE',
    'VCARD_UNPARSABLE',
    'EVENT_EMPTY',
    'EVENT_WITHOUT_START',
  ]),
  ...numbered(60, ['PORT_IN_USE', 'PORT_REFUSED']),
  ...numbered(65, [
    'OUTLOOK_UNAVAILABLE',
    'OUTLOOK_DENIED',
    'OUTLOOK_FAILED',
    'OUTLOOK_FOLDER_GONE',
    'OUTLOOK_FOLDER_NOT_OURS',
    'OUTLOOK_BAD_STRUCTURE',
    'FOLDER_NOT_FOUND',
    'ITEM_NOT_FOUND',
  ]),
  ...numbered(75, [
    'NO_ACCOUNT',
    'ACCOUNT_EXISTS',
    'ACCOUNT_UNKNOWN',
    'CREDENTIALS_UNREADABLE',
    'PASSWORD_MISSING',
    'RUN_IN_PROGRESS',
  ]),
  ...numbered(81, ['SETTING_MANAGED', 'IMPORT_UNKNOWN']),
  ...numbered(84, ['RESTORE_IMPOSSIBLE']),
  ...numbered(85, [
    'CONTAINER_AMBIGUOUS',
    'CONTAINER_DEFAULT',
    'CONTAINER_NOT_YOURS',
    'CONTAINER_NOT_EMPTY',
    'ACCOUNT_REPLACED',
  ]),
  ...numbered(90, ['USER_EXISTS', 'USER_UNKNOWN', 'CONTAINER_UNKNOWN', 'VALUE_INVALID']),
  ...numbered(94, Object.keys(API_FAILURES)),
  ...numbered(100, Object.keys(UPDATE_FAILURES)),
  ...numbered(114, ['REPORT_NOT_TAKEN', 'REPORT_UNKNOWN']),
  CANCELLED: EXIT.CANCELLED,
};

function numbered(first: number, codes: readonly string[]): Record<string, number> {
  return Object.fromEntries(codes.map((code, index) => [code, first + index]));
}
