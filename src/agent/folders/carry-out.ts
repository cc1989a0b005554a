/**
 * Carries out what {@link planFolders} decided, each deed so that a process that dies in the middle of it goes on with it next
 * time. A deed that fails is told and tried again in the next run; it keeps no other from being done.
 */
import { assert } from '../../base/assert.ts';
import type { AbortSignalLike } from '../../base/clock.ts';
import { canonicalJson } from '../../base/digest.ts';
import { CANCELLED, isFailure, throwIfCancelled } from '../../base/failure.ts';
import type { Container } from '../../bluemind/containers.ts';
import {
  createOwnContainer,
  deleteOwnContainer,
  newContainerUid,
  renameOwnContainer,
} from '../../bluemind/own-containers.ts';
import { subscribe } from '../../bluemind/subscribe.ts';
import type { ConnectorFolder, OutlookFolder, OutlookFolders } from '../../outlook/side-folders.ts';
import type { PairRecord } from '../../storage/records.ts';
import type { RunNote } from '../../storage/run-records.ts';
import type { FolderReport } from '../../sync/report.ts';
import type { Run } from '../../sync/run.ts';
import type { FolderRun } from '../summary.ts';
import type { Working } from '../working.ts';
import { folderName, roleOf } from './container-role.ts';
import { keepContainer, keepUnsent } from './keep.ts';
import type { Deed, PairDeed } from './plan-folders.ts';
import { type ReadyPair, readyPair } from './ready-pair.ts';
import { failureNote, noteOf } from './say.ts';
import { folderKey } from './survey.ts';

export type CarriedOut = {
  readonly pairs: readonly ReadyPair[];
  readonly held: readonly FolderRun[];
  readonly notes: readonly RunNote[];
};

/** Opens the sides of a pair, whose container may be gone, and closes them whatever happens. */
export type PairWork = <T>(
  pair: { readonly record: PairRecord; readonly container: Container | undefined },
  work: <C>(run: Run<C>) => Promise<T>,
) => Promise<T>;

export type Carrying = {
  readonly working: Working;
  readonly folders: OutlookFolders;
  /** Opens the sides of a pair for {@link keepUnsent} and {@link keepContainer}. */
  readonly withPair: PairWork;
  readonly signal?: AbortSignalLike | undefined;
};

export async function carryOut(carrying: Carrying, deeds: readonly Deed[]): Promise<CarriedOut> {
  const names = new Map<string, string>();
  const pairs: ReadyPair[] = [];
  const held: FolderRun[] = [];
  const notes: RunNote[] = [];
  for (const deed of deeds) {
    throwIfCancelled(carrying.signal);
    try {
      const done = await carryOne(carrying, deed, names);
      pairs.push(...(done.pairs ?? []));
      held.push(...(done.held ?? []));
      const said = done.quiet ? undefined : noteOf(deed, 'run', done.kept);
      if (said !== undefined) notes.push(said);
    } catch (error) {
      if (!isFailure(error) || error.code === CANCELLED || error.code.startsWith('STORAGE_')) throw error;
      notes.push(failureNote(nameOf(deed), error));
    }
  }
  return { pairs, held, notes };
}

type Done = {
  readonly pairs?: readonly ReadyPair[];
  readonly held?: readonly FolderRun[];
  /** It says nothing now: its run over the folder will. */
  readonly quiet?: true;
  readonly kept?: number;
};

async function carryOne(carrying: Carrying, deed: Deed, names: Map<string, string>): Promise<Done> {
  const { working, folders, signal } = carrying;
  switch (deed.do) {
    case 'pair':
      return { pairs: [await pairUp(carrying, deed, names)], quiet: true };
    case 'putBack':
      return { pairs: [await putBack(carrying, deed)] };
    case 'renameFolder':
      names.set(deed.folder.id, await folders.rename(marked(deed.folder), deed.name));
      return {};
    case 'renameContainer': {
      const { uid, kind } = deed.container;
      await renameOwnContainer(working.session, { uid, kind, name: deed.name }, signal);
      names.set(uid, deed.name);
      return {};
    }
    case 'make':
      await make(carrying, deed);
      return {};
    case 'delete':
      await deleteAll(carrying, deed);
      return {};
    case 'hold':
      return { held: [hold(working, deed)] };
    case 'takeDown':
      return takeDown(carrying, deed);
    case 'wait':
      return {};
    case 'forget':
      working.storage.pairs.delete(deed.was.record.id);
      return {};
  }
}

async function pairUp(carrying: Carrying, deed: PairDeed, names: ReadonlyMap<string, string>): Promise<ReadyPair> {
  const { folders } = carrying;
  const container = { ...deed.container, name: names.get(deed.container.uid) ?? deed.container.name };
  const kind = container.kind === 'calendar' ? ('calendar' as const) : ('contacts' as const);
  const name = folderName(container);
  const made = deed.folder === undefined;
  const folder = deed.folder ?? (await folders.create({ kind, name, containerUid: container.uid }));
  if (deed.place === 'ours' && folder.containerUid !== container.uid) await folders.mark(folder, container.uid);
  const shown = { ...folder, name: names.get(folder.id) ?? folder.name };
  return ready(carrying.working, { ...deed, container, name: deed.place === 'own' ? deed.name : name }, shown, made);
}

