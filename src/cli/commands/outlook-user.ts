import { must } from '../../base/assert.ts';
import { Failure } from '../../base/failure.ts';
import type { Card } from '../../domain/contact.ts';
import { cardKit, seriesKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import { blankCard, fitsCard, outlookCard } from '../../mapping/outlook/contact/card.ts';
import { blankAppointment, outlookEventMapping } from '../../mapping/outlook/event/event.ts';
import type { Emulator } from '../../outlook/emulator/open-emulator.ts';
import { finish } from '../../outlook/program/finish.ts';
import {
  defaultFolder,
  FOLDER_TYPE,
  type FolderKind,
  folderRow,
  folderRows,
  listFolders,
} from '../../outlook/program/folders.ts';
import { type OutlookSide, outlookSide } from '../../outlook/side.ts';
import { appointmentKind, cardKind } from '../../outlook/side-kind.ts';
import { moveItems } from '../../outlook/side-moves.ts';
import { folderId, type OpenFolder, outlookSession } from '../../outlook/side-session.ts';
import type { FolderId, Item } from '../../sync/side.ts';
import type { Context } from '../context.ts';
import { remembered } from '../trial/remembered.ts';
import { outlookTree } from './outlook-tree.ts';

export type UserFolder = {
  readonly id: FolderId;
  readonly name: string;
  readonly kind: FolderKind;
  /** One of Outlook's own, which can be neither renamed nor deleted. */
  readonly own: boolean;
};

/** A person sitting in front of the emulated Outlook: sees its folders, and makes, edits and deletes items in them. */
export type OutlookUser = {
  folders(): Promise<readonly UserFolder[]>;
  /** By name, without regard to case. @throws FOLDER_NOT_FOUND */
  folder(name: string): Promise<UserFolder>;
  items(folder: UserFolder): Promise<readonly Item<Series | Card>[]>;
  /** By the whole id or any end of it that only one item has. @throws ITEM_NOT_FOUND */
  item(id: string): Promise<{ readonly folder: UserFolder; readonly item: Item<Series | Card> }>;
  /** Saves a new item, as the user would: without any mark of the connector. */
  create(folder: UserFolder, content: Series | Card): Promise<void>;
  /** What a folder shows of a content. */
  asShown(folder: UserFolder, content: Series | Card): Series | Card;
  /** @returns whether the item is another than before @throws OUTLOOK_FAILED with Outlook's reason */
  change(folder: UserFolder, item: Item<Series | Card>, content: Series | Card): Promise<boolean>;
  remove(folder: UserFolder, item: Item<Series | Card>): Promise<void>;
  /** @throws OUTLOOK_FAILED with Outlook's reason */
  move(folder: UserFolder, item: Item<Series | Card>, into: UserFolder): Promise<void>;
  close(): Promise<void>;
};

export function outlookUser(context: Context, emulator: Emulator): OutlookUser {
  const { executor } = emulator;
  const { clock } = context;
  const session = outlookSession(executor);
  const kinds = {
    calendar: appointmentKind({
      mapping: outlookEventMapping({ zone: emulator.session.zone().iana, ownAddress: '' }),
      blank: blankAppointment,
    }),
    contacts: cardKind({ mapping: outlookCard, blank: blankCard, fits: fitsCard }),
  };
  // Which content goes with which folder is told by the folder's kind; the two sides are one to a caller who keeps to it.
  const sides = {
    calendar: outlookSide({ executor, clock, kind: kinds.calendar }) as unknown as OutlookSide<Series | Card>,
    contacts: outlookSide({ executor, clock, kind: kinds.contacts }) as unknown as OutlookSide<Series | Card>,
  };
  const folders = () => allFolders(session, executor);
  const looks = { calendar: remembered(sides.calendar), contacts: remembered(sides.contacts) };
  const items = (folder: UserFolder) => looks[folder.kind](folder.id);
  return {
    folders,
    items,
    folder: async (name) => {
      const found = (await folders()).find((folder) => folder.name.toLowerCase() === name.toLowerCase());
      if (found === undefined)
        throw new Failure('FOLDER_NOT_FOUND', `Outlook has no folder "${name}"; see \`connector outlook folders\`.`);
      return found;
    },
    item: async (id) => {
      const found: { folder: UserFolder; item: Item<Series | Card> }[] = [];
      for (const folder of await folders())
        for (const item of await items(folder))
          if (id !== '' && item.id.endsWith(id.toUpperCase())) found.push({ folder, item });
      const [first, ...others] = found;
      if (first === undefined || others.length > 0)
        throw new Failure(
          'ITEM_NOT_FOUND',
          `${found.length === 0 ? 'No item has' : 'More than one item has'} an id that ends in "${id}"; see \`connector outlook list\`.`,
        );
      return first;
    },
    create: async (folder, content) => {
      const open = await session.folder(folder.id);
      const written =
        folder.kind === 'calendar'
          ? newAppointment(kinds.calendar, open, content as Series)
          : newCard(kinds.contacts, open, content as Card);
      finish(await executor.run(written.program), 'save a new item');
    },
    asShown: (folder, content) => sides[folder.kind].preview(content),
    change: async (folder, item, content) => {
      const target = { folder: folder.id, id: item.id, rev: item.rev };
      const [effect] = await sides[folder.kind].update(folder.id, [{ target, content }]);
      if (effect?.ok === false)
        throw new Failure('OUTLOOK_FAILED', `Outlook did not take the change: ${effect.failure.reason}`);
      // Not by the rev: it counts seconds.
      return effect !== undefined && digestOf(effect.item.content) !== digestOf(item.content);
    },
    remove: async (folder, item) => {
      const [failure] = await sides[folder.kind].remove(folder.id, [{ folder: folder.id, id: item.id, rev: item.rev }]);
      if (failure !== undefined) throw new Failure('OUTLOOK_FAILED', `Outlook did not delete it: ${failure.reason}`);
    },
    move: async (folder, item, into) => {
      const [reason] = await moveItems(executor, [item], { from: folder.id, to: into.id });
      if (reason !== undefined) throw new Failure('OUTLOOK_FAILED', `Outlook did not move it: ${reason}`);
    },
    close: async () => {
      await Promise.all([sides.calendar.close(), sides.contacts.close(), session.close()]);
      await executor.close();
    },
  };
}

function digestOf(content: Series | Card): string {
  return content.kind === 'event' ? seriesKit.digest(content) : cardKit.digest(content);
}

type EventKind = ReturnType<typeof appointmentKind<Series>>;
type BookKind = ReturnType<typeof cardKind<Card>>;

function newAppointment(kind: EventKind, open: OpenFolder, content: Series) {
  const after = { ...kind.mapping.write(kind.blank(content), content), tags: {} };
  return must(
    kind.write({ given: open.given, storeId: open.storeId, before: undefined, after, yearlyInterval: 'months' }),
  );
}

function newCard(kind: BookKind, open: OpenFolder, content: Card) {
  const after = { ...kind.mapping.write(kind.blank(content), content), tags: {} };
  return must(
    kind.write({ given: open.given, storeId: open.storeId, before: undefined, after, yearlyInterval: 'months' }),
  );
}

async function allFolders(
  session: ReturnType<typeof outlookSession>,
  executor: Emulator['executor'],
): Promise<UserFolder[]> {
  const given = await session.given();
  const found: UserFolder[] = [];
  for (const kind of ['calendar', 'contacts'] as const) {
    const own = defaultFolder(given, FOLDER_TYPE[kind]);
    const below = listFolders(given, kind);
    const first = folderRow(finish(await executor.run(own), own.label));
    const others = folderRows(finish(await executor.run(below), below.label));
    found.push(...[first, ...others].map((row) => ({ id: folderId(row), name: row.name, kind, own: row === first })));
  }
  const suggested = await executor.run(defaultFolder(given, FOLDER_TYPE.suggestedContacts));
  if (suggested.kind === 'done') {
    const row = folderRow(suggested.values);
    found.push({ id: folderId(row), name: row.name, kind: 'contacts', own: true });
  }
  const known = new Set(found.map(({ id }) => id));
  for (const { id, name, kind, deleted } of await outlookTree(executor).all())
    if (kind !== undefined && !deleted && !known.has(id)) found.push({ id, name, kind, own: false });
  return found;
}
