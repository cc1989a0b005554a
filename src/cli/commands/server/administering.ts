import { Failure, isFailure } from '../../../base/failure.ts';
import { findUser } from '../../../server/admin/accounts.ts';
import type { Kernel } from '../../../server/kernel/kernel.ts';
import { openKernel } from '../../../server/open-server.ts';
import type { DataFolder } from '../../context.ts';
import { mustExist } from '../open-agent.ts';

/** Works on the embedded server's data file; the server may be running on it meanwhile. */
export async function administering<T>(data: DataFolder, work: (kernel: Kernel) => T | Promise<T>): Promise<T> {
  mustExist(data);
  const opened = openKernel({ dataFile: data.server });
  try {
    return await work(opened.kernel);
  } catch (error) {
    throw inCliWords(error);
  } finally {
    await opened.close();
  }
}

const CODES: Readonly<Record<string, string>> = {
  ALREADY_EXISTS: 'USER_EXISTS',
  NOT_FOUND: 'USER_UNKNOWN',
  INVALID_PARAMETER: 'VALUE_INVALID',
  INVALID_PASSWORD: 'VALUE_INVALID',
};

/** The server's own error codes are those of its API; a person at the terminal gets ours. */
function inCliWords(error: unknown): unknown {
  const code = isFailure(error) ? CODES[error.code] : undefined;
  return isFailure(error) && code !== undefined ? new Failure(code, error.message, { cause: error }) : error;
}

/** The uid of a calendar or book, given itself or as the login of a person, for the own calendar. @throws CONTAINER_UNKNOWN */
export function containerOf(kernel: Kernel, given: string): string {
  if (kernel.store.containers.byUid(given) !== undefined) return given;
  const owner = findUser(kernel, given);
  const calendar =
    owner &&
    kernel.store.containers
      .ofOwner(owner.uid, owner.domain)
      .find(({ type, defaultContainer }) => type === 'calendar' && defaultContainer);
  if (calendar === undefined)
    throw new Failure(
      'CONTAINER_UNKNOWN',
      `There is no calendar or book "${given}"; see \`connector calendar list\` and \`connector book list\`.`,
    );
  return calendar.uid;
}

/** The login of a person, the domain of a directory, else the uid itself. */
export function nameOf(kernel: Kernel, domain: string, uid: string): string {
  const entry = kernel.store.people.entry(domain, uid);
  if (entry === undefined) return uid === `addressbook_${domain}` ? domain : uid;
  return entry.login === undefined ? entry.displayName : `${entry.login}@${entry.domain}`;
}
