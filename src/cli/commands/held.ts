import { Command, Option } from 'commander';
import type { ConflictRow } from '../../agent/conflicts.ts';
import { decide, type Said, type Waiting, waitingRows } from '../../agent/waiting.ts';
import type { SideName } from '../../sync/side.ts';
import { addByDefault } from '../by-default.ts';
import { type Context, runs } from '../context.ts';
import type { Shown } from '../terminal.ts';
import { withAgent } from './open-agent.ts';

const DECIDED = {
  apply: 'will be carried out',
  undo: 'will be brought back',
  server: 'BlueMind’s value will stay',
  outlook: 'Outlook’s value will stay',
} as const satisfies Record<Said, string>;

/** `held list|approve|restore`: what the guard does not believe, and waits for the user. */
export function heldCommand(context: Context): Command {
  const held = new Command('held').description('deletions that were too many to be believed, and wait for you');
  held.addCommand(
    runs(new Command('list').description('list them, with their keys'), context, ({ data }) =>
      withAgent(context, data, async ({ storage }) => {
        const rows = waitingRows(storage, 'held');
        const json = rows.map(({ folder, id, key, title, rule, on, why, decision }) => {
          return { folder, id, key, title, rule, on, why, decision };
        });
        return { lines: rows.length === 0 ? ['Nothing waits for you.'] : rows.map(lineOf), json };
      }),
    ),
  );
  held.addCommand(heldDecision(context, 'approve', 'apply', 'let them be deleted at the next run'));
  held.addCommand(
    heldDecision(context, 'restore', 'undo', 'bring them back, at the next run, on the side where they are gone'),
  );
  return held;
}

function lineOf({ id, folder, title, why, rule, decision }: Waiting): string {
  const said = decision === undefined ? '' : ` – ${DECIDED[decision]} at the next run`;
  return `${id}  ${folder}: “${title}” – ${why} [${rule}]${said}`;
}

function heldDecision(context: Context, name: string, decision: 'apply' | 'undo', description: string): Command {
  const command = new Command(name)
    .description(description)
    .argument('<key...>', 'as `held list` shows them, or `all`');
  return runs<[string[]], object>(command, context, ({ data }, keys) =>
    withAgent(context, data, async ({ storage }) => {
      const rows = waitingRows(storage, 'held');
      return decided(decide(storage, rows, { keys, decision, see: 'connector held list' }), decision);
    }),
  );
}

function decided(rows: readonly Waiting[], decision: Said): Shown {
  return {
    lines: [`${rows.length} decided; the next run carries it out.`],
    json: { decided: rows.map(({ key }) => key), decision },
  };
}

/** `conflicts list|decide`: what both sides changed, where the user wants to be asked. */
export function conflictsCommand(context: Context): Command {
  const conflicts = new Command('conflicts').description(
    'what both sides changed and waits for you, where `conflict.rule` is `ask`',
  );
  addByDefault(
    conflicts,
    runs(
      new Command('list').description('list them, with both values (what `conflicts` alone does)'),
      context,
      ({ data }) =>
        withAgent(context, data, async (agent) => {
          const rows = await agent.trust.conflicts();
          const json = rows.map(({ folder, id, key, title, when, fields, decision }) => {
            return { folder, id, key, title, when, fields, decision };
          });
          return { lines: rows.length === 0 ? ['No conflict waits for you.'] : rows.flatMap(conflictLines), json };
        }),
    ),
  );
  conflicts.addCommand(
    runs<[string[]], { keep: SideName }>(
      new Command('decide')
        .description('say whose values stay; the others go into the history at the next run')
        .argument('<key...>', 'as `conflicts` shows them, or `all`')
        .addOption(
          new Option('--keep <side>', 'whose values stay').choices(['server', 'outlook']).makeOptionMandatory(),
        ),
      context,
      ({ data, keep }, keys) =>
        withAgent(context, data, async ({ storage }) => {
          const rows = waitingRows(storage, 'conflict');
          return decided(decide(storage, rows, { keys, decision: keep, see: 'connector conflicts' }), keep);
        }),
    ),
  );
  return conflicts;
}

function conflictLines({ id, folder, title, when, fields, decision }: ConflictRow): string[] {
  const said = decision === undefined ? '' : ` – ${DECIDED[decision]} at the next run`;
  return [
    `${id}  ${folder}: “${title}”${when === '' ? '' : ` (${when})`}${said}`,
    ...fields.map(({ field, server, outlook }) => `    ${field}: ${server} in BlueMind, ${outlook} in Outlook`),
  ];
}
