import { readFileSync } from 'node:fs';
import { Failure } from '../../base/failure.ts';

/** @throws VALUE_INVALID */
export function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Failure('VALUE_INVALID', `"${text}" is no port; ports are numbers from 0 to 65535.`);
}

/** @throws VALUE_INVALID */
export function secondsOf(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new Failure('VALUE_INVALID', `"${text}" is no number of seconds.`);
}

/** @throws FILE_UNREADABLE */
export function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Failure('FILE_UNREADABLE', `The file ${file} cannot be read.`, { cause });
  }
}
