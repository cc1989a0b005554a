import { Command } from 'commander';
import { Failure, isFailure } from '../../base/failure.ts';
import { createDomain, createUser, findUser, listUsers } from '../../server/admin/accounts.ts';
import { createBook, createCalendar, share } from '../../server/admin/containers.ts';
import { subscribe } from '../../server/containers/container-life.ts';
import { localName } from '../../server/containers/names.ts';
import type { Kernel } from '../../server/kernel/kernel.ts';
import { SYSTEM } from '../../server/kernel/session.ts';
import { openKernel } from '../../server/open-server.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import { table } from '../terminal.ts';
import { makeDataFolder, mustExist } from './open-agent.ts';
import { passwordFrom } from './password.ts';

/** `user add|list`: accounts of the embedded server. */
export function userCommand(context: Context): Command {
  const user = new Command('user').description('accounts of the embedded server');
  user.addCommand(
    runs<[string], { name?: string; passwordStdin?: boolean }>(
      new Command('add')
        .description('create an account, with its calendar and address books; its domain is made when it is new')
        .argument('<login>', 'login with domain: jane@example.org')
        .option('--name <name>', 'the name that others see (default: the login)')
        .option('--password-stdin', 'read the password from standard input; without it, it is asked for'),
      context,
      async (options, login) => {
        const { name, domain } = splitLogin(login);
        const password = await passwordFrom(context.terminal, options.passwordStdin === true);
        makeDataFolder(options.data);
        const entry = await administering(options.data, async (kernel) => {
          if (kernel.store.people.domain(domain) === undefined) createDomain(kernel, { uid: domain });
          return createUser(kernel, { login: name, domain, password, displayName: options.name ?? name });
        });
        return {
          lines: [`Created ${entry.login}@${entry.domain}.`],
          json: { uid: entry.uid, login: `${entry.login}@${entry.domain}` },
        };
      },
    ),
  );
  user.addCommand(
    runs(new Command('list').description('list the accounts'), context, async (options) => {
      const users = await administering(options.data, async (kernel) =>
        listUsers(kernel).map(({ uid, login, domain, displayName }) => ({
          uid,
          login: `${login}@${domain}`,
          name: displayName,
        })),
      );
      return {
        lines: users.length === 0 ? ['No accounts.'] : table(users.map(({ login, name }) => [login, name])),
        json: users,
      };
    }),
  );
  return user;
}

/** `share CONTAINER WITH VERB`. */
export function shareCommand(context: Context): Command {
  const command = new Command('share')
    .description('let somebody into a calendar or address book of the embedded server, and show it to that person')
    .argument(
      '<container>',
      'uid of the calendar or book (see `calendar list`, `book list`), or the login of a person for the own calendar',
    )
    .argument('<with>', 'login, mail address, domain, or `public`')
    .argument('<right>', 'Read, ReadExtended (private events too), Write, Freebusy, Manage or All');
  return runs<[string, string, string], object>(command, context, async (options, container, subject, verb) => {
    const uid = await administering(options.data, async (kernel) => {
      const found = containerOf(kernel, container);
      share(kernel, found, subject, verb);
      const person = findUser(kernel, subject);
      // Rights alone show nothing: a calendar appears with its subscription, which the person would else make in the web client.
      if (person !== undefined && verb !== 'Freebusy' && verb !== 'Invitation')
        subscribe(
          { kernel, session: SYSTEM },
          { owner: person.uid, domain: person.domain },
          { containerUid: found, offlineSync: true, automount: true },
        );
      return found;
    });
    return { lines: [`${subject} now has ${verb} on ${uid}.`], json: { container: uid, with: subject, right: verb } };
  });
}

/** `calendar add|list` and `book add|list`: containers of the embedded server. */
export function containerCommand(context: Context, kind: 'calendar' | 'book'): Command {
  const create = kind === 'calendar' ? createCalendar : createBook;
  const type = kind === 'calendar' ? 'calendar' : 'addressbook';
  const command = new Command(kind).description(`${kind}s of the embedded server`);
  command.addCommand(
    runs<[string, string], object>(
      new Command('add')
        .description(`give somebody a further ${kind}`)
        .argument('<owner>', 'login with domain')
        .argument('<name>', 'its name'),
      context,
      async (options, owner, name) => {
        const uid = await administering(options.data, async (kernel) => create(kernel, { owner, name }).uid);
        return { lines: [`Created ${uid}.`], json: { uid, name, owner } };
      },
    ),
  );
  command.addCommand(
    runs(new Command('list').description(`list the ${kind}s`), context, async (options) => {
      const rows = await administering(options.data, async (kernel) =>
        kernel.store.containers.ofType(type).map(({ uid, name, owner, domain }) => ({
          uid,
          name: localName(name, 'en'),
          owner: ownerName(kernel, domain, owner),
        })),
      );
      const lines =
        rows.length === 0 ? [`No ${kind}s.`] : table(rows.map(({ uid, name, owner }) => [uid, name, owner]));
      return { lines, json: rows };
    }),
  );
  return command;
}

/** The login of a person, the domain of a directory. */
function ownerName(kernel: Kernel, domain: string, owner: string): string {
  const entry = kernel.store.people.entry(domain, owner);
  return entry?.kind === 'USER' ? `${entry.login}@${entry.domain}` : domain;
}

/** Works on the embedded server's data file; the server may be running on it meanwhile. */
async function administering<T>(data: DataFolder, work: (kernel: Kernel) => Promise<T>): Promise<T> {
  mustExist(data);
  const opened = openKernel({ dataFile: data.server });
  try {
    return await work(opened.kernel);
  } catch (error) {
    throw inCliWords(error);
  } finally {
    await opened.close();
  }
}

const CODES: Readonly<Record<string, string>> = {
  ALREADY_EXISTS: 'USER_EXISTS',
  NOT_FOUND: 'USER_UNKNOWN',
  INVALID_PARAMETER: 'VALUE_INVALID',
  INVALID_PASSWORD: 'VALUE_INVALID',
};

/** The server's own error codes are those of its API; a person at the terminal gets ours. */
function inCliWords(error: unknown): unknown {
  const code = isFailure(error) ? CODES[error.code] : undefined;
  return isFailure(error) && code !== undefined ? new Failure(code, error.message, { cause: error }) : error;
}

function splitLogin(login: string): { name: string; domain: string } {
  const [name = '', domain = '', ...more] = login.split('@');
  if (name === '' || domain === '' || more.length > 0)
    throw new Failure('VALUE_INVALID', `"${login}" is no login with domain; it looks like jane@example.org.`);
  return { name, domain };
}

function containerOf(kernel: Kernel, given: string): string {
  if (kernel.store.containers.byUid(given) !== undefined) return given;
  const owner = findUser(kernel, given);
  const calendar =
    owner &&
    kernel.store.containers
      .ofOwner(owner.uid, owner.domain)
      .find(({ type, defaultContainer }) => type === 'calendar' && defaultContainer);
  if (calendar === undefined)
    throw new Failure(
      'CONTAINER_UNKNOWN',
      `There is no calendar or book "${given}"; see \`connector calendar list\` and \`connector book list\`.`,
    );
  return calendar.uid;
}
