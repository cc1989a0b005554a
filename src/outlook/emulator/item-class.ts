/**
 * The seam where classes of items plug in. A class brings its own members; the members that every item has (`item-members.ts`)
 * are added by {@link composeItemClass}, the class's own win. Which classes there are is said in `open-emulator.ts`.
 */
import type { DispatchObject, MemberTable, ObjectClass } from './dispatch.ts';
import type { LiveItem } from './live-item.ts';
import type { PropKey, PropType } from './property.ts';

/** How an object model name is stored: what Table columns, filters and Sort read. */
export type Column = { readonly key: PropKey; readonly type: PropType };

/** One occurrence of a series. @units `start` and `end`: UTC, `YYYY-MM-DDTHH:MM:SS` */
export type Occurrence = { readonly start: string; readonly end: string; readonly open: () => DispatchObject };

export type ItemClass = {
  /** Name of the COM class: `ContactItem`. */
  readonly className: string;
  /** OlObjectClass */
  readonly olClass: number;
  /** OlItemType */
  readonly itemType: number;
  /** Message class, and prefix of the custom ones: `IPM.Contact`. */
  readonly messageClass: string;
  readonly members: MemberTable<LiveItem>;
  /** Members behind the guard beyond Body, RTFBody, PropertyAccessor and SaveAs. */
  readonly guarded: readonly string[];
  /** Fills a new item's bag with its defaults. */
  readonly start: (item: LiveItem) => void;
  /** Computes what is stored beside what was set; runs inside the save's transaction. */
  readonly beforeSave?: (item: LiveItem) => void;
  readonly afterSave?: (item: LiveItem) => void;
  /** Runs inside the transaction of a delete (to Deleted Items or for good). */
  readonly beforeDelete?: (item: LiveItem) => void;
  /** The occurrences of a recurring item, ascending by start; may be endless. For Items with IncludeRecurrences. */
  readonly occurrences?: (item: LiveItem) => Iterable<Occurrence>;
  /** The reminder time after `after` of a series whose reminder is dismissed; undefined = none left. @units UTC */
  readonly nextSignal?: (item: LiveItem, after: string) => string | undefined;
  /** Object model names that have a stored property, for Table, Restrict, Find and Sort. */
  readonly columns: Readonly<Record<string, Column>>;
};

export type ComposedItemClass = ItemClass & { readonly objectClass: ObjectClass<LiveItem> };

/** The class with the members of every item added. */
export function composeItemClass(itemClass: ItemClass, common: MemberTable<LiveItem>): ComposedItemClass {
  return {
    ...itemClass,
    objectClass: {
      name: itemClass.className,
      members: { ...common, ...itemClass.members },
      guarded: ['Body', 'RTFBody', 'HTMLBody', 'PropertyAccessor', 'SaveAs', ...itemClass.guarded],
      retained: (item) => item.retain(),
      released: (item) => item.release(),
    },
  };
}
