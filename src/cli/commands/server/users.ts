import { Command } from 'commander';
import { Failure } from '../../../base/failure.ts';
import {
  archiveUser,
  createDomain,
  createUser,
  listUsers,
  mustFindUser,
  setPassword,
} from '../../../server/admin/accounts.ts';
import { removeUser } from '../../../server/admin/remove.ts';
import type { Entry } from '../../../server/store/store.ts';
import { type Context, runs } from '../../context.ts';
import type { Shown } from '../../terminal.ts';
import { table } from '../../terminal.ts';
import { makeDataFolder, mustExist } from '../open-agent.ts';
import { passwordFrom } from '../password.ts';
import { administering } from './administering.ts';

/** `user add|list|password|archive|restore|remove`: accounts of the embedded server. */
export function userCommand(context: Context): Command {
  return new Command('user')
    .description('accounts of the embedded server')
    .addCommand(add(context))
    .addCommand(list(context))
    .addCommand(password(context))
    .addCommand(
      archive(context, 'archive', 'keep an account from logging in, and out of the directory; its calendars stay'),
    )
    .addCommand(archive(context, 'restore', 'let an archived account in again'))
    .addCommand(remove(context));
}

type Added = { name?: string; lang?: string; manager?: boolean; passwordStdin?: boolean };

function add(context: Context): Command {
  return runs<[string], Added>(
    new Command('add')
      .description('create an account, with its calendar and address books; its domain is made when it is new')
      .argument('<login>', 'login with domain: jane@example.org')
      .option('--name <name>', 'the name that others see (default: the login)')
      .option('--lang <code>', 'language of the account, such as fr (default: the domain’s)')
      .option('--manager', 'may administer the whole server')
      .option('--password-stdin', 'read the password from standard input; without it, it is asked for'),
    context,
    async (options, login) => {
      const { name, domain } = splitLogin(login);
      const secret = await passwordFrom(context.terminal, options.passwordStdin === true);
      makeDataFolder(options.data);
      const entry = await administering(options.data, (kernel) => {
        if (kernel.store.people.domain(domain) === undefined) createDomain(kernel, { uid: domain });
        const { lang, manager } = options;
        return createUser(kernel, {
          login: name,
          domain,
          password: secret,
          displayName: options.name ?? name,
          lang,
          manager,
        });
      });
      return shown(entry, `Created ${loginOf(entry)}.`);
    },
  );
}

function list(context: Context): Command {
  return runs(new Command('list').description('list the accounts'), context, async (options) => {
    const users = await administering(options.data, (kernel) =>
      listUsers(kernel).map((entry) => ({
        uid: entry.uid,
        login: loginOf(entry),
        name: entry.displayName,
        archived: entry.archived,
      })),
    );
    const lines = table(users.map(({ login, name, archived }) => [login, archived ? `${name} (archived)` : name]));
    return { lines: users.length === 0 ? ['No accounts.'] : lines, json: users };
  });
}

function password(context: Context): Command {
  return runs<[string], { passwordStdin?: boolean }>(
    new Command('password')
      .description('give an account another password')
      .argument('<login>', 'login with domain')
      .option('--password-stdin', 'read the password from standard input; without it, it is asked for'),
    context,
    async (options, login) => {
      mustExist(options.data);
      const secret = await passwordFrom(context.terminal, options.passwordStdin === true);
      const entry = await administering(options.data, async (kernel) => {
        await setPassword(kernel, login, secret);
        return mustFindUser(kernel, login);
      });
      return shown(entry, `${loginOf(entry)} has another password.`);
    },
  );
}

function archive(context: Context, name: 'archive' | 'restore', description: string): Command {
  const command = new Command(name).description(description).argument('<login>', 'login with domain');
  return runs<[string], object>(command, context, async (options, login) => {
    const entry = await administering(options.data, (kernel) => {
      archiveUser(kernel, login, name === 'archive');
      return mustFindUser(kernel, login);
    });
    return shown(entry, name === 'archive' ? `Archived ${loginOf(entry)}.` : `${loginOf(entry)} may log in again.`);
  });
}

function remove(context: Context): Command {
  const command = new Command('remove')
    .description('remove an account with its calendars, books and everything in them')
    .argument('<login>', 'login with domain');
  return runs<[string], object>(command, context, async (options, login) => {
    const entry = await administering(options.data, (kernel) => removeUser(kernel, login));
    return shown(entry, `Removed ${loginOf(entry)}.`);
  });
}

function shown(entry: Entry, line: string): Shown {
  return { lines: [line], json: { uid: entry.uid, login: loginOf(entry) } };
}

function loginOf(entry: Entry): string {
  return `${entry.login}@${entry.domain}`;
}

function splitLogin(login: string): { name: string; domain: string } {
  const [name = '', domain = '', ...more] = login.split('@');
  if (name === '' || domain === '' || more.length > 0)
    throw new Failure('VALUE_INVALID', `"${login}" is no login with domain; it looks like jane@example.org.`);
  return { name, domain };
}
