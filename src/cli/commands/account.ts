import { Command } from 'commander';
import { type Context, runs } from '../context.ts';
import { table } from '../terminal.ts';
import { readPem } from './given-values.ts';
import { makeDataFolder, withAgent } from './open-agent.ts';
import { passwordFrom } from './password.ts';

type AddOptions = {
  readonly server: string;
  readonly login: string;
  readonly passwordStdin?: boolean;
  readonly proxy?: string;
  readonly certificates?: string;
};

/** `account add|list|password|remove`: the BlueMind account that is connected. */
export function accountCommand(context: Context): Command {
  const account = new Command('account').description('the BlueMind account that Outlook is kept in step with');
  account.addCommand(
    runs<[], AddOptions>(
      new Command('add')
        .description('connect an account: signs in, and stores the password encrypted')
        .requiredOption('--server <url>', 'address of the server: https://mail.example.org')
        .requiredOption('--login <login>', 'login, with its domain: jane@example.org')
        .option('--password-stdin', 'read the password from standard input; without it, it is asked for')
        .option('--proxy <url>', 'proxy that leads to the server: http://proxy.example.org:3128')
        .option('--certificates <file>', 'further certificates to trust (PEM)'),
      context,
      async ({ data, server, login, passwordStdin, proxy, certificates: file }) => {
        const password = await passwordFrom(context.terminal, passwordStdin === true);
        const certificates = file === undefined ? undefined : readPem(file);
        makeDataFolder(data);
        const record = await withAgent(context, data, (agent) =>
          agent.addAccount({ server, login, password, proxy, certificates }),
        );
        return {
          lines: [`Connected ${record.login} at ${record.server}.`],
          json: { id: record.id, server: record.server, login: record.login },
        };
      },
    ),
  );
  account.addCommand(
    runs(new Command('list').description('list the connected account'), context, async ({ data }) => {
      const accounts = await withAgent(context, data, async (agent) =>
        agent.accounts().map(({ id, server, login }) => ({ id, server, login })),
      );
      return {
        lines:
          accounts.length === 0
            ? ['No account is connected.']
            : table(accounts.map(({ id, server }) => [id, `at ${server}`])),
        json: accounts,
      };
    }),
  );
  account.addCommand(
    runs<[], { passwordStdin?: boolean }>(
      new Command('password')
        .description('store another password, once the server accepted it; ends the pause after a refused one')
        .option('--password-stdin', 'read the password from standard input; without it, it is asked for'),
      context,
      async ({ data, passwordStdin }) => {
        const password = await passwordFrom(context.terminal, passwordStdin === true);
        const [account] = await withAgent(context, data, async (agent) => {
          await agent.changePassword(password);
          return agent.accounts();
        });
        return { lines: ['The server accepts the password; it is stored.'], json: { id: account?.id } };
      },
    ),
  );
  account.addCommand(
    runs<[string], object>(
      new Command('remove')
        .description('forget an account, its memory and its password; what Outlook and the server hold stays')
        .argument('<id>', 'as `account list` shows it'),
      context,
      async ({ data }, id) => {
        await withAgent(context, data, async (agent) => agent.removeAccount(id));
        return { lines: [`Removed ${id}.`], json: { removed: id } };
      },
    ),
  );
  return account;
}
