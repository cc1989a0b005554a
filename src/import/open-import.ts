/** Opens a file that is to be imported, by what it holds; its name counts where its bytes could be several things. */
import { extname } from 'node:path';
import { type ByteSource, fileSource } from './byte-source.ts';
import { csvFile } from './csv/csv-file.ts';
import { importFailure } from './failures.ts';
import type { ImportFile, ReadingContext } from './found.ts';
import { icsFile } from './ics-file.ts';
import { isPst } from './pst/layout.ts';
import { pstFile } from './pst/pst-file.ts';
import { textOfBytes } from './text-source.ts';
import { utf16File } from './utf16-file.ts';
import { headOfUtf16, utf16OrderOf } from './utf16-source.ts';
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
  const other = otherKind(source.read(0, 8));
  if (other !== undefined) throw importFailure('IMPORT_KIND_UNKNOWN', other);
  const order = utf16OrderOf(source);
  const kind = textKind(order === undefined ? source.read(0, 64 * 1024) : headOfUtf16(source, order), name);
  const open = (text: ByteSource) => TEXTS[kind](text, context);
  return order === undefined ? open(source) : utf16File({ source, order, kind, open });
}

const TEXTS = { vcf: vcfFile, ics: icsFile, csv: csvFile } as const;

/** @throws IMPORT_KIND_UNKNOWN */
function textKind(bytes: Uint8Array, name: string): keyof typeof TEXTS {
  const head = textOfBytes(bytes);
  if (/^[ \t\ufeff]*BEGIN[ \t]*:[ \t]*VCARD/im.test(head)) return 'vcf';
  if (/^[ \t\ufeff]*BEGIN[ \t]*:[ \t]*VCALENDAR/im.test(head)) return 'ics';
  const extension = extname(name).toLowerCase();
  if (extension === '.csv' || extension === '.txt') return 'csv';
  if (extension === '.vcf') return 'vcf';
  if (extension === '.ics') return 'ics';
  throw importFailure(
    'IMPORT_KIND_UNKNOWN',
    'The file is none that can be imported. Choose an Outlook data file (.pst), a calendar (.ics), contacts (.vcf) or an export of Outlook (.csv).',
  );
}

/** What files begin with that people take for one of ours, and what helps then. */
const OTHERS = [
  ['504b0304', 'The file is an archive or a workbook (ZIP): unpack it, or save the workbook as .csv, and import that.'],
  ['1f8b', 'The file is compressed (gzip): unpack it and import what is in it.'],
  ['526172211a', 'The file is an archive (RAR): unpack it and import what is in it.'],
  ['377abcaf271c', 'The file is an archive (7-Zip): unpack it and import what is in it.'],
  [
    'd0cf11e0a1b11ae1',
    'The file is a single item of Outlook (.msg) or an old document: open it in Outlook and save it from there.',
  ],
  ['25504446', 'The file is a document (PDF): nothing can be imported from it.'],
] as const;

function otherKind(head: Uint8Array): string | undefined {
  const hex = Buffer.from(head).toString('hex');
  return OTHERS.find(([start]) => hex.startsWith(start))?.[1];
}
