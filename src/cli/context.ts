import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { openLog } from '../agent/log.ts';
import type { Clock } from '../base/clock.ts';
import { CANCELLED, isFailure } from '../base/failure.ts';
import { INSTALLED } from '../node/resources.ts';
import { systemClock } from '../node/system-clock.ts';
import { EXIT } from './exit-codes.ts';
import { asSystemFailure } from './system-failure.ts';
import { type Shown, show, showFailure, type Terminal } from './terminal.ts';

/** What every command is handed. */
export type Context = {
  readonly terminal: Terminal;
  readonly version: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly random: () => number;
  /** Aborted by Ctrl-C, and when the terminal goes away. */
  readonly signal: AbortSignal;
  /** Set by a command that ends otherwise than by success or failure. */
  exit: number;
};

/** Options that every command has. */
export type Common = { readonly data: string; readonly json?: boolean };

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** The folder where one installation keeps everything, by the names of its files. */
export type DataFolder = {
  readonly path: string;
  readonly server: string;
  readonly outlook: string;
  readonly agent: string;
  readonly logs: string;
};

export function dataFolder(path: string): DataFolder {
  return {
    path,
    server: join(path, 'server.sqlite'),
    outlook: join(path, 'outlook.sqlite'),
    agent: join(path, 'agent.sqlite'),
    logs: join(path, 'logs'),
  };
}

/** Gives `command` the common options, and runs it so that every failure ends as one sentence and an exit code. */
export function runs<A extends readonly unknown[], O extends object>(
  command: Command,
  context: Context,
  work: (options: O & { readonly data: DataFolder; readonly json: boolean }, ...args: A) => Promise<Shown | undefined>,
): Command {
  return command
    .addOption(
      new Option('--data <dir>', 'folder with all data of this installation')
        .default(...defaultData())
        .env('CONNECTOR_DATA'),
    )
    .option('--json', 'print one JSON document instead of text')
    .action(async (...given: unknown[]) => {
      const options = given[command.registeredArguments.length] as Common & O;
      const data = dataFolder(resolve(options.data));
      const json = options.json === true;
      const args = given.slice(0, command.registeredArguments.length) as unknown as A;
      try {
        const shown = await work({ ...options, data, json }, ...args);
        if (shown !== undefined) show(context.terminal, json, shown);
      } catch (caught) {
        const error = asSystemFailure(caught);
        logFailure(data, command.name(), error);
        context.exit = showFailure(context.terminal, json, error);
      }
    });
}

/** What a command needs besides its name to find the same data again: nothing where they lie in the default folder. */
export function dataOption({ path }: DataFolder): string {
  return path === resolve(defaultData()[0]) ? '' : ` --data "${path}"`;
}

/** With what the help says of it. An installation keeps a user's data where Windows keeps those that stay on the computer. */
function defaultData(): [string, string] {
  const place = process.env['LOCALAPPDATA'];
  if (!INSTALLED || place === undefined) return [join(PROJECT, 'trial-data'), './trial-data'];
  return [join(place, 'BlueMind', 'Connector'), String.raw`%LOCALAPPDATA%\BlueMind\Connector`];
}

/** A data folder that is not there is not made for the sake of its log. */
export function logFailure(data: DataFolder, what: string, error: unknown): void {
  if (existsSync(data.path) && !isFailure(error, CANCELLED)) openLog(data.logs).failure(what, error);
}

export function newContext(terminal: Terminal, version: string, signal: AbortSignal): Context {
  return { terminal, version, clock: systemClock, newId: randomUUID, random: Math.random, signal, exit: EXIT.DONE };
}
