import { Failure, isFailure } from '../base/failure.ts';

/** What the operating system says of a file, as a Failure; anything else comes back as it is. */
export function asSystemFailure(error: unknown): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  const file = path === undefined ? '' : ` (${path})`;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure(
        'STORAGE_FULL',
        `The disk is full${file}, and nothing was half-written. Free some space, then try again.`,
        { retry: 'later', cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Failure('STORAGE_UNREACHABLE', `A file may not be written${file}. Check that you may write there.`, {
        cause: error,
      });
    default:
      return error;
  }
}
