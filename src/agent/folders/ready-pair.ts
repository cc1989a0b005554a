import type { Container } from '../../bluemind/containers.ts';
import type { OutlookFolder } from '../../outlook/side-folders.ts';
import type { PairRecord } from '../../storage/records.ts';
import type { Working } from '../working.ts';
import { folderName } from './container-role.ts';
import type { Deed, PairDeed } from './plan-folders.ts';

/** A pair that is to be synchronized. */
export type ReadyPair = {
  readonly container: Container;
  readonly record: PairRecord;
  readonly place: 'own' | 'ours';
  /** Not remembered before this run: what lies in a folder of the user's own already is not ours. */
  readonly fresh: boolean;
  /** Its folder is taken out of Outlook after this run. */
  readonly leaving: (Deed & { readonly do: 'takeDown' }) | undefined;
};

/**
 * The pair of a container and its folder: remembered over runs by the container's uid, wherever its folder is moved. One whose
 * folder was made anew begins anew. Writes nothing.
 */
export function readyPair(
  { account, newId }: Pick<Working, 'account' | 'newId'>,
  { container, was, place, name }: PairDeed,
  folder: Pick<OutlookFolder, 'id' | 'name'>,
  made: boolean,
): ReadyPair {
  const anew = made && was?.life !== 'making';
  // Outlook's own folders change with the default store; what was known of the old one says nothing of the new one.
  const known = anew || (place === 'own' && was?.record.folders.outlook !== folder.id) ? undefined : was?.record;
  const { life: _, ...value } = known?.value ?? {};
  const names = place === 'ours' ? { names: { server: folderName(container), outlook: folder.name } } : {};
  const record: PairRecord = {
    id: known?.id ?? newId(),
    account: account.id,
    kind: container.kind,
    name,
    folders: { server: container.uid, outlook: folder.id },
    value: { ...value, write: container.access.write, color: container.color ?? null, ...names },
  };
  return { container, record, place, fresh: known === undefined, leaving: undefined };
}
