/** Attachments of an item. @source outlook-objects.md section 6.5; outlook-calendar.md section 8 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { given, long, text } from './arguments.ts';
import { at } from './collection.ts';
import type { DispatchObject, DispatchValue, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { LiveItem, Part } from './live-item.ts';
import { PROP, tag } from './property.ts';
import { propertyAccessor } from './property-accessor.ts';
import { PropertyBag } from './property-bag.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';

type AttachmentsState = { readonly session: Session; readonly item: LiveItem };
type AttachmentState = AttachmentsState & { readonly part: Part };

/** OlAttachmentType of anything new until its item is saved. */
const OLE = 6;

/** PidTagExceptionReplaceTime: on what holds a modified occurrence. Those no program is shown. */
const EXCEPTION_REPLACE_TIME = tag(0x7ff9);

function shown(item: LiveItem): readonly Part[] {
  return item.attachments.filter(({ bag }) => !bag.has(EXCEPTION_REPLACE_TIME));
}

/** The attachments of an item. */
export function attachmentsObject(item: LiveItem): DispatchObject {
  return item.session.make(ATTACHMENTS, { session: item.session, item });
}

function add({ session, item }: AttachmentsState, args: readonly DispatchValue[]): DispatchObject {
  const path = text(args[0]);
  if (!existsSync(path)) fail('NOT_FOUND');
  const type = given(args[1]) ? long(args[1]) : 1;
  if (![1, 5, OLE].includes(type)) fail('INVALID_ARGUMENT');
  const bag = new PropertyBag();
  bag.setText(PROP.attachFileName, basename(path));
  bag.setText(PROP.displayName, given(args[3]) ? text(args[3]) : basename(path));
  bag.setLong(PROP.attachMethod, type);
  bag.setBinary(PROP.attachData, new Uint8Array(readFileSync(path)));
  const part: Part = { bag, number: 0 };
  item.attachments.push(part);
  item.partsDirty = true;
  return session.make(ATTACHMENT, { session, item, part });
}

function remove({ item, part }: AttachmentState): null {
  const index = item.attachments.indexOf(part);
  if (index < 0) fail('OBJECT_DELETED');
  item.attachments.splice(index, 1);
  item.partsDirty = true;
  return null;
}

function bytesOf({ bag }: Part): Uint8Array {
  return bag.binary(PROP.attachData) ?? new Uint8Array(0);
}

const ATTACHMENTS_MEMBERS: MemberTable<AttachmentsState> = {
  ...standardMembers<AttachmentsState>(18, ({ item }) => item.object()),
  Count: { get: ({ item }) => shown(item).length },
  Item: {
    call: ({ session, item }, [index]) =>
      session.make(ATTACHMENT, { session, item, part: at(shown(item), long(index)) }),
  },
  Add: { call: add },
  Remove: {
    call: ({ session, item }, [index]) => remove({ session, item, part: at(shown(item), long(index)) }),
  },
};

const ATTACHMENT_MEMBERS: MemberTable<AttachmentState> = {
  ...standardMembers<AttachmentState>(5, ({ item }) => item.object()),
  DisplayName: {
    get: ({ part }) => part.bag.text(PROP.displayName),
    put: ({ item, part }, value) => {
      part.bag.setText(PROP.displayName, text(value));
      item.partsDirty = true;
    },
  },
  FileName: { get: ({ part }) => part.bag.text(PROP.attachFileName) },
  Index: { get: ({ item, part }) => shown(item).indexOf(part) + 1 },
  Size: { get: ({ part }) => bytesOf(part).length },
  Type: { get: ({ part }) => (part.number === 0 ? OLE : part.bag.long(PROP.attachMethod, 1)) },
  SaveAsFile: {
    call: ({ part }, [path]) => {
      writeFileSync(text(path), bytesOf(part));
      return null;
    },
  },
  Delete: { call: remove },
  PropertyAccessor: {
    get: ({ session, item, part }) =>
      propertyAccessor({
        session,
        parent: () => session.make(ATTACHMENT, { session, item, part }),
        get: (key) => part.bag.get(key),
        set: (key, value) => {
          part.bag.set(key, value);
          item.partsDirty = true;
        },
        delete: (key) => part.bag.delete(key),
        readOnly: [PROP.contactPhoto],
      }),
  },
};

const ATTACHMENTS: ObjectClass<AttachmentsState> = { name: 'Attachments', members: ATTACHMENTS_MEMBERS };
const ATTACHMENT: ObjectClass<AttachmentState> = {
  name: 'Attachment',
  guarded: ['PropertyAccessor'],
  members: ATTACHMENT_MEMBERS,
};
