/**
 * The agent's door for the add-in in Outlook's ribbon: a pipe whose name is made anew each time and told to the user's own registry
 * key alone, one value for each session. A click opens a window.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import koffi from 'koffi';
import { listenForAddIns } from '../outlook/com/in-process/add-in-listener.ts';
import type { AddInCommand } from '../outlook/com/in-process/add-in-messages.ts';

const KEY = String.raw`HKCU\Software\BlueMind\Connector for Outlook`;

/** @throws Error when there can be no pipe, or the registry may not be written */
export async function openAddInDoor(onClick: (command: AddInCommand) => void): Promise<{ close(): Promise<void> }> {
  const pipe = `\\\\.\\pipe\\bluemind-connector-${randomBytes(16).toString('hex')}`;
  const value = `Pipe${sessionOf(process.pid)}`;
  const nothing = () => undefined;
  const listener = await listenForAddIns({ pipe, onCame: nothing, onGone: nothing, onClick });
  await registry('add', KEY, '/v', value, '/t', 'REG_SZ', '/d', pipe, '/f');
  return {
    close: async () => {
      // An uninstaller may have taken the key away before.
      await registry('delete', KEY, '/v', value, '/f').catch(nothing);
      await listener.close();
    },
  };
}

/** The number of the session of Windows that a process is in. */
function sessionOf(pid: number): number {
  const kernel = koffi.load('kernel32.dll');
  const told: [number] = [0];
  kernel.func('int __stdcall ProcessIdToSessionId(uint32 process, _Out_ uint32 *session)')(pid, told);
  return told[0];
}

async function registry(...words: readonly string[]): Promise<void> {
  await promisify(execFile)('reg', [...words], { windowsHide: true });
}
