import type { AbortSignalLike } from '../base/clock.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** The account's settings, the domain's defaults filled in (API 6.1): `timezone`, `lang`, `working_days` … */
export async function readUserSettings(
  session: Session,
  signal?: AbortSignalLike,
): Promise<Readonly<Record<string, string>>> {
  const user = await session.user();
  const answer = await session.call({
    method: 'GET',
    path: path`/users/${user.domainUid}/${user.uid}/_settings`,
    signal,
  });
  return (answer ?? {}) as Readonly<Record<string, string>>;
}
