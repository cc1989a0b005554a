import { Command } from 'commander';
import { type Context, runs } from '../context.ts';
import { withAgent } from './open-agent.ts';

/** `left-alone [FOLDER]`: what is not kept in step, each item with its reason. */
export function leftAloneCommand(context: Context): Command {
  const command = new Command('left-alone')
    .description('items that are not kept in step, each with the reason')
    .argument('[folder]', 'only of this one, by its name');
  return runs<[string | undefined], object>(command, context, ({ data }, folder) =>
    withAgent(context, data, async (agent) => {
      const items = await agent.trust.leftAlone(folder);
      const lines = items.map(({ folder: name, title, when, why, reason }) => {
        const rule = /^[A-Z]\d/.test(reason) ? ` [${reason}]` : '';
        return `${name}: “${title}”${when === '' ? '' : ` (${when})`} – ${why}${rule}`;
      });
      return { lines: items.length === 0 ? ['Every item is kept in step.'] : lines, json: items };
    }),
  );
}
