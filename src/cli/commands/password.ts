import { Failure } from '../../base/failure.ts';
import type { Terminal } from '../terminal.ts';

/**
 * A password: the first line of standard input when that is asked for, else typed by a person without being shown. It never stands
 * on a command line, where every other program could read it.
 * @throws PASSWORD_MISSING
 */
export async function passwordFrom(terminal: Terminal, fromInput: boolean): Promise<string> {
  const password = fromInput ? firstLine(await terminal.input()) : await terminal.secret?.('Password: ');
  if (password === undefined)
    throw new Failure('PASSWORD_MISSING', 'Give the password on standard input, with --password-stdin.');
  if (password === '') throw new Failure('PASSWORD_MISSING', 'The password is empty.');
  return password;
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}
