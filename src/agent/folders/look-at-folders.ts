import { outlookFolders } from '../../outlook/side-folders.ts';
import type { RunNote } from '../../storage/run-records.ts';
import type { FolderReport } from '../../sync/report.ts';
import type { RunOptions } from '../agent.ts';
import type { Shared } from '../look-at-account.ts';
import { withSides } from '../with-sides.ts';
import type { Working } from '../working.ts';
import { type CarriedOut, type Carrying, carryOut, finishTakeDown, type PairWork } from './carry-out.ts';
import { planFolders, type Survey } from './plan-folders.ts';
import type { ReadyPair } from './ready-pair.ts';
import { rehearseFolders } from './rehearse-folders.ts';
import { noteOf } from './say.ts';
import { foldersBefore, surveyFolders } from './survey.ts';

/** Pairs the containers of the account with folders of Outlook. A run makes, renames and removes what has to be; a rehearsal says it. */
export async function lookAtFolders(working: Working, shared: Shared, { signal }: RunOptions): Promise<CarriedOut> {
  const folders = outlookFolders(working.executor);
  try {
    const survey = await surveyFolders(working, folders, signal);
    const deeds = planFolders(survey);
    if (shared.how === 'rehearse') return rehearseFolders(working, deeds);
    rememberBefore(working, survey);
    const carrying = { working, folders, withPair: pairWork(working, shared), signal };
    const making = deeds.filter((deed) => deed.do === 'make');
    if (making.length === 0) return await carryOut(carrying, deeds);
    // What was made is subscribed now, and looked at like everything else.
    const made = await carryOut(carrying, making);
    const after = planFolders(await surveyFolders(working, folders, signal)).filter((deed) => deed.do !== 'make');
    const rest = await carryOut(carrying, after);
    return { ...rest, notes: [...made.notes, ...rest.notes] };
  } finally {
    await folders.close();
  }
}

/** After the last run of a pair that is left: its folder is taken out of Outlook, unless something has to be tried again. */
export async function endPair(
  working: Working,
  shared: Shared,
  leaving: NonNullable<ReadyPair['leaving']>,
  report: FolderReport,
): Promise<readonly RunNote[]> {
  if (report.outcome === 'cancelled') return [];
  if (report.outcome === 'failed' && !FINAL.has(report.failure?.code ?? '')) return [];
  const folders = outlookFolders(working.executor);
  try {
    const carrying: Carrying = { working, folders, withPair: pairWork(working, shared) };
    const kept = await finishTakeDown(carrying, leaving);
    const note = noteOf(leaving, 'run', kept);
    return note === undefined ? [] : [note];
  } finally {
    await folders.close();
  }
}

/** Failures after which trying again cannot help: what could not be sent is kept. */
const FINAL: ReadonlySet<string> = new Set(['NO_RIGHT', 'NOT_FOUND', 'OUTLOOK_FOLDER_GONE']);

function pairWork(working: Working, shared: Shared): PairWork {
  return ({ record, container }, work) => {
    const gone = { read: false, write: false, readPrivate: false, manage: false };
    const bare = {
      uid: record.folders.server,
      kind: record.kind === 'calendar' ? ('calendar' as const) : ('addressbook' as const),
      name: record.name,
      owner: '',
      ownerName: '',
      mine: false,
      isDefault: false,
      subscribed: false,
      offlineSync: false,
      color: undefined,
      access: gone,
    };
    return withSides(working, shared, { record, container: container ?? bare, owner: new Set() }, work);
  };
}

/** The folders that were there when the account was connected are the user's own, for good. */
function rememberBefore({ storage, account }: Working, { before }: Survey): void {
  const now = storage.accounts.get(account.id) ?? account;
  if (foldersBefore(now.value) === undefined)
    storage.accounts.put({ ...now, value: { ...now.value, foldersBefore: [...before] } });
}
