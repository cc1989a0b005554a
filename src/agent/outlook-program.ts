import type { RunProgram } from '../update/windows-port.ts';
import type { OutlookProgram } from './updates.ts';

/** @units milliseconds in which Outlook closes, or asks its user something */
const PATIENCE = 30_000;
const BEAT = 500;

/** Outlook by the tools of Windows: closed as by its own button, so that a person is asked about what is not saved. */
export function outlookProgram(run: RunProgram): OutlookProgram {
  // `find` ends with 0 where the list names it; the list itself always does.
  const shell = (line: string, outlives = false) => run('cmd.exe', ['/d', '/s', '/c', `"${line}"`], { outlives });
  const running = async () => (await shell(LIST).exit) === 0;
  return {
    running,
    quit: async () => {
      await shell(`taskkill ${OURS}`).exit;
      for (let waited = 0; waited < PATIENCE; waited += BEAT) {
        if (!(await running())) return true;
        await new Promise((resolve) => setTimeout(resolve, BEAT));
      }
      return false;
    },
    start: async () => {
      shell('start "" outlook.exe', true);
    },
  };
}

/** Of this user: on a server of terminals others have their own. */
const OURS = '/FI "IMAGENAME eq OUTLOOK.EXE" /FI "USERNAME eq %USERNAME%"';
const LIST = `tasklist /NH ${OURS} | find /I "OUTLOOK.EXE"`;
