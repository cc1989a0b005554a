import type { DispatchObject } from './dispatch.ts';
import type { ComposedItemClass } from './item-class.ts';
import { PROP } from './property.ts';
import { PropertyBag } from './property-bag.ts';
import type { Session } from './session.ts';

/** A recipient or attachment of an item: a bag of its own. `number` is its row in the file, 0 until its item was saved. */
export type Part = { readonly bag: PropertyBag; number: number };

/** Where a new item will be stored, or where a stored one lies. */
export type Place = { readonly store: number; readonly folder: string };

/**
 * An item in memory, between being opened and its last reference given back. Members write its bag; nothing reaches the file
 * before Save. A stored item remembers the version it was read at, so that a Save after somebody else's is refused.
 */
export class LiveItem {
  readonly session: Session;
  readonly itemClass: ComposedItemClass;
  readonly bag: PropertyBag;
  readonly hidden: boolean;
  readonly recipients: Part[] = [];
  readonly attachments: Part[] = [];
  place: Place;
  /** Row number in the file; 0 until first saved. */
  number = 0;
  /** Upper-case hex; '' until first saved. */
  entryId = '';
  version = 0;
  /** Set when a recipient or attachment was added, removed or changed. */
  partsDirty = false;
  deleted = false;
  /** Whether it has a reminder in the file. */
  rings = false;
  /** Parts in the file. */
  #parts = 0;
  /** Whether anything was saved or loaded: a new item is not `Saved` until it is. */
  #references = 0;

  constructor(session: Session, itemClass: ComposedItemClass, place: Place, hidden = false) {
    this.session = session;
    this.itemClass = itemClass;
    this.place = place;
    this.hidden = hidden;
    this.bag = new PropertyBag();
  }

  get dirty(): boolean {
    return this.bag.dirty || this.partsDirty;
  }

  /** The file holds what this item says. */
  markStored(): void {
    this.bag.dirty = false;
    this.partsDirty = false;
    this.rings = this.bag.bool(PROP.reminderSet);
    this.#parts = this.recipients.length + this.attachments.length;
  }

  /** Whether recipients and attachments are what lies in the file. */
  get partsStored(): boolean {
    const parts = [...this.recipients, ...this.attachments];
    return (
      !this.partsDirty && parts.length === this.#parts && !parts.some(({ bag, number }) => number === 0 || bag.dirty)
    );
  }

  /** A new reference to this item. */
  object(): DispatchObject {
    return this.session.make(this.itemClass.objectClass, this);
  }

  retain(): void {
    this.#references++;
    if (this.entryId !== '') this.session.held.set(this.entryId, this);
  }

  release(): void {
    this.#references--;
    if (this.#references <= 0 && this.session.held.get(this.entryId) === this) this.session.held.delete(this.entryId);
  }

  /** Tells the session the new entry id of a held item. */
  identify(entryId: string): void {
    if (this.session.held.get(this.entryId) === this) this.session.held.delete(this.entryId);
    this.entryId = entryId;
    if (this.#references > 0) this.session.held.set(entryId, this);
  }
}
