/**
 * Where the add-in finds the agent's pipe: a value of the user's own registry key, which other users neither read nor write. Its name
 * has the number of the session, because one agent runs in each.
 */
import { randomUUID } from 'node:crypto';
import koffi from 'koffi';
import { removeUserValue, writeUserText } from '../windows-registry.ts';

const KEY = 'Software\\BlueMind\\Connector for Outlook';

/** A name for a pipe that nobody can foresee, and so nobody take before. */
export function newPipeName(): string {
  return `\\\\.\\pipe\\bluemind-connector-${randomUUID()}`;
}

/** Tells add-ins where the pipe is; after it is there, because they look at once. The answer takes it back. @throws Error */
export function publishPipe(pipe: string): () => void {
  const name = `Pipe${session()}`;
  writeUserText(KEY, name, pipe);
  return () => removeUserValue(KEY, name);
}

function session(): number {
  const sessionOf = koffi
    .load('kernel32.dll')
    .func('int32 __stdcall ProcessIdToSessionId(uint32 process, _Out_ uint32 *session)');
  const cell = [0];
  if (sessionOf(process.pid, cell) === 0) throw new Error('Windows does not tell the session');
  return cell[0] ?? 0;
}
