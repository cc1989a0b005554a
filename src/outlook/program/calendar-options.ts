/** Programs over what Outlook keeps of its calendar's options outside the registry: hidden items of the folder, and its view. */
import { FOLDER, type Given } from './item-place.ts';
import type { Program } from './program.ts';
import { tag } from './schema-names.ts';
import { type Script, script } from './script.ts';
import { bytes, list, number, text, type Values } from './values.ts';

/** Message classes of the hidden items. @source MS-OXOCFG 2.2.5.1.1, 2.2.5.2.1 */
export const HIDDEN = { workHours: 'IPM.Configuration.WorkHours', options: 'IPM.Configuration.Calendar' } as const;
export type HiddenItem = keyof typeof HIDDEN;

/** Where each item has its text, in UTF-8: the roaming XML stream, the roaming dictionary. */
const STREAM = { workHours: tag('7C080102'), options: tag('7C070102') } as const satisfies Record<HiddenItem, string>;

/** OlTableContents, OlStorageIdentifierType, OlViewType. */
const HIDDEN_ITEMS = 1;
const BY_MESSAGE_CLASS = 2;
const CALENDAR_VIEW = 2;
/** More than any folder has of one class; the newest counts, so that one is enough to know. */
const MOST = 5;

/** Outlook's version, for the registry's keys. */
export function outlookVersion(): Program {
  return script('version', {}, (run) => [run.value({ handle: 'application', of: 'Application' }, 'Version')]);
}

/** The major version; 16 is Outlook 2016 and all that came later. */
export function majorVersion(values: Values): number {
  return Number.parseInt(text(values['Version']), 10);
}

/**
 * Whether the folder has a hidden item of this kind: asked first, because GetStorage makes one where there is none.
 * @source learn.microsoft.com/office/vba/api/outlook.folder.getstorage
 */
export function findHidden(given: Given, item: HiddenItem): Program {
  return script('find hidden item', given, (run) => {
    const filter = `[MessageClass] = '${HIDDEN[item]}'`;
    const table = run.open(FOLDER, 'GetTable', 'Table', filter, HIDDEN_ITEMS);
    return [run.call(table, 'GetArray', MOST)];
  });
}

export function isFound(values: Values): boolean {
  return list(values['GetArray']).length > 0;
}

/** The text of a hidden item that is there. */
export function readHidden(given: Given, item: HiddenItem): Program {
  return script('read hidden item', given, (run) => [
    run.call(accessorOf(run, item).accessor, 'GetProperty', STREAM[item]),
  ]);
}

export function hiddenBytes(values: Values): Uint8Array | undefined {
  return bytes(values['GetProperty']);
}

/** Puts another text into a hidden item that is there. */
export function writeHidden(given: Given, item: HiddenItem, content: Uint8Array): Program {
  return script('write hidden item', given, (run) => {
    const { storage, accessor } = accessorOf(run, item);
    run.call(accessor, 'SetProperty', STREAM[item], content);
    run.call(storage, 'Save');
    return [];
  });
}

function accessorOf(run: Script, item: HiddenItem) {
  const storage = run.open(FOLDER, 'GetStorage', 'StorageItem', HIDDEN[item], BY_MESSAGE_CLASS);
  return { storage, accessor: run.object(storage, 'PropertyAccessor', 'PropertyAccessor') };
}

/** The time scale of the folder's view; see {@link timeScaleOf}. */
export function readTimeScale(given: Given): Program {
  return script('read view', given, (run) => {
    const view = run.object(FOLDER, 'CurrentView', 'CalendarView');
    const type = run.value(view, 'ViewType');
    run.expect(type, CALENDAR_VIEW);
    return [run.value(view, 'DayWeekTimeScale')];
  });
}

/** OlDayWeekTimeScale. */
export function timeScaleOf(values: Values): number {
  return number(values['DayWeekTimeScale']);
}

/** @param scale OlDayWeekTimeScale */
export function writeTimeScale(given: Given, scale: number): Program {
  return script('write view', given, (run) => {
    const view = run.object(FOLDER, 'CurrentView', 'CalendarView');
    run.put(view, 'DayWeekTimeScale', scale);
    run.call(view, 'Save');
    return [];
  });
}
