import { Failure } from '../../base/failure.ts';
import type { Terminal } from '../terminal.ts';

/** The password from standard input, its first line; passwords never stand on a command line. @throws PASSWORD_MISSING */
export async function passwordFromInput(terminal: Terminal, asked: boolean): Promise<string> {
  if (!asked) throw new Failure('PASSWORD_MISSING', 'Give the password on standard input, with --password-stdin.');
  const [password = ''] = (await terminal.input()).split(/\r?\n/);
  if (password === '') throw new Failure('PASSWORD_MISSING', 'Standard input held no password.');
  return password;
}
