/**
 * Which folders and containers are made, renamed, taken down or asked about, before any item is looked at: pure, as data.
 *
 * Invariant: nothing that holds items is deleted on either side without the user's word, and nothing is taken down on the word
 * of a list that cannot be right. A right that was lost, a container that is gone and an ended subscription are told apart.
 */
import type { Container, Unreachable } from '../../bluemind/containers.ts';
import type { DefaultFolders, OutlookFolder } from '../../outlook/side-folders.ts';
import type { PairRecord } from '../../storage/records.ts';
import { GUARD_ALL } from '../../sync/policies.ts';
import type { FolderId, SideName } from '../../sync/side.ts';
import { folderName, ownFolder, roleOf } from './container-role.ts';

/** A pair of an earlier run. */
export type Remembered = {
  readonly record: PairRecord;
  /** Items that were on both sides when they last agreed. */
  readonly items: number;
  /** What the user said when asked about the whole folder. */
  readonly decision: 'apply' | 'undo' | undefined;
  /** `making`, `deleting`: an interrupted deed, which is completed. */
  readonly life: 'steady' | 'making' | 'deleting';
  /** What both sides were called when they last agreed. */
  readonly names: { readonly server: string; readonly outlook: string } | undefined;
};

/** `home`: directly below Calendar or Contacts; `elsewhere`: moved by the user; `deleted`: in Deleted Items. */
export type Located = { readonly folder: OutlookFolder; readonly where: 'home' | 'elsewhere' | 'deleted' };

/** The account and Outlook as a run finds them. */
export type Survey = {
  /** Subscribed and readable, with or without a local copy. */
  readonly containers: readonly Container[];
  /** Subscribed, and not to be read. */
  readonly unreachable: readonly Unreachable[];
  /** Remembered containers that no subscription names or that were not found, as they are: `gone` is certain (404). */
  readonly others: ReadonlyMap<string, Container | 'gone'>;
  /** How many items the server holds in containers whose folder is gone. */
  readonly counts: ReadonlyMap<string, number>;
  readonly folders: readonly Located[];
  readonly defaults: DefaultFolders;
  readonly remembered: readonly Remembered[];
  /** Folders of the user's from before the connector: left alone. */
  readonly before: ReadonlySet<FolderId>;
};

/** Which container is shown by which folder; `folder` undefined: it is made. */
export type PairDeed = {
  readonly do: 'pair';
  readonly container: Container;
  readonly folder: OutlookFolder | undefined;
  readonly place: 'own' | 'ours';
  readonly name: string;
  readonly was: Remembered | undefined;
};

export type Deed =
  | PairDeed
  | {
      readonly do: 'renameFolder';
      readonly folder: OutlookFolder;
      readonly from: string;
      readonly name: string;
      readonly why: 'server' | 'notYours';
    }
  | { readonly do: 'renameContainer'; readonly container: Container; readonly from: string; readonly name: string }
  /** The folder was deleted in Outlook and comes back. `folder`: where it lies in Deleted Items. */
  | {
      readonly do: 'putBack';
      readonly pair: PairDeed;
      readonly folder: OutlookFolder | undefined;
      readonly why: 'default' | 'notYours' | 'asked';
    }
  /** A folder of the user's becomes a container; `was`: in place of a container that is gone, or continues an interrupted one. */
  | { readonly do: 'make'; readonly folder: OutlookFolder; readonly was: Remembered | undefined }
  /** The container is deleted on the server with what is in it, and its folder taken down. */
  | {
      readonly do: 'delete';
      readonly was: Remembered;
      readonly container: Container | undefined;
      readonly folder: OutlookFolder | undefined;
    }
  /** Asks the user before the other side loses a whole folder. */
  | { readonly do: 'hold'; readonly was: Remembered; readonly on: SideName; readonly items: number }
  /** Brings what was not sent across or keeps it, then takes the folder out of Outlook. */
  | {
      readonly do: 'takeDown';
      readonly was: Remembered;
      readonly container: Container | undefined;
      readonly folder: OutlookFolder | undefined;
      /** It is shown by a folder of Outlook's own, which stays with what is in it. */
      readonly own: boolean;
      readonly why: 'unsubscribed' | 'gone';
    }
  | { readonly do: 'wait'; readonly name: string; readonly why: 'noRight' | 'notFound' | 'doubted' }
  | { readonly do: 'forget'; readonly was: Remembered };

export function planFolders(survey: Survey): readonly Deed[] {
  const shown = survey.containers.filter(({ offlineSync }) => offlineSync);
  const uids = new Set(shown.map(({ uid }) => uid));
  const hidden = survey.remembered.filter(({ record }) => !uids.has(record.folders.server));
  const known = new Set(survey.remembered.map(({ record }) => record.folders.server));
  const unknown = survey.unreachable.filter(({ uid }) => !known.has(uid)).map(waiting);
  const deeds = [
    ...shown.flatMap((container) => forContainer(container, survey)),
    ...hidden.flatMap((was) => forHidden(was, survey)),
    ...unknown,
  ];
  return [...deeds, ...forFolders(survey, deeds)].sort(byTurn);
}

/** New names are known before the pairs that remember them; whatever frees a name comes before what makes a folder. */
const TURNS = [
  'make',
  'delete',
  'forget',
  'takeDown',
  'renameContainer',
  'renameFolder',
  'putBack',
  'pair',
  'hold',
  'wait',
];

function byTurn(a: Deed, b: Deed): number {
  return TURNS.indexOf(a.do) - TURNS.indexOf(b.do);
}

