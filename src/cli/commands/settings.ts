import { Command } from 'commander';
import { settingInWords, settingName, valueInWords } from '../../agent/setting-words.ts';
import { agree } from '../../agent/settings-plan.ts';
import { must } from '../../base/assert.ts';
import type { CalendarSetting } from '../../domain/calendar-settings.ts';
import { type Context, runs } from '../context.ts';
import { table } from '../terminal.ts';
import { withAgent } from './open-agent.ts';

/** `settings`: how the calendar is set up on both sides, and what the next run does about it. */
export function settingsCommand(context: Context): Command {
  return runs(
    new Command('settings').description('how the calendar is set up in BlueMind and in Outlook, and what differs'),
    context,
    ({ data }) =>
      withAgent(context, data, async (agent) => {
        const { server, outlook, lines } = must(await agent.calendarSettings());
        const year = new Date(context.clock.now()).getUTCFullYear();
        const rows = (Object.keys(server) as CalendarSetting[]).map((setting) => {
          const same = agree(setting, { server, outlook }, year);
          return { setting, server: server[setting] ?? null, outlook: outlook[setting] ?? null, same };
        });
        const words = rows.map(({ setting, same }) => [
          settingName(setting, 'en'),
          valueInWords(setting, server[setting], 'en'),
          valueInWords(setting, outlook[setting], 'en'),
          same ? '' : server[setting] === undefined || outlook[setting] === undefined ? 'on one side only' : 'differs',
        ]);
        const next = lines.map((line) => settingInWords(line, 'en'));
        return {
          lines: [...table([['', 'BlueMind', 'Outlook', ''], ...words]).map((line) => line.trimEnd()), ...next],
          json: { settings: rows, next: lines },
        };
      }),
  );
}
