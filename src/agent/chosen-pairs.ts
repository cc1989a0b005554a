import { Failure } from '../base/failure.ts';
import { type AccountPair, type LookedAt, lookAtAccount } from './look-at-account.ts';
import type { Working } from './working.ts';

/**
 * The synchronized pairs of the account, or those of one name; writes nothing.
 * @throws FOLDER_NOT_FOUND
 */
export async function chosenPairs(
  working: Working,
  folder: string | undefined,
): Promise<{ readonly account: LookedAt; readonly pairs: readonly AccountPair[] }> {
  const account = await lookAtAccount(working, 'rehearse', {});
  const there = account.pairs.filter(({ record, fresh }) => !fresh && record.folders.outlook !== '');
  const wanted = folder?.toLocaleLowerCase();
  const pairs = wanted === undefined ? there : there.filter(({ record }) => record.name.toLocaleLowerCase() === wanted);
  if (pairs.length === 0 && folder !== undefined)
    throw new Failure('FOLDER_NOT_FOUND', 'No synchronized folder has this name; see `connector folders`.');
  return { account, pairs };
}
