import { Command } from 'commander';
import { findUser } from '../../../server/admin/accounts.ts';
import { share, unshare } from '../../../server/admin/containers.ts';
import { subscribe, unsubscribe } from '../../../server/containers/container-life.ts';
import { expandVerbs } from '../../../server/containers/verbs.ts';
import type { Kernel } from '../../../server/kernel/kernel.ts';
import { SYSTEM } from '../../../server/kernel/session.ts';
import { addByDefault } from '../../by-default.ts';
import { type Context, runs } from '../../context.ts';
import { table } from '../../terminal.ts';
import { administering, containerOf, nameOf } from './administering.ts';

const CONTAINER =
  'uid of the calendar or book (see `calendar list`, `book list`), or the login of a person for the own calendar';
const WITH = 'login, mail address, domain, or `public`';

/** `share [add] CONTAINER WITH RIGHT`, `share list`, `share remove`: rights on the containers of the embedded server. */
export function shareCommand(context: Context): Command {
  const share = new Command('share').description('rights on the calendars and address books of the embedded server');
  return addByDefault(share, add(context)).addCommand(list(context)).addCommand(remove(context));
}

function add(context: Context): Command {
  const command = new Command('add')
    .description('let somebody into a calendar or book, and show it to that person; `add` may be left out')
    .argument('<container>', CONTAINER)
    .argument('<with>', WITH)
    .argument('<right>', 'Read, ReadExtended (private events too), Write, Freebusy, Manage or All');
  return runs<[string, string, string], object>(command, context, async (options, container, subject, verb) => {
    const uid = await administering(options.data, (kernel) => {
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

function list(context: Context): Command {
  const command = new Command('list').description('list who may do what').argument('[container]', CONTAINER);
  return runs<[string | undefined], object>(command, context, async (options, container) => {
    const rows = await administering(options.data, (kernel) => {
      const wanted = container === undefined ? undefined : containerOf(kernel, container);
      return rights(kernel).filter((row) => wanted === undefined || row.container === wanted);
    });
    const lines = table(rows.map((row) => [row.container, row.with, row.right]));
    return { lines: rows.length === 0 ? ['Nothing is shared.'] : lines, json: rows };
  });
}

/** Rights of others than the owner. */
function rights(kernel: Kernel): readonly { container: string; with: string; right: string }[] {
  const { containers } = kernel.store;
  return ['calendar', 'addressbook']
    .flatMap((type) => containers.ofType(type))
    .flatMap((container) =>
      containers
        .grants(container.id)
        .filter(({ subject }) => subject !== container.owner)
        .map(({ subject, verb }) => ({
          container: container.uid,
          with: nameOf(kernel, container.domain, subject),
          right: verb,
        })),
    );
}

function remove(context: Context): Command {
  const command = new Command('remove')
    .description('take rights back; the calendar goes from the list of who can no longer read it')
    .argument('<container>', CONTAINER)
    .argument('<with>', WITH)
    .argument('[right]', 'the one right to take back (default: all)');
  return runs<[string, string, string | undefined], object>(
    command,
    context,
    async (options, container, subject, verb) => {
      const { uid, removed } = await administering(options.data, (kernel) => {
        const found = containerOf(kernel, container);
        const taken = unshare(kernel, found, subject, verb);
        forget(kernel, found, subject);
        return { uid: found, removed: taken };
      });
      const line =
        removed === 0 ? `${subject} had no such right on ${uid}.` : `Took ${removed} rights on ${uid} from ${subject}.`;
      return { lines: [line], json: { container: uid, with: subject, removed } };
    },
  );
}

/** Ends the subscription of a person who may no longer read. */
function forget(kernel: Kernel, containerUid: string, subject: string): void {
  const person = findUser(kernel, subject);
  const container = kernel.store.containers.byUid(containerUid);
  if (person === undefined || container === undefined) return;
  const subjects = [person.uid, person.domain, 'public', ...kernel.store.people.groupsOf(person.uid)];
  const held = kernel.store.containers.grants(container.id).filter((grant) => subjects.includes(grant.subject));
  if (expandVerbs(held.map(({ verb }) => verb)).has('Read')) return;
  unsubscribe({ kernel, session: SYSTEM }, { owner: person.uid, domain: person.domain }, containerUid);
}
