import { Failure, isFailure } from '../../base/failure.ts';
import { ERROR_CODES, type ErrorCode } from '../../wire/common.ts';

/**
 * Refusals, as BlueMind tells them. A *fault* has an error code; a *bare fault* is what the original answers when it stumbles
 * over a null or an unknown zone: HTTP 500 without `errorCode`, which clients take for maybe transient.
 */
export const BARE = 'BARE';

/** A refusal with an error code. */
export function fault(code: ErrorCode, message: string): Failure {
  return new Failure(code, message);
}

/** A refusal without an error code. */
export function bareFault(message: string): Failure {
  return new Failure(BARE, message);
}

/** The refused client of fact sheet 1.4: code FAILURE with its own HTTP status. */
export class RefusedClient extends Failure {
  constructor(message: string) {
    super('FAILURE', message);
  }
}

/** HTTP status of a failure: only four codes have their own, everything else is 500. @source fact sheet 1.5 */
export function statusOf(failure: Failure): number {
  if (failure instanceof RefusedClient) return 409;
  switch (failure.code) {
    case 'AUTHENTICATION_FAIL':
      return 401;
    case 'PERMISSION_DENIED':
      return 403;
    case 'NOT_FOUND':
      return 404;
    default:
      return 500;
  }
}

/** The body of a refused call; anything that is not a {@link Failure} is told without its message, which may hold contents. */
export function errorBody(error: unknown): { errorCode?: string; errorType: string; message: string } {
  if (!isFailure(error))
    return { errorType: 'java.lang.RuntimeException', message: 'The server met an unexpected state; see its log.' };
  if (error.code === BARE) return { errorType: 'java.lang.NullPointerException', message: error.message };
  return {
    errorCode: toldCode(error.code),
    errorType: 'net.bluemind.core.api.fault.ServerFault',
    message: error.message,
  };
}

/** Failures of the data file have codes of their own, which BlueMind's clients do not know. */
function toldCode(code: string): ErrorCode {
  if ((ERROR_CODES as readonly string[]).includes(code)) return code as ErrorCode;
  return code.startsWith('DATA_') || code === 'DISK_FULL' ? 'SQL_ERROR' : 'UNKNOWN';
}

/** Whether a failure concerns one item of a batch only; a bare one fails the whole batch. */
export function isBusiness(error: unknown): error is Failure {
  return isFailure(error) && error.code !== BARE;
}
