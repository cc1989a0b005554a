import type { AbortSignalLike } from '../../base/clock.ts';
import {
  type Container,
  confirmGone,
  countItems,
  describeContainers,
  listSubscriptions,
  type Subscriptions,
} from '../../bluemind/containers.ts';
import type { DefaultFolders, OutlookFolders } from '../../outlook/side-folders.ts';
import type { PairRecord } from '../../storage/records.ts';
import type { FolderId } from '../../sync/side.ts';
import type { Working } from '../working.ts';
import { roleOf } from './container-role.ts';
import type { Located, Remembered, Survey } from './plan-folders.ts';

/** Asks the server, Outlook and the memory what there is; writes nothing. */
export async function surveyFolders(
  working: Working,
  folders: OutlookFolders,
  signal?: AbortSignalLike,
): Promise<Survey> {
  const { session, storage, account } = working;
  const subscriptions = await listSubscriptions(session, signal);
  const remembered = storage.pairs.all().map((record) => recall(working, record));
  const defaults = await folders.defaults();
  const located = await locateAll(folders, defaults, remembered);
  const before = foldersBefore(account.value) ?? located.flatMap(unmarkedIds);
  return {
    ...subscriptions,
    remembered,
    defaults,
    folders: located,
    others: await describeOthers(working, subscriptions, remembered, signal),
    counts: await countOrphans(working, subscriptions.containers, { remembered, located }, signal),
    before: new Set(before),
  };
}

/** The key of the row with which the user is asked about a whole folder. */
export function folderKey(pair: PairRecord): string {
  return `folder-${pair.id.slice(0, 8)}`;
}

/** The user's own folders below Calendar and Contacts when the account was connected; undefined before the first run. */
export function foldersBefore(account: Readonly<Record<string, unknown>>): readonly FolderId[] | undefined {
  return account['foldersBefore'] as readonly FolderId[] | undefined;
}

function recall({ storage }: Working, record: PairRecord): Remembered {
  const state = storage.state(record.id);
  const decision = state.held().find(({ key }) => key === folderKey(record))?.decision;
  const { life, names } = record.value;
  return {
    record,
    items: state.total(),
    decision: decision === 'apply' || decision === 'undo' ? decision : undefined,
    life: life === 'making' || life === 'deleting' ? life : 'steady',
    names: names as Remembered['names'],
  };
}

/** Everything below Calendar and Contacts, and the remembered folders wherever they are now. */
async function locateAll(
  folders: OutlookFolders,
  defaults: DefaultFolders,
  remembered: readonly Remembered[],
): Promise<readonly Located[]> {
  const located: Located[] = (await folders.list()).map((folder) => ({ folder, where: 'home' }));
  const known = new Set([...located.map(({ folder }) => folder.id), ...defaults.names.keys()]);
  let lost = false;
  for (const { record, decision } of remembered) {
    const id = record.folders.outlook;
    if (known.has(id)) continue;
    const found = await folders.find(id);
    if (found !== undefined) located.push({ folder: found.folder, where: found.deleted ? 'deleted' : 'elsewhere' });
    else if (decision === undefined) lost = true;
  }
  if (!lost) return located;
  // One that was moved to another store has another id there.
  const seen = new Set(located.map(({ folder }) => folder.id));
  const searched = (await folders.search()).filter(({ id }) => !seen.has(id));
  return [...located, ...searched.map((folder): Located => ({ folder, where: 'elsewhere' }))];
}

function unmarkedIds({ folder, where }: Located): readonly FolderId[] {
  return where === 'home' && folder.containerUid === undefined ? [folder.id] : [];
}

async function describeOthers(
  { session }: Working,
  { containers }: Subscriptions,
  remembered: readonly Remembered[],
  signal?: AbortSignalLike,
): Promise<ReadonlyMap<string, Container | 'gone'>> {
  const shown = new Set(containers.map(({ uid }) => uid));
  const missing = remembered.map(({ record }) => record.folders.server).filter((uid) => !shown.has(uid));
  const others = new Map<string, Container | 'gone'>();
  for (const container of await describeContainers(session, missing, signal)) others.set(container.uid, container);
  const absent = missing.filter((uid) => !others.has(uid));
  for (const uid of await confirmGone(session, absent, signal)) others.set(uid, 'gone');
  return others;
}

/** How much the server holds of the user's own containers whose folder was deleted in Outlook. */
async function countOrphans(
  { session }: Working,
  containers: readonly Container[],
  { remembered, located }: { remembered: readonly Remembered[]; located: readonly Located[] },
  signal?: AbortSignalLike,
): Promise<ReadonlyMap<string, number>> {
  const shown = new Set(located.filter(({ where }) => where !== 'deleted').map(({ folder }) => folder.id));
  const orphans = remembered.filter(({ record }) => !shown.has(record.folders.outlook));
  const uids = new Set(orphans.map(({ record }) => record.folders.server));
  const counts = new Map<string, number>();
  for (const container of containers)
    if (uids.has(container.uid) && roleOf(container) === 'personal')
      counts.set(container.uid, await countItems(session, container.uid, signal));
  return counts;
}
