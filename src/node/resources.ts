import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { pathToFileURL } from 'node:url';

/** Whether this is the installed executable, which holds its own code; otherwise Node runs the sources. */
export const INSTALLED = isSea();

/** The folder of the installed program. */
export const PROGRAM_FOLDER = dirname(process.execPath);

/**
 * A folder of files that the program reads while it runs. In a checkout it lies at `path` from the module at `from`; in an
 * installation below `resources` beside the executable, where `tools/windows/build-resources.ts` puts it by the same name.
 */
export function resourceFolder(
  name: 'desktop' | 'dialogs' | 'emulator' | 'memory' | 'outlook' | 'server' | 'trial',
  path: string,
  from: string,
): URL {
  return INSTALLED ? pathToFileURL(join(PROGRAM_FOLDER, 'resources', name, '/')) : new URL(path, from);
}
