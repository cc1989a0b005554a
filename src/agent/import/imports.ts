import type { AbortSignalLike } from '../../base/clock.ts';
import type { ImportEntry } from '../../storage/imports.ts';
import type { Reader } from '../reader.ts';
import type { Working } from '../working.ts';
import { type FileToImport, type ImportProgress, importFiles } from './import-files.ts';
import { importOutlook } from './import-outlook.ts';
import type { ImportReport } from './report.ts';
import { type Undoing, type UndoReport, undoImport } from './undo.ts';
import { whereOf } from './where.ts';

export type ImportWish = {
  /** Uids or names of a calendar, an address book, or one of each; none: the user's own. */
  readonly into: readonly string[];
  /** Reads and compares, and writes nothing. */
  readonly dryRun: boolean;
  readonly progress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** For whom the report's dates and repetitions are written; left out: English, and dates as ISO 8601 writes them. */
  readonly reader?: Reader | undefined;
};

/**
 * Takes things into calendars and address books. What was cancelled or interrupted is gone on with by doing it again: nothing comes twice.
 * An import from files can be taken back. Each @throws NO_ACCOUNT, RUN_IN_PROGRESS, CONTAINER_UNKNOWN, CONTAINER_AMBIGUOUS, NO_RIGHT, and what keeps the server from
 * being asked.
 */
export type Imports = {
  /** What files hold: `.pst`, `.ics`, `.vcf`, `.csv`. */
  files(files: readonly FileToImport[], wish: ImportWish): Promise<ImportReport>;
  /** What was in Outlook before the connector. @throws FOLDER_NOT_FOUND when Outlook does not show the target */
  outlook(wish: ImportWish): Promise<ImportReport>;
  /** Imports from files that made something, newest first, as long as the history is kept. */
  list(): readonly ImportEntry[];
  /** Takes one back, by the beginning of its id; without one the last that was not. @throws IMPORT_UNKNOWN */
  undo(id: string | undefined, options: Undoing): Promise<UndoReport>;
};

/** `alone` runs one at a time, and never beside a run. */
export function openImports(working: () => Working, alone: <T>(work: () => Promise<T>) => Promise<T>): Imports {
  return {
    files: (files, { into, ...wish }) =>
      alone(async () => {
        const now = working();
        const where = await whereOf(now, into, wish.signal);
        return importFiles(now, files, { ...wish, ...where });
      }),
    outlook: ({ into, ...wish }) =>
      alone(async () => {
        const now = working();
        const where = await whereOf(now, into, wish.signal);
        return importOutlook(now, { ...wish, ...where });
      }),
    list: () => {
      const { storage, account } = working();
      return storage.imports.list(account.id);
    },
    undo: (id, options) => alone(() => undoImport(working(), id, options)),
  };
}
