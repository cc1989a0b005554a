/**
 * The events of Outlook's objects that the connector hears: the interface each class raises them on, and their DISPIDs.
 * @source Outlook's type library (MSOUTL.OLB)
 */
export const EVENT_SOURCES = {
  Application: {
    iid: '{0006302C-0000-0000-C000-000000000046}',
    events: { Startup: 0xf006, Quit: 0xf007, MAPILogonComplete: 0xfa90 },
  },
  Items: {
    iid: '{00063077-0000-0000-C000-000000000046}',
    events: { ItemAdd: 0xf001, ItemChange: 0xf002, ItemRemove: 0xf003 },
  },
  Folders: {
    iid: '{00063076-0000-0000-C000-000000000046}',
    events: { FolderAdd: 0xf001, FolderChange: 0xf002, FolderRemove: 0xf003 },
  },
  SyncObject: {
    iid: '{00063085-0000-0000-C000-000000000046}',
    events: { SyncStart: 0xf001, Progress: 0xf002, OnError: 0xf003, SyncEnd: 0xf004 },
  },
} as const satisfies Record<string, { readonly iid: string; readonly events: Readonly<Record<string, number>> }>;

export type EventClass = keyof typeof EVENT_SOURCES;

/** The name of an event of a class; undefined for one that later versions brought. */
export function eventName(of: EventClass, id: number): string | undefined {
  return Object.entries(EVENT_SOURCES[of].events).find(([, number]) => number === id)?.[0];
}