function ready(working: Working, deed: PairDeed, folder: OutlookFolder, made: boolean): ReadyPair {
  const { storage } = working;
  const pair = readyPair(working, deed, folder, made);
  const { record, fresh } = pair;
  const known = storage.pairs.get(record.id);
  // One folder shows one container.
  for (const other of storage.pairs.all())
    if (other.id !== record.id && (other.folders.outlook === folder.id || other.folders.server === deed.container.uid))
      storage.pairs.delete(other.id);
  if (!fresh && known !== undefined && canonicalJson(known) !== canonicalJson(record)) storage.pairs.put(record);
  return pair;
}

async function putBack(carrying: Carrying, deed: Deed & { readonly do: 'putBack' }): Promise<ReadyPair> {
  const { folder, pair } = deed;
  if (folder === undefined) return pairUp(carrying, pair, new Map());
  await carrying.folders.putBack(marked(folder));
  return pairUp(carrying, { ...pair, folder }, new Map());
}

/** Remembered first, so that whatever is interrupted is completed by the next run and not begun once more. */
async function make(carrying: Carrying, { folder, was }: Deed & { readonly do: 'make' }): Promise<void> {
  const { working, folders, signal } = carrying;
  const { storage, account, session, newId } = working;
  const kind = folder.kind === 'calendar' ? ('calendar' as const) : ('addressbook' as const);
  const begun = was?.life === 'making' ? was.record : undefined;
  const uid = begun?.folders.server ?? newContainerUid(kind, newId());
  if (was !== undefined && begun === undefined) storage.pairs.delete(was.record.id);
  if (begun === undefined)
    storage.pairs.put({
      id: newId(),
      account: account.id,
      kind,
      name: folder.name,
      folders: { server: uid, outlook: folder.id },
      value: { life: 'making' },
    });
  if (folder.containerUid !== uid) await folders.mark(folder, uid);
  await createOwnContainer(session, { uid, kind, name: folder.name }, signal);
  await subscribe(session, [{ containerUid: uid, offlineSync: true }], signal);
}

async function deleteAll(carrying: Carrying, deed: Deed & { readonly do: 'delete' }): Promise<void> {
  const { working, folders, withPair, signal } = carrying;
  const { was, container, folder } = deed;
  const { record } = was;
  const { storage } = working;
  storage.pairs.put({ ...record, value: { ...record.value, life: 'deleting' } });
  if (container !== undefined) {
    assert(roleOf(container) === 'personal', 'only calendars and books that the user made are ever deleted');
    await withPair({ record, container }, keepContainer);
  }
  if (folder !== undefined) await withPair({ record, container }, keepUnsent);
  if (container !== undefined) await deleteOwnContainer(working.session, container, signal);
  if (folder !== undefined) await folders.remove(marked(folder));
  storage.pairs.delete(record.id);
}

/** Asks the user, in the words and with the commands of every held deletion. */
function hold({ storage, clock }: Working, { was, on }: Deed & { readonly do: 'hold' }): FolderRun {
  const { record } = was;
  const row = { key: folderKey(record), rule: 'G5', title: record.name, on } as const;
  const line = { do: 'delete', ...row, fields: [], conflicts: [], outcome: 'held', detail: '' } as const;
  const now = clock.now();
  const report: FolderReport = {
    pair: record.id,
    startedAt: now,
    endedAt: now,
    outcome: 'done',
    failure: undefined,
    lines: [line],
    recovered: 0,
    linked: 0,
  };
  storage.state(record.id).transaction((tx) => {
    tx.setHeld([row]);
    tx.addReport(report);
  });
  return { name: record.name, kind: record.kind === 'calendar' ? 'calendar' : 'addressbook', report };
}

/** One that can still be read is synchronized once more first; see {@link finishTakeDown}. */
async function takeDown(carrying: Carrying, deed: Deed & { readonly do: 'takeDown' }): Promise<Done> {
  const { record } = deed.was;
  const { container } = deed;
  const readable = container?.access.read === true;
  if (readable && (deed.folder !== undefined || deed.own)) {
    return {
      pairs: [{ container, record, place: deed.own ? 'own' : 'ours', fresh: false, leaving: deed }],
      quiet: true,
    };
  }
  return { kept: await finishTakeDown(carrying, deed) };
}

/** Keeps what was not sent, takes the folder out of Outlook and forgets the pair. Returns how many changes were kept. */
export async function finishTakeDown(
  { working, folders, withPair }: Carrying,
  { was, container, folder }: Deed & { readonly do: 'takeDown' },
): Promise<number> {
  const { record } = was;
  const kept = folder === undefined ? 0 : await withPair({ record, container }, keepUnsent);
  if (folder !== undefined) await folders.remove(marked(folder));
  working.storage.pairs.delete(record.id);
  return kept;
}

/** A folder whose mark the user took away is left alone by every change. */
function marked(folder: OutlookFolder): ConnectorFolder {
  return { ...folder, containerUid: folder.containerUid ?? '' };
}

function nameOf(deed: Deed): string {
  switch (deed.do) {
    case 'pair':
      return deed.name;
    case 'putBack':
      return deed.pair.name;
    case 'make':
      return deed.folder.name;
    case 'renameFolder':
    case 'renameContainer':
    case 'wait':
      return deed.name;
    default:
      return deed.was.record.name;
  }
}
