import { type Static, Type } from 'typebox';
import { list, maybe, shape, text, word } from './schema.ts';

/** The words of `errorCode` in the body of a refused call; a client branches on these, not on the HTTP status. @source fact sheet 1.5 */
export const ERROR_CODES = [
  'UNKNOWN',
  'PERMISSION_DENIED',
  'FAILURE',
  'INVALID_ID',
  'INVALID_PARAMETER',
  'AUTHENTICATION_FAIL',
  'SQL_ERROR',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'FORBIDDEN',
  'ENTITY_TOO_LARGE',
  'INVALID_QUERY',
  'INVALID_PASSWORD',
  'INVALID_EMAIL',
  'OLD_PASSWORD_WRONG',
  'EMPTY_EVENT_TITLE',
  'NO_DURATION_EVENT',
  'NO_EVENT_DATE',
  'NO_EVENT_TYPE',
  'EVENT_PRIVACY_INVALID',
  'EVENT_ERROR',
  'CALENDAR_AUTHORISATION_ERROR',
  'CONTACT_DOMAIN_FORBIDDEN',
  'EVENT_ENDREPEAT_PRIOR_TO_EVENT_DATE',
  'EMPTY_DLIST_LABEL',
  'EMPTY_DLIST_FOLDER',
  'DLIST_LOOP',
  'TAG_ALREADY_EXIST',
  'DEPRECATED',
  'INVALID_GROUP_MEMBER',
  'EMPTY_EVENT_ATTACHMENT_VALUE',
  'TIMEOUT',
  'VERSION_HAS_CHANGED',
  'MULTIPLE_EVENT_COUNTERS',
  'EVENT_ACCEPTS_NO_COUNTERS',
  'EVENT_WEEKDAY_INVALID',
  'EVENT_DUPLICATED_RECURID',
  'MAX_ITEM_COUNT',
  'INVALID_PEM_CERTIFICATE',
  'INVALID_AUTH_PARAMETER',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The body of a refused call; `errorCode` is absent for an unexpected exception of the server. */
export const ErrorBody = shape({ errorCode: maybe(text), errorType: maybe(text), message: maybe(text) }, 'ErrorBody');
export type ErrorBody = Static<typeof ErrorBody>;

/**
 * A date or a point in time.
 * `iso8601` @units `yyyy-MM-dd` for precision Date; `yyyy-MM-dd'T'HH:mm:ss.SSS` with offset or Z for DateTime (bare = floating)
 * `timezone` an IANA id; null with precision Date
 */
export const BmDateTime = shape(
  { iso8601: maybe(text), timezone: maybe(text), precision: maybe(word(['Date', 'DateTime'])) },
  'BmDateTime',
);
export type BmDateTime = Static<typeof BmDateTime>;

export const Uids = list(text);
/** A map of settings: text to text. */
export const Settings = Type.Unsafe<Readonly<Record<string, string | null>>>({
  type: 'object',
  additionalProperties: { anyOf: [{ type: 'string' }, { type: 'null' }] },
});
export type Settings = Static<typeof Settings>;
