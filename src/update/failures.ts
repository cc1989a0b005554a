import { Failure, type Retry } from '../base/failure.ts';

/** The closed list of failures of updating; docs/errors.md explains each to people. None of them harms the version that works. */
export const UPDATE_FAILURES = {
  UPDATE_OFF: 'never',
  UPDATE_UNREACHABLE: 'later',
  UPDATE_NO_MANIFEST: 'later',
  UPDATE_KEY_UNKNOWN: 'later',
  UPDATE_SIGNATURE_WRONG: 'later',
  UPDATE_EXPIRED: 'later',
  UPDATE_ROLLED_BACK: 'later',
  UPDATE_BY_HAND: 'never',
  UPDATE_CUT: 'later',
  UPDATE_SIZE_WRONG: 'later',
  UPDATE_HASH_WRONG: 'later',
  UPDATE_NOTHING: 'never',
  UPDATE_FAILED: 'later',
  UPDATE_UNSIGNED: 'never',
} as const satisfies Record<string, Retry>;

export type UpdateFailureCode = keyof typeof UPDATE_FAILURES;

/** @param message one sentence that says what to do; the version that works stays in any case */
export function updateFailure(code: UpdateFailureCode, message: string, cause?: unknown): Failure {
  return new Failure(code, message, { retry: UPDATE_FAILURES[code], cause });
}
