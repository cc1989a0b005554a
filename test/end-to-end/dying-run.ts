/**
 * One run of the connector as a process of its own, which dies at a numbered durable step as a killed process does, at once and
 * with nothing tidied up. A step is the moment before and the moment after everything that outlives the process: a commit to one
 * of its files, and a request that changes something on the server (sent, and answered).
 *
 * `node test/end-to-end/dying-run.ts FOLDER SERVER STEP [FILE | undo]`: every step goes to FOLDER/steps as a line; STEP 0 never dies. With
 * a file that file is imported, with `undo` the last import is taken back, in place of the run.
 */
import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { openAgent } from '../../src/agent/agent.ts';
import { openCredentialStore } from '../../src/agent/credentials.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { openEmulator } from '../../src/outlook/emulator/open-emulator.ts';

const [folder = '', server = '', dieAt = '0', file] = process.argv.slice(2);
let counting = false;
let taken = 0;

// Statements are prepared when a file is opened, and kept.
watchFiles();
const emulator = openEmulator({
  file: join(folder, 'outlook.sqlite'),
  clock: systemClock,
  random: Math.random,
  switches: { commits: 'save' },
});
const agent = openAgent({
  file: join(folder, 'agent.sqlite'),
  lockFile: join(folder, 'run.lock'),
  credentials: await openCredentialStore(folder),
  executor: emulator.executor,
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  version: 'test',
});
for (const { id } of agent.accounts()) agent.moveAccount(id, server);

function step(what: string): void {
  if (!counting) return;
  taken += 1;
  appendFileSync(join(folder, 'steps'), `${what}\n`);
  if (taken === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
}

/** Everything that a file is given: whole transactions, and statements outside of one. */
function watchFiles(): void {
  const { prepare } = DatabaseSync.prototype;
  const around = <T>(database: DatabaseSync, work: () => T): T => {
    const file = basename(database.location() ?? '');
    step(`before ${file}`);
    const result = work();
    step(`after ${file}`);
    return result;
  };
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
    const statement = prepare.call(this, sql);
    const run = statement.run.bind(statement) as (...values: never[]) => ReturnType<StatementSync['run']>;
    const isDurable = () => sql === 'COMMIT' || !(this.isTransaction || sql.startsWith('BEGIN'));
    const watched = (...values: never[]) => (isDurable() ? around(this, () => run(...values)) : run(...values));
    return Object.assign(statement, { run: watched });
  };
}

/** Requests that change something; those that only ask by POST are left out. */
function watchRequests(): void {
  type Told = { readonly request: { readonly method: string; readonly path: string } };
  const changes = ({ request: { method, path } }: Told) =>
    method !== 'GET' && !/_mget|_multipleGet|loginWithParams|logout/.test(path);
  channel('undici:request:create').subscribe((message) => {
    if (changes(message as Told)) step('before the server');
  });
  channel('undici:request:headers').subscribe((message) => {
    if (changes(message as Told)) step('after the server');
  });
}

watchRequests();
counting = true;
if (file === 'undo') await agent.imports.undo(undefined, {});
else if (file !== undefined) await agent.imports.files([{ path: file }], { into: [], dryRun: false });
else {
  const { folders } = await agent.run();
  const failed = folders.flatMap(({ report }) => (report.failure === undefined ? [] : [report.failure.code]));
  if (failed.length > 0) throw new Error(failed.join());
}
await agent.close();
emulator.close();