function forContainer(container: Container, survey: Survey): readonly Deed[] {
  const was = survey.remembered.find(({ record }) => record.folders.server === container.uid);
  const own = ownFolder(container, survey.defaults);
  const name = (own && survey.defaults.names.get(own)) ?? folderName(container);
  const pair: PairDeed = { do: 'pair', container, folder: undefined, place: 'ours', name, was };
  if (own !== undefined) {
    const kind = container.kind === 'calendar' ? ('calendar' as const) : ('contacts' as const);
    return [{ ...pair, folder: { id: own, kind, name, containerUid: undefined }, place: 'own' }];
  }
  const located = locate(container.uid, was, survey);
  const folder = located?.where === 'deleted' ? undefined : located?.folder;
  const personal = roleOf(container) === 'personal';
  if (was?.life === 'deleting') return [{ do: 'delete', was, container, folder }];
  if (folder !== undefined) return [{ ...pair, folder }, ...renames({ ...pair, folder })];
  if (was === undefined || (was.life === 'making' && located === undefined)) return [pair];
  const back = { do: 'putBack', pair, folder: located?.folder } as const;
  if (!personal) return [{ ...back, why: container.mine ? 'default' : 'notYours' }];
  if (was.decision === 'undo') return [{ ...back, why: 'asked' }];
  const items = survey.counts.get(container.uid);
  return was.decision === 'apply' || items === 0
    ? [{ do: 'delete', was, container, folder }]
    : [{ do: 'hold', was, on: 'server', items: items ?? was.items }];
}

/** Names follow the server, unless the user named a folder of an own container anew. */
function renames({ container, folder, was }: PairDeed): readonly Deed[] {
  const names = was?.names;
  if (names === undefined || folder === undefined) return [];
  const wanted = folderName(container);
  const from = folder.name;
  if (names.server !== wanted)
    return from === wanted ? [] : [{ do: 'renameFolder', folder, from, name: wanted, why: 'server' }];
  if (names.outlook === from) return [];
  return roleOf(container) === 'personal'
    ? [{ do: 'renameContainer', container, from: names.server, name: from }]
    : [{ do: 'renameFolder', folder, from, name: names.outlook, why: 'notYours' }];
}

/** A remembered pair whose container is not shown any more, for one of several reasons. */
function forHidden(was: Remembered, survey: Survey): readonly Deed[] {
  const { record } = was;
  const uid = record.folders.server;
  const located = locate(uid, was, survey);
  const folder = located?.where === 'deleted' ? undefined : located?.folder;
  const there = survey.containers.find((container) => container.uid === uid) ?? survey.others.get(uid);
  const container = there === 'gone' ? undefined : there;
  if (was.life === 'deleting') return [{ do: 'delete', was, container, folder }];
  if (was.life === 'making') return folder === undefined ? [{ do: 'forget', was }] : [{ do: 'make', folder, was }];
  if (!isBelieved(survey)) return [{ do: 'wait', name: record.name, why: 'doubted' }];
  if (there === 'gone') return forGone(was, folder);
  const unreachable = survey.unreachable.find((one) => one.uid === uid);
  if (unreachable !== undefined) return [waiting({ ...unreachable, name: record.name })];
  if (container === undefined) return [{ do: 'wait', name: record.name, why: 'doubted' }];
  const own = survey.defaults.names.has(record.folders.outlook);
  return [{ do: 'takeDown', was, container, folder, own, why: 'unsubscribed' }];
}

function forGone(was: Remembered, folder: OutlookFolder | undefined): readonly Deed[] {
  // Outlook's own folders are never taken down; what is in them stays.
  if (folder === undefined) return [{ do: 'forget', was }];
  if (was.decision === 'undo') return [{ do: 'make', folder, was }];
  return was.decision === 'apply' || was.items <= GUARD_ALL
    ? [{ do: 'takeDown', was, container: undefined, folder, own: false, why: 'gone' }]
    : [{ do: 'hold', was, on: 'outlook', items: was.items }];
}

/** The folders of the user's that became calendars or books by being made below Outlook's own. */
function forFolders({ folders, remembered, before }: Survey, deeds: readonly Deed[]): readonly Deed[] {
  const claimed = new Set<FolderId | undefined>(remembered.map(({ record }) => record.folders.outlook));
  for (const deed of deeds) if ('folder' in deed) claimed.add(deed.folder?.id);
  const uids = new Set(remembered.map(({ record }) => record.folders.server));
  for (const deed of deeds) if (deed.do === 'pair') uids.add(deed.container.uid);
  return folders.flatMap(({ folder, where }): Deed[] => {
    const { id, containerUid } = folder;
    // A copy of one of our folders carries its mark; a mark that nobody knows belongs to another account or another memory.
    const foreign = containerUid !== undefined && !uids.has(containerUid);
    return where !== 'home' || claimed.has(id) || before.has(id) || foreign
      ? []
      : [{ do: 'make', folder, was: undefined }];
  });
}

/** The remembered folder by its id, else any that carries the container's mark. */
function locate(uid: string, was: Remembered | undefined, { folders }: Survey): Located | undefined {
  const marked = folders.filter(({ folder, where }) => folder.containerUid === uid && where !== 'deleted');
  return folders.find(({ folder }) => folder.id === was?.record.folders.outlook) ?? marked[0];
}

/** A list of subscriptions without any default container of the user's own, which nobody can leave, cannot be right. */
function isBelieved({ containers }: Survey): boolean {
  return containers.some(({ mine, isDefault }) => mine && isDefault);
}

function waiting({ uid, name, reason }: Unreachable): Deed {
  return { do: 'wait', name: name || uid, why: reason === 'no-right' ? 'noRight' : 'notFound' };
}
