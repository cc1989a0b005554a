/** Opens a file that is to be imported, by what it holds; its name counts where its bytes could be several things. */
import { extname } from 'node:path';
import { type ByteSource, fileSource } from './byte-source.ts';
import { csvFile } from './csv/csv-file.ts';
import { importFailure } from './failures.ts';
import type { ImportFile, ReadingContext } from './found.ts';
import { icsFile } from './ics-file.ts';
import { isPst } from './pst/layout.ts';
import { pstFile } from './pst/pst-file.ts';
import { textOfBytes, withoutUtf16 } from './text-source.ts';
import { vcfFile } from './vcf-file.ts';

export type OpenImport = ImportFile & { close(): void };

/** @param name of the file, where it is another than that of `path` @throws IMPORT_… */
export function openImport(path: string, context: ReadingContext, name = path): OpenImport {
  const source = fileSource(path);
  try {
    return { ...importOf(source, context, name), close: source.close };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** @throws IMPORT_… */
export function importOf(source: ByteSource, context: ReadingContext, name: string): ImportFile {
  if (source.size === 0) throw importFailure('IMPORT_KIND_UNKNOWN', 'The file is empty.');
  if (isPst(source.read(0, 4))) return pstFile(source, context);
  const text = withoutUtf16(source);
  const head = textOfBytes(text.read(0, 64 * 1024));
  if (/^\s*BEGIN\s*:\s*VCARD/im.test(head)) return vcfFile(text);
  if (/^\s*BEGIN\s*:\s*VCALENDAR/im.test(head)) return icsFile(text);
  const extension = extname(name).toLowerCase();
  if (extension === '.csv' || extension === '.txt') return csvFile(text, context);
  if (extension === '.vcf') return vcfFile(text);
  if (extension === '.ics') return icsFile(text);
  throw importFailure(
    'IMPORT_KIND_UNKNOWN',
    'The file is none that can be imported. Choose an Outlook data file (.pst), a calendar (.ics), contacts (.vcf) or an export of Outlook (.csv).',
  );
}
