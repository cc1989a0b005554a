/**
 * Where the add-in finds the agent's pipe: a value of the user's own registry key, which other users neither read nor write. Its name
 * has the number of the session, because one agent runs in each.
 */
import { randomUUID } from 'node:crypto';
import koffi from 'koffi';

const KEY = 'Software\\BlueMind\\Connector for Outlook';
const CURRENT_USER = 0x80000001;
const TEXT = 1;

type Functions = ReturnType<typeof load>;
let loaded: Functions | undefined;

function load() {
  const advapi = koffi.load('advapi32.dll');
  const kernel = koffi.load('kernel32.dll');
  return {
    set: advapi.func(
      'int32 __stdcall RegSetKeyValueW(uintptr root, str16 key, str16 name, uint32 type, str16 text, uint32 bytes)',
    ),
    remove: advapi.func('int32 __stdcall RegDeleteKeyValueW(uintptr root, str16 key, str16 name)'),
    session: kernel.func('int32 __stdcall ProcessIdToSessionId(uint32 process, _Out_ uint32 *session)'),
  };
}

/** A name for a pipe that nobody can foresee, and so nobody take before. */
export function newPipeName(): string {
  return `\\\\.\\pipe\\bluemind-connector-${randomUUID()}`;
}

/** Tells add-ins where the pipe is; after it is there, because they look at once. The answer takes it back. @throws Error */
export function publishPipe(pipe: string): () => void {
  loaded ??= load();
  const { set, remove } = loaded;
  const name = `Pipe${sessionOf(loaded)}`;
  const result = Number(set(CURRENT_USER, KEY, name, TEXT, pipe, 2 * (pipe.length + 1)));
  if (result !== 0) throw new Error(`the registry did not take where the pipe is: ${result}`);
  return () => void remove(CURRENT_USER, KEY, name);
}

function sessionOf({ session }: Functions): number {
  const cell = [0];
  if (session(process.pid, cell) === 0) throw new Error('Windows does not tell the session');
  return cell[0] ?? 0;
}
