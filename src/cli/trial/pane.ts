/** One side of the trial as somebody works there: the person in front of Outlook, or in front of BlueMind's web pages. */
import type { Card } from '../../domain/contact.ts';
import type { Series } from '../../domain/event.ts';
import type { Item } from '../../sync/side.ts';

export type PaneKind = 'calendar' | 'addressbook';
export type PaneFolder = {
  readonly id: string;
  readonly name: string;
  readonly kind: PaneKind;
  readonly writable: boolean;
  /** Always there, under its own name. */
  readonly own: boolean;
};
export type PaneItem = Item<Series | Card>;

/** Every act is told to whoever watches that side, as a person's own is. Each throws a Failure with the side's reason. */
export type Pane = {
  folders(): Promise<readonly PaneFolder[]>;
  items(folder: PaneFolder): Promise<readonly PaneItem[]>;
  create(folder: PaneFolder, content: Series | Card): Promise<void>;
  change(folder: PaneFolder, item: PaneItem, content: Series | Card): Promise<void>;
  remove(folder: PaneFolder, item: PaneItem): Promise<void>;
  move(folder: PaneFolder, item: PaneItem, into: PaneFolder): Promise<void>;
  makeFolder(kind: PaneKind, name: string): Promise<void>;
  renameFolder(folder: PaneFolder, name: string): Promise<void>;
  removeFolder(folder: PaneFolder): Promise<void>;
  /** The zone in which new appointments are made. */
  zone(): string;
  close(): Promise<void>;
};
