/**
 * The appointments that Outlook itself makes for the birthdays and anniversaries of contacts. Each contact names its own by
 * entry id; nothing on the appointment tells it from one that the user made.
 */
import { toHex } from '../../base/utf8.ts';
import { FOLDER } from './item-place.ts';
import type { ObjectRef, Program } from './program.ts';
import { script } from './script.ts';
import { list, type Values } from './values.ts';

const ADDRESS = 'http://schemas.microsoft.com/mapi/id/{00062004-0000-0000-C000-000000000046}/';
/** PidLidBirthdayEventEntryId, PidLidAnniversaryEventEntryId. @source outlook-objects.md 6.4 */
const COLUMNS = [`${ADDRESS}804D0102`, `${ADDRESS}804E0102`] as const;

/** Reads the event ids of all contacts of a folder with one table; decode with {@link birthdayEventIds}. */
export function listBirthdayEvents(folder: ObjectRef, most: number): Program {
  return script('list birthday events', { folder }, (run) => {
    const table = run.open(FOLDER, 'GetTable', 'Table');
    const columns = run.object(table, 'Columns', 'Columns');
    run.call(columns, 'RemoveAll');
    for (const column of COLUMNS) run.call(columns, 'Add', column);
    return [run.call(table, 'GetArray', most)];
  });
}

/** Entry ids in upper-case hex. Cells that are no bytes are contacts without such an event, whichever way the array lies. */
export function birthdayEventIds(values: Values): readonly string[] {
  const cells = list(values.GetArray).flatMap((line) => list(line));
  return cells.flatMap((cell) => (cell instanceof Uint8Array && cell.length > 0 ? [toHex(cell)] : []));
}
