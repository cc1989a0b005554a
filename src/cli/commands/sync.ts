import { Command } from 'commander';
import type { Agent, RunProgress } from '../../agent/agent.ts';
import { noteInWords } from '../../agent/folders/say.ts';
import { settingInWords } from '../../agent/setting-words.ts';
import { inWords, type RunReport, summarize, totalsOf } from '../../agent/summary.ts';
import { isFailure } from '../../base/failure.ts';
import { type Context, runs } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { progressLine, type Shown } from '../terminal.ts';
import { withAgent } from './open-agent.ts';

/** `sync [--dry-run]`. */
export function syncCommand(context: Context): Command {
  const command = new Command('sync')
    .description('bring Outlook and BlueMind in step now')
    .option('--dry-run', 'only say, action by action and with reasons, what the run would do');
  return runs<[], { dryRun?: boolean }>(command, context, ({ data, json, dryRun }) =>
    withAgent(context, data, (agent) =>
      dryRun ? dryRunOf(context, agent) : runOf(context, agent, json).then(({ shown }) => shown),
    ),
  );
}

async function dryRunOf(context: Context, agent: Agent): Promise<Shown> {
  const plan = await agent.plan({ signal: context.signal });
  const lines = plan.lines.map(({ folder, line }) => `${folder}: ${inWords(line, 'en')}`);
  const count = plan.lines.filter(({ line }) => line.outcome === 'planned').length;
  const settings = plan.settings?.lines ?? [];
  const alsoPlanned = settings.filter(({ outcome }) => outcome === 'planned').length;
  const also = alsoPlanned === 0 ? '' : `, and ${alsoPlanned} of calendar settings`;
  const end = `${count} ${count === 1 ? 'change' : 'changes'} planned${also}.`;
  return {
    lines: [...inEnglish(plan.notes), ...settings.map((line) => settingInWords(line, 'en')), ...lines, end],
    json: { ...plan, notes: inEnglish(plan.notes), settings },
  };
}

/** @units milliseconds between two looks whether somebody else's run has ended */
const LOOK_AGAIN = 500;

/** {@link runOf}, once the run of another process has ended; that it waits is told once. */
export async function runWhenFree(
  context: Context,
  agent: Agent,
  { quiet, say }: { readonly quiet: boolean; readonly say: (text: string) => void },
): ReturnType<typeof runOf> {
  for (let told = false; ; told = true) {
    try {
      return await runOf(context, agent, quiet);
    } catch (error) {
      if (!isFailure(error, 'RUN_IN_PROGRESS')) throw error;
      if (!told) say('Another program synchronizes this folder now; waiting until it has ended. Ctrl-C stops waiting.');
      await context.clock.sleep(LOOK_AGAIN, context.signal);
    }
  }
}

/** One run with its progress line, over all containers or `only` some; the exit code tells whether everything went through. */
export async function runOf(
  context: Context,
  agent: Agent,
  quiet: boolean,
  only?: ReadonlySet<string>,
): Promise<{ readonly report: RunReport; readonly shown: Shown }> {
  const line = progressLine(context.terminal, quiet);
  try {
    const report = await agent.run({
      signal: context.signal,
      progress: (at) => line.step(at.folder, progressText(at)),
      only,
    });
    context.exit = exitOf(report);
    return { report, shown: shownOf(report) };
  } finally {
    line.end();
  }
}

function inEnglish(notes: RunReport['notes']): readonly string[] {
  return notes.map((note) => noteInWords(note, 'en'));
}

function progressText({ done, total }: RunProgress): string {
  return `${done} of ${total} changes`;
}

function exitOf(report: RunReport): number {
  const { failed, held } = totalsOf(report.folders);
  return failed + held === 0 ? EXIT.DONE : EXIT.INCOMPLETE;
}

export function shownOf(report: RunReport): Shown {
  const { startedAt, endedAt, folders, notes, settings } = report;
  return {
    lines: summarize(report),
    json: {
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(endedAt).toISOString(),
      ...totalsOf(folders),
      folders,
      notes: inEnglish(notes),
      settings: settings ?? null,
    },
  };
}
