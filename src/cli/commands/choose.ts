import { Command } from 'commander';
import type { Agent } from '../../agent/agent.ts';
import type { ListedContainer } from '../../agent/containers.ts';
import { isFailure } from '../../base/failure.ts';
import type { ContainerKind } from '../../bluemind/containers.ts';
import { addByDefault } from '../by-default.ts';
import { type Context, runs } from '../context.ts';
import { type Shown, table } from '../terminal.ts';
import { withAgent } from './open-agent.ts';
import { runOf } from './sync.ts';

const WORDS = {
  calendar: { command: 'calendars', one: 'calendar', many: 'calendars' },
  addressbook: { command: 'books', one: 'address book', many: 'address books' },
} as const;

/** `calendars` and `books`: which of them Outlook shows, and the user's own. */
export function chooseCommand(context: Context, kind: ContainerKind): Command {
  const { command, many } = WORDS[kind];
  const choose = new Command(command).description(`the ${many} you may see, which of them Outlook shows, and your own`);
  addByDefault(choose, listCommand(context, kind));
  choose.addCommand(subscribeCommand(context, kind, 'subscribe'));
  choose.addCommand(subscribeCommand(context, kind, 'unsubscribe'));
  choose.addCommand(addCommand(context, kind));
  choose.addCommand(renameCommand(context, kind));
  choose.addCommand(deleteCommand(context, kind));
  return choose;
}

function listCommand(context: Context, kind: ContainerKind): Command {
  const { many } = WORDS[kind];
  const command = new Command('list')
    .description(`list the ${many} you may see: name, owner, R/W or R, whether Outlook shows them`)
    .option('--search <text>', 'only those with these words in their name or their owner’s');
  return runs<[], { search?: string }>(command, context, ({ data, search }) =>
    withAgent(context, data, async (agent) => {
      const found = await agent.containers.list(kind, { search, signal: context.signal });
      const rows = found.map(({ name, owner, access, subscribed, uid }) => [
        subscribed ? '[x]' : '[ ]',
        name,
        owner,
        access,
        uid,
      ]);
      return { lines: rows.length === 0 ? [`No ${many}.`] : table(rows), json: found.map(shownOf) };
    }),
  );
}

function subscribeCommand(context: Context, kind: ContainerKind, verb: 'subscribe' | 'unsubscribe'): Command {
  const { many } = WORDS[kind];
  const command = new Command(verb)
    .description(
      verb === 'subscribe'
        ? `show ${many} in Outlook too, from now on`
        : `show ${many} in Outlook no longer; changes that were not sent are sent or kept first`,
    )
    .argument('<which...>', 'uids or names');
  return runs<[string[]], object>(command, context, ({ data, json }, which) =>
    withAgent(context, data, async (agent) => {
      const chosen = await agent.containers[verb](kind, which, { signal: context.signal });
      const said = verb === 'subscribe' ? 'Subscribed to' : 'Unsubscribed from';
      const lines = chosen.map((one) => `${said} ${fullName(one)}.`);
      return atOnce(context, { agent, quiet: json, chosen }, { lines, json: chosen.map(shownOf) });
    }),
  );
}

function addCommand(context: Context, kind: ContainerKind): Command {
  const { one } = WORDS[kind];
  const command = new Command('add')
    .description(`make a new ${one} of your own; Outlook shows it at once`)
    .argument('<name>', 'its name');
  return runs<[string], object>(command, context, ({ data, json }, name) =>
    withAgent(context, data, async (agent) => {
      const made = await agent.containers.add(kind, name, { signal: context.signal });
      const lines = [`Made the ${one} ${made.name}.`];
      return atOnce(context, { agent, quiet: json, chosen: [made] }, { lines, json: shownOf(made) });
    }),
  );
}

function renameCommand(context: Context, kind: ContainerKind): Command {
  const { one } = WORDS[kind];
  const command = new Command('rename')
    .description(`give one of your own ${WORDS[kind].many} another name`)
    .argument('<which>', 'uid or name')
    .argument('<name>', 'the new name');
  return runs<[string, string], object>(command, context, ({ data, json }, which, name) =>
    withAgent(context, data, async (agent) => {
      const renamed = await agent.containers.rename(kind, which, name, { signal: context.signal });
      const lines = [`The ${one} is called ${renamed.name} now.`];
      return atOnce(context, { agent, quiet: json, chosen: [renamed] }, { lines, json: shownOf(renamed) });
    }),
  );
}

function deleteCommand(context: Context, kind: ContainerKind): Command {
  const { one } = WORDS[kind];
  const command = new Command('delete')
    .description(`delete one of your own ${WORDS[kind].many} with everything in it; asks first when it holds something`)
    .argument('<which>', 'uid or name')
    .option('--yes', 'do not ask');
  return runs<[string], { yes?: boolean }>(command, context, ({ data, json, yes }, which) =>
    withAgent(context, data, async (agent) => {
      const deleted = await removeAsked(context, agent, { kind, which, confirmed: yes === true });
      if (deleted === undefined) return { lines: ['Nothing was deleted.'], json: { deleted: null } };
      const lines = [`Deleted the ${one} ${deleted.name}.`];
      return atOnce(context, { agent, quiet: json, chosen: [deleted] }, { lines, json: { deleted: deleted.uid } });
    }),
  );
}

/** Without a person to ask, what holds something is not deleted. Returns undefined when the person says no. */
async function removeAsked(
  { terminal, signal }: Context,
  agent: Agent,
  { kind, which, confirmed }: { kind: ContainerKind; which: string; confirmed: boolean },
): Promise<ListedContainer | undefined> {
  try {
    return await agent.containers.remove(kind, which, { confirmed, signal });
  } catch (error) {
    if (!isFailure(error, 'CONTAINER_NOT_EMPTY') || terminal.confirm === undefined) throw error;
    const holds = error.message.slice(0, error.message.indexOf(' Nothing was done'));
    if (!(await terminal.confirm(`${holds} Delete it?`))) return undefined;
    return agent.containers.remove(kind, which, { confirmed: true, signal });
  }
}

/** @units milliseconds: how long a run of another process is waited for, and how often it is asked */
const PATIENCE = 30_000;
const BEAT = 200;

/** Brings what was chosen into Outlook, or out of it, without waiting for the next run. */
async function atOnce(
  context: Context,
  { agent, quiet, chosen }: { agent: Agent; quiet: boolean; chosen: readonly ListedContainer[] },
  done: Shown,
): Promise<Shown> {
  for (let waited = 0; ; waited += BEAT) {
    try {
      const { shown } = await runOf(context, agent, quiet, new Set(chosen.map(({ uid }) => uid)));
      return { lines: [...done.lines, ...shown.lines], json: done.json };
    } catch (error) {
      if (!isFailure(error, 'RUN_IN_PROGRESS')) throw error;
      if (waited >= PATIENCE) {
        const later = 'Another run goes on; the next one brings it to Outlook.';
        return { lines: [...done.lines, later], json: done.json };
      }
      await context.clock.sleep(BEAT, context.signal);
    }
  }
}

function fullName({ name, owner }: ListedContainer): string {
  return owner === '' ? name : `${name} (${owner})`;
}

function shownOf({ uid, name, owner, access, color, subscribed, fixed, personal }: ListedContainer) {
  return { uid, name, owner, access, color: color ?? null, subscribed, fixed: fixed ?? null, personal };
}
