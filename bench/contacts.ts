/**
 * A domain whose directory has thousands of entries, and a book of as many contacts with photos, over real HTTP and the emulated
 * Outlook: the first run, one with nothing to do, and one after a hundredth of the contacts changed.
 *
 * `node bench/contacts.ts [count]` prints one line of JSON per run: milliseconds, requests to the server, calls into Outlook, and the
 * largest memory of the process so far. @units milliseconds, mebibytes
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contactsWorld } from './contacts/world.ts';

const count = Number(process.argv[2] ?? 5000);
const home = mkdtempSync(join(tmpdir(), 'connector-bench-'));
const world = await contactsWorld({ home, count, progress: (words) => console.error(words) });
try {
  await measured('first');
  await measured('no-op');
  await measured('no-op again');
  await world.changeOnServer(Math.ceil(count / 100));
  await measured('one in a hundred');
} finally {
  await world.close();
  rmSync(home, { recursive: true, force: true });
}

async function measured(what: string): Promise<void> {
  const begin = performance.now();
  const cost = await world.run();
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.info(JSON.stringify({ run: what, count, ms: Math.round(performance.now() - begin), ...cost, memory }));
}
