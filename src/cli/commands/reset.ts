import { Command } from 'commander';
import type { ResetDone, ResetLook } from '../../agent/reset.ts';
import { inWords, summarize, totalsOf } from '../../agent/summary.ts';
import { Failure } from '../../base/failure.ts';
import { type Context, runs } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { progressLine } from '../terminal.ts';
import { withAgent } from './open-agent.ts';

type ResetOptions = { readonly all?: boolean; readonly yes?: boolean; readonly sendFirst?: boolean };

/** `reset [FOLDER] [--all]`: takes out of Outlook what the connector put there. */
export function resetCommand(context: Context): Command {
  const command = new Command('reset')
    .description('take out of Outlook what the connector put there; the next run brings it anew')
    .argument('[folder]', 'this one, by its name')
    .option('--all', 'all folders')
    .option('--yes', 'do it; what was not sent yet is kept in the history only')
    .option('--send-first', 'do it, but send first what was not sent yet');
  return runs<[string | undefined], ResetOptions>(command, context, ({ data, json, all, yes, sendFirst }, folder) => {
    if ((folder === undefined) === (all !== true))
      throw new Failure('VALUE_INVALID', 'Name one folder to reset, or say --all.');
    return withAgent(context, data, async (agent) => {
      const looks = await agent.trust.lookAtReset(folder);
      if (yes !== true && sendFirst !== true) {
        context.exit = EXIT.INCOMPLETE;
        const lines = [...looks.flatMap(lookLines), 'Nothing was done. Say --yes to do it, or --send-first.'];
        return { lines, json: { done: false, folders: looks } };
      }
      const line = progressLine(context.terminal, json);
      const unsent = sendFirst === true ? 'send' : 'drop';
      const chosen = folder === undefined ? {} : { folder };
      const progress = { progress: ({ folder: at }: { folder: string }) => line.step(at, 'emptying') };
      const options = { ...chosen, unsent, signal: context.signal, ...progress } as const;
      const done = await agent.trust.reset(options).finally(() => line.end());
      if (done.some(({ stayed, kept }) => stayed + kept.length > 0)) context.exit = EXIT.INCOMPLETE;
      return {
        lines: [...looks.flatMap(unsentLines), ...done.flatMap(doneLines)],
        json: { done: true, folders: done },
      };
    });
  });
}

function lookLines(look: ResetLook): string[] {
  return [`${look.name}: ${items(look.items)} would be taken out of Outlook.`, ...unsentLines(look)];
}

function unsentLines({ name, unsent }: ResetLook): string[] {
  return unsent.map((line) => `  ${name}: not sent yet: ${inWords(line, 'en')}`);
}

function doneLines({ name, removed, stayed, kept }: ResetDone): string[] {
  if (kept.length > 0)
    return [
      `${name}: not reset, for something could not be sent:`,
      ...kept.map((line) => `  ${name}: ${inWords(line, 'en')}`),
    ];
  const left = stayed === 0 ? '' : ` Outlook did not give up ${items(stayed)}; the next run pairs them again.`;
  return [`${name}: ${items(removed)} taken out of Outlook; the next run brings them anew.${left}`];
}

function items(count: number): string {
  return `${count} ${count === 1 ? 'item' : 'items'}`;
}

/** `repair [FOLDER]`: compares everything anew and pairs again what the memory has lost. */
export function repairCommand(context: Context): Command {
  const command = new Command('repair')
    .description('compare everything anew, and pair again what the memory has lost; doubles and deletes nothing')
    .argument('[folder]', 'only this one, by its name');
  return runs<[string | undefined], object>(command, context, ({ data, json }, folder) =>
    withAgent(context, data, async (agent) => {
      const line = progressLine(context.terminal, json);
      const startedAt = context.clock.now();
      const folders = await agent.trust
        .repair(folder, {
          signal: context.signal,
          progress: ({ folder: at, done, total }) => line.step(at, `${done} of ${total}`),
        })
        .finally(() => line.end());
      const totals = totalsOf(folders);
      if (totals.failed + totals.held > 0) context.exit = EXIT.INCOMPLETE;
      const paired = folders.map(({ name, report }) => `${name}: ${items(report.linked)} paired or looked at again.`);
      const report = { startedAt, endedAt: context.clock.now(), folders, notes: [] };
      return { lines: [...paired, ...summarize(report)], json: { ...totals, folders } };
    }),
  );
}
