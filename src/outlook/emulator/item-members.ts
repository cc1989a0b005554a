/** Members that items of every class have, and the composition of the classes. */
import { itemAccessor } from './accessor-targets.ts';
import { rtfOfText, textOfRtf } from './appointment/rtf.ts';
import { long, text } from './arguments.ts';
import { attachmentsObject } from './attachments.ts';
import { FOLDER } from './default-folders.ts';
import { type DispatchObject, type MemberTable, stateOf } from './dispatch.ts';
import { fail } from './fault.ts';
import { composeItemClass, type ItemClass } from './item-class.ts';
import { copyItem, destroyItem, moveItem, saveItem } from './item-store.ts';
import { joinList, splitList } from './list-text.ts';
import type { LiveItem } from './live-item.ts';
import { MAIL } from './mail-item.ts';
import { longMember, stampTime, textMember } from './member-kinds.ts';
import { PROP, PT } from './property.ts';
import type { ItemClasses } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { defaultFolder, folderRow, isWithin, storeRow } from './stores.ts';
import { userPropertiesObject } from './user-properties.ts';

/** The classes by message class (longest prefix wins; anything unknown is a mail) and by item type. */
export function composeItemClasses(classes: readonly ItemClass[]): ItemClasses {
  const composed = [...classes, MAIL].map((itemClass) => composeItemClass(itemClass, ITEM_MEMBERS(itemClass.olClass)));
  const mail = composed.at(-1) ?? fail('FAILED');
  const byLength = [...composed].sort((a, b) => b.messageClass.length - a.messageClass.length);
  const matches = (messageClass: string, prefix: string) =>
    messageClass.toLowerCase() === prefix.toLowerCase() ||
    messageClass.toLowerCase().startsWith(`${prefix.toLowerCase()}.`);
  return {
    byMessageClass: (name) => byLength.find((itemClass) => matches(name, itemClass.messageClass)) ?? mail,
    byItemType: (itemType) => composed.find((itemClass) => itemClass.itemType === itemType),
  };
}

const ITEM_MEMBERS = (olClass: number): MemberTable<LiveItem> => ({
  ...standardMembers<LiveItem>(olClass, (item) => item.session.objects.folder(item.place.folder)),
  EntryID: { get: (item) => item.entryId },
  Subject: textMember(PROP.subject),
  Body: {
    get: (item) => item.bag.text(PROP.body),
    // Plain text replaces the formatting.
    put: (item, value) => {
      item.bag.setText(PROP.body, text(value).replace(/\r\n|\r|\n/g, '\r\n'));
      item.bag.delete(PROP.rtf);
    },
  },
  RTFBody: {
    get: (item) => item.bag.binary(PROP.rtf) ?? rtfOfText(item.bag.text(PROP.body)),
    put: (item, value) => {
      const rtf = value instanceof Uint8Array ? value : Buffer.from(text(value), 'latin1');
      item.bag.setBinary(PROP.rtf, new Uint8Array(rtf));
      item.bag.setText(PROP.body, textOfRtf(rtf));
    },
  },
  MessageClass: textMember(PROP.messageClass),
  Importance: longMember(PROP.importance, [0, 1, 2], 1),
  Sensitivity: {
    get: (item) => item.bag.long(PROP.sensitivity),
    put: (item, value) => {
      const sensitivity = long(value);
      if (![0, 1, 2, 3].includes(sensitivity)) fail('INVALID_ARGUMENT');
      item.bag.setLong(PROP.sensitivity, sensitivity);
      item.bag.setBool(PROP.private, sensitivity === 2);
    },
  },
  Categories: {
    get: (item) => joinList(item.bag.texts(PROP.keywords), item.session.locale()),
    put: (item, value) => item.bag.setTexts(PROP.keywords, splitList(text(value), item.session.locale())),
  },
  CreationTime: { get: (item) => stampTime(item, PROP.created) },
  LastModificationTime: { get: (item) => stampTime(item, PROP.modified) },
  Saved: { get: (item) => item.number !== 0 && !item.dirty },
  Size: { get: (item) => (item.number === 0 ? 0 : 1024 + sizeOf(item)) },
  Save: {
    call: (item) => {
      saveItem(item);
      return null;
    },
  },
  Delete: {
    call: (item) => {
      deleteItem(item);
      return null;
    },
  },
  Move: {
    call: (item, [target]) => {
      const { folder } = stateOf<{ folder: string }>(target, 'Folder');
      const row = folderRow(item.session, folder) ?? fail('NOT_FOUND');
      if (item.number === 0) saveItem(item);
      askToMove(item, folder);
      moveItem(item, { store: row.store, folder });
      return item.object();
    },
  },
  Copy: { call: (item): DispatchObject => copyItem(item).object() },
  PropertyAccessor: { get: itemAccessor },
  UserProperties: { get: userPropertiesObject },
  Attachments: { get: attachmentsObject },
  Close: { call: (item, [mode]) => closeItem(item, long(mode)) },
});

/**
 * Deletes: to Deleted Items of the same store, or for good below it. An item that was never saved just goes.
 * @source outlook-objects.md section 3; outlook-calendar.md section 1.5
 */
export function deleteItem(item: LiveItem): void {
  const { session } = item;
  if (item.deleted) fail('OBJECT_DELETED');
  if (item.number === 0) {
    item.deleted = true;
    return;
  }
  const deleted =
    defaultFolder(session, storeRow(session, item.place.store), FOLDER.deleted, true) ?? fail('NOT_FOUND');
  const forGood = isWithin(session, item.place.folder, deleted.entry_id);
  askToMove(item, forGood ? undefined : deleted.entry_id);
  session.database.transaction(() => {
    item.itemClass.beforeDelete?.(item);
    if (forGood) destroyItem(item);
    else moveItem(item, { store: item.place.store, folder: deleted.entry_id });
  });
}

/** BeforeItemMove of the folder can cancel; its target is Nothing when the item goes for good. @throws ABORTED */
function askToMove(item: LiveItem, to: string | undefined): void {
  const target = to === undefined ? null : item.session.objects.folder(to);
  const hint = { source: 'Folder', about: item.place.folder, event: 'BeforeItemMove' } as const;
  if (item.session.events.asksToCancel(hint, [item.object(), target])) fail('ABORTED');
}

function closeItem(item: LiveItem, mode: number): null {
  // OlInspectorClose: 0 save, 1 discard, 2 prompt (nobody is there to ask: discard)
  if (mode === 0) saveItem(item);
  return null;
}

function sizeOf(item: LiveItem): number {
  let size = 0;
  for (const [, { value, type }] of item.bag.entries()) {
    size += type === PT.UNICODE ? 2 * String(value).length : value instanceof Uint8Array ? value.length : 8;
  }
  return size;
}
