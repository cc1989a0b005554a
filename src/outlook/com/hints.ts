/**
 * What Outlook tells of changes: hints that it is worth to look, never the truth. Outlook is silent about many changes at once, and
 * what listens goes silent with the object that it listens to, so the objects are held as long as somebody wants to hear.
 */
import { finish } from '../program/finish.ts';
import type { Executor, ObjectRef, Program } from '../program/program.ts';
import type { OutlookThread } from './outlook-thread.ts';

export type Hint =
  /** Something in this folder was made, changed or removed. */
  | { readonly kind: 'folder'; readonly entryId: string }
  /** Outlook has just finished to send and receive. */
  | { readonly kind: 'sendReceive' };

export type FolderPlace = { readonly entryId: string; readonly storeId: string | undefined };

/**
 * Hears about these folders and about sending and receiving, until the answer is called.
 * @throws OUTLOOK_UNAVAILABLE; a folder that is not there is passed over
 */
export async function hearHints(
  thread: Pick<OutlookThread, 'listen' | 'executor'>,
  folders: readonly FolderPlace[],
  hear: (hint: Hint) => void,
): Promise<() => Promise<void>> {
  const { executor } = thread;
  const held: ObjectRef[] = [];
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops) await one();
    await executor.release(held);
  };
  try {
    for (const place of folders) {
      const items = await itemsOf(executor, place);
      if (items === undefined) continue;
      held.push(items);
      stops.push(await thread.listen(items, 'Items', () => hear({ kind: 'folder', entryId: place.entryId })));
    }
    for (const group of await sendReceiveGroups(executor)) {
      held.push(group);
      const listener = (event: string) => {
        if (event === 'SyncEnd') hear({ kind: 'sendReceive' });
      };
      stops.push(await thread.listen(group, 'SyncObject', listener));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function itemsOf(executor: Executor, { entryId, storeId }: FolderPlace): Promise<ObjectRef | undefined> {
  const outcome = await executor.run({
    label: 'hear folder',
    steps: [
      { do: 'get', on: 'application', member: 'Session', as: 'session' },
      {
        do: 'call',
        on: 'session',
        member: 'GetFolderFromID',
        args: storeId === undefined ? [entryId] : [entryId, storeId],
        as: 'folder',
      },
      { do: 'get', on: 'folder', member: 'Items', as: 'items' },
    ],
    returns: ['items'],
  });
  return outcome.kind === 'done' ? (outcome.values['items'] as ObjectRef) : undefined;
}

/** The groups of the profile; none where it has none, as without a mail account. */
async function sendReceiveGroups(executor: Executor): Promise<readonly ObjectRef[]> {
  const outcome = await executor.run(GROUPS);
  return outcome.kind === 'done' ? (finish(outcome, GROUPS.label)['group'] as readonly ObjectRef[]) : [];
}

const GROUPS: Program = {
  label: 'hear send and receive',
  steps: [
    { do: 'get', on: 'application', member: 'Session', as: 'session' },
    { do: 'get', on: 'session', member: 'SyncObjects', as: 'groups' },
    { do: 'each', of: 'groups', as: 'group', steps: [], collect: ['group'] },
  ],
  returns: ['group'],
};
