import type { Language } from './fault-text.ts';

/** OlDefaultFolders that the emulator knows. @source outlook-objects.md section 1.3 */
export const FOLDER = {
  deleted: 3,
  outbox: 4,
  sent: 5,
  inbox: 6,
  calendar: 9,
  contacts: 10,
  journal: 11,
  notes: 12,
  tasks: 13,
  drafts: 16,
  suggestedContacts: 30,
} as const satisfies Record<string, number>;

/** What a folder of a type holds: its container class, OlItemType, default message class. */
export type FolderType = {
  readonly containerClass: string;
  readonly itemType: number;
  readonly messageClass: string;
};

const TYPES = {
  mail: { containerClass: 'IPF.Note', itemType: 0, messageClass: 'IPM.Note' },
  calendar: { containerClass: 'IPF.Appointment', itemType: 1, messageClass: 'IPM.Appointment' },
  contacts: { containerClass: 'IPF.Contact', itemType: 2, messageClass: 'IPM.Contact' },
  tasks: { containerClass: 'IPF.Task', itemType: 3, messageClass: 'IPM.Task' },
  journal: { containerClass: 'IPF.Journal', itemType: 4, messageClass: 'IPM.Activity' },
  notes: { containerClass: 'IPF.StickyNote', itemType: 5, messageClass: 'IPM.StickyNote' },
} as const satisfies Record<string, FolderType>;

const DEFAULTS: ReadonlyMap<number, { readonly type: FolderType; readonly names: Readonly<Record<Language, string>> }> =
  new Map([
    [3, { type: TYPES.mail, names: { en: 'Deleted Items', fr: 'Éléments supprimés', de: 'Gelöschte Elemente' } }],
    [4, { type: TYPES.mail, names: { en: 'Outbox', fr: "Boîte d'envoi", de: 'Postausgang' } }],
    [5, { type: TYPES.mail, names: { en: 'Sent Items', fr: 'Éléments envoyés', de: 'Gesendete Elemente' } }],
    [6, { type: TYPES.mail, names: { en: 'Inbox', fr: 'Boîte de réception', de: 'Posteingang' } }],
    [9, { type: TYPES.calendar, names: { en: 'Calendar', fr: 'Calendrier', de: 'Kalender' } }],
    [10, { type: TYPES.contacts, names: { en: 'Contacts', fr: 'Contacts', de: 'Kontakte' } }],
    [11, { type: TYPES.journal, names: { en: 'Journal', fr: 'Journal', de: 'Journal' } }],
    [12, { type: TYPES.notes, names: { en: 'Notes', fr: 'Notes', de: 'Notizen' } }],
    [13, { type: TYPES.tasks, names: { en: 'Tasks', fr: 'Tâches', de: 'Aufgaben' } }],
    [16, { type: TYPES.mail, names: { en: 'Drafts', fr: 'Brouillons', de: 'Entwürfe' } }],
    [
      30,
      {
        type: TYPES.contacts,
        names: { en: 'Suggested Contacts', fr: 'Contacts suggérés', de: 'Vorgeschlagene Kontakte' },
      },
    ],
  ]);

/** Folders of a new mailbox-like store; `suggestedContacts` only where the profile asks for it (Outlook 2010). */
export const MAILBOX_FOLDERS: readonly number[] = [3, 4, 5, 6, 9, 10, 11, 12, 13, 16];

/** Types that Folders.Add accepts. @source VBA reference, Folders.Add */
export const ADDABLE_TYPES: readonly number[] = [6, 9, 10, 11, 12, 13, 16];

/** What a default folder holds; undefined for types the emulator has no folder for. */
export function folderType(role: number): FolderType | undefined {
  return DEFAULTS.get(role)?.type;
}

/** The name a default folder has in a language. */
export function folderName(role: number, language: Language): string {
  return DEFAULTS.get(role)?.names[language] ?? `Folder ${role}`;
}

/** The type that a container class or an item type stands for. */
export function folderTypeOfItem(itemType: number): FolderType {
  return Object.values(TYPES).find((type) => type.itemType === itemType) ?? TYPES.mail;
}
