import { Command } from 'commander';
import type { Agent } from '../../agent/agent.ts';
import { Failure } from '../../base/failure.ts';
import { type Context, runs } from '../context.ts';
import { withAgent } from './open-agent.ts';

/** `held list|approve|restore`: deletions that were too many to be believed, and wait for the user. */
export function heldCommand(context: Context): Command {
  const held = new Command('held').description('deletions that were too many to be believed, and wait for you');
  held.addCommand(
    runs(new Command('list').description('list them, with their keys'), context, ({ data }) =>
      withAgent(context, data, async (agent) => {
        const rows = waiting(agent).map(({ folder, key, title, rule, decision }) => ({
          folder,
          key,
          title,
          rule,
          decision,
        }));
        const lines = rows.map(
          ({ folder, key, title, decision }) =>
            `${key}  ${folder}: “${title}”${decision === undefined ? '' : ` (${decision})`}`,
        );
        return { lines: rows.length === 0 ? ['Nothing waits for you.'] : lines, json: rows };
      }),
    ),
  );
  held.addCommand(decideCommand(context, 'approve', 'apply', 'let them be deleted at the next run'));
  held.addCommand(
    decideCommand(context, 'restore', 'undo', 'bring them back, at the next run, on the side where they are gone'),
  );
  return held;
}

function decideCommand(context: Context, name: string, decision: 'apply' | 'undo', description: string): Command {
  const command = new Command(name)
    .description(description)
    .argument('<key...>', 'as `held list` shows them, or `all`');
  return runs<[string[]], object>(command, context, ({ data }, keys) =>
    withAgent(context, data, async (agent) => {
      const rows = waiting(agent);
      const chosen = keys.includes('all') ? rows : rows.filter(({ key }) => keys.includes(key));
      const unknown = keys.filter((key) => key !== 'all' && !rows.some((row) => row.key === key));
      if (unknown.length > 0)
        throw new Failure(
          'ITEM_NOT_FOUND',
          `Nothing that waits has the key ${unknown[0]}; see \`connector held list\`.`,
        );
      for (const { pair, key } of chosen) agent.storage.state(pair).transaction((tx) => tx.decide(key, decision));
      return {
        lines: [`${chosen.length} decided; the next run carries it out.`],
        json: { decided: chosen.map(({ key }) => key), decision },
      };
    }),
  );
}

/** Held rows of the guard (rules G…), which alone wait for a decision. */
function waiting(agent: Agent) {
  return agent.pairs().flatMap((pair) =>
    agent.storage
      .state(pair.id)
      .held()
      .filter(({ rule }) => rule.startsWith('G'))
      .map((row) => ({ ...row, pair: pair.id, folder: pair.name })),
  );
}
