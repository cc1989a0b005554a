import { Command, Option } from 'commander';
import { lastLines } from '../../agent/log-file.ts';
import { setOption } from '../../agent/options.ts';
import { Failure } from '../../base/failure.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import { localTime } from '../local-time.ts';
import { mustExist, withAgent } from './open-agent.ts';

type LogOptions = { readonly most: string; readonly follow?: boolean; readonly advanced?: 'on' | 'off' };

/** `log`: what the agent has noted, which holds nothing of the user's. */
export function logCommand(context: Context): Command {
  const command = new Command('log')
    .description('show the last lines of the log')
    .option('--most <n>', 'how many', '50')
    .option('--follow', 'and those that come, until Ctrl-C')
    .addOption(
      new Option('--advanced <switch>', 'tell every call to the server and to Outlook too, from now on').choices([
        'on',
        'off',
      ]),
    );
  return runs<[], LogOptions>(command, context, async ({ data, json, advanced, most, follow }) => {
    mustExist(data);
    if (advanced !== undefined) return switchAdvanced(context, data, advanced);
    const count = Number(most);
    if (!Number.isInteger(count) || count < 1)
      throw new Failure('VALUE_INVALID', '--most is a number of lines, 1 or more.');
    const lines = lastLines(data.logs, count);
    if (follow !== true) return { lines: lines.map(inWords), json: lines.map((line) => JSON.parse(line)) };
    const say = (line: string) => context.terminal.out(`${json ? line : inWords(line)}\n`);
    for (const line of lines) say(line);
    await followLog(context, data, lines, say);
    return undefined;
  });
}

async function switchAdvanced(context: Context, data: DataFolder, advanced: 'on' | 'off') {
  await withAgent(context, data, async ({ storage }) => setOption(storage.settings, 'log.advanced', advanced));
  return { lines: [`Advanced logging is ${advanced}.`], json: { advanced: advanced === 'on' } };
}

/** @units milliseconds between two looks */
const BEAT = 500;
/** More than are ever written between two looks. */
const LOOKED_AT = 5000;

async function followLog(
  { clock, signal }: Context,
  data: DataFolder,
  shown: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  let last = shown.at(-1);
  while (!signal.aborted) {
    await clock.sleep(BEAT, signal).catch(() => undefined);
    const lines = lastLines(data.logs, LOOKED_AT);
    const fresh = last === undefined ? lines : lines.slice(lines.lastIndexOf(last) + 1);
    for (const line of fresh) say(line);
    last = fresh.at(-1) ?? last;
  }
}

/** `2026-03-09 14:00:05  run  changes 3, failed 0`: a line as a person reads it. */
function inWords(line: string): string {
  const { time, level, msg, folders: _, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const said = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  const weight = Number(level) >= 40 ? '!' : ' ';
  return `${localTime(String(time))} ${weight} ${String(msg)}  ${said.join(', ')}`.trimEnd();
}
