/** `npm start` in a process of its own, and what one finds on its page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Locator, Page } from 'playwright-core';
import { openClient } from '../../src/agent/api/client.ts';
import { ADDRESS_FILE, type ApiAddress } from '../../src/agent/host/api-part.ts';
import { buildDialogs } from '../../tools/build-dialogs.ts';
import { SOURCES } from '../end-to-end/connector.ts';

export type TrialProgram = {
  /** Opens the page, once. */
  readonly link: string;
  readonly program: ChildProcess;
  /** A further link. */
  another(): Promise<string>;
};

/** Started, with its page told; the first run may go on. */
export async function startTrial(): Promise<TrialProgram> {
  await buildDialogs();
  const data = mkdtempSync(join(tmpdir(), 'trial-'));
  const args = [SOURCES, 'trial', '--port', '0', '--page-port', '0', '--json', '--data', data];
  const program = spawn(process.execPath, args);
  const link = await new Promise<string>((resolve, reject) => {
    // Read to the end: a program whose words nobody reads stands still once the pipe is full.
    createInterface({ input: program.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as { readonly page?: string };
      if (told.page !== undefined) resolve(told.page);
    });
    program.on('close', () => reject(new Error('the trial ended before it told its page')));
  });
  const another = async () => {
    const { url, token } = JSON.parse(readFileSync(join(data, ADDRESS_FILE), 'utf8')) as ApiAddress;
    return (await openClient({ base: url, token }).post('open', { dialog: 'trial' })).url;
  };
  return { link, program, another };
}

/** One side of the page, in either language: the names are the products' own. */
export function paneOf(page: Page, side: 'Outlook' | 'BlueMind'): Locator {
  return page.getByRole('region', { name: side, exact: true });
}

/** An entry of the calendar by words of its title. */
export function eventIn(pane: Locator, title: string): Locator {
  return pane.locator('[data-event]', { hasText: title });
}
