import { Command } from 'commander';
import { Failure } from '../../../base/failure.ts';
import { createBook, createCalendar, renameContainer } from '../../../server/admin/containers.ts';
import { removeExtra } from '../../../server/admin/remove.ts';
import { localName } from '../../../server/containers/names.ts';
import type { Kernel } from '../../../server/kernel/kernel.ts';
import { type Context, runs } from '../../context.ts';
import { table } from '../../terminal.ts';
import { administering, containerOf, nameOf } from './administering.ts';

type Kind = 'calendar' | 'book';

/** `calendar add|list|rename|remove` and the same of `book`: containers of the embedded server. */
export function containerCommand(context: Context, kind: Kind): Command {
  return new Command(kind)
    .description(`${kind}s of the embedded server`)
    .addCommand(add(context, kind))
    .addCommand(list(context, kind))
    .addCommand(rename(context, kind))
    .addCommand(remove(context, kind));
}

const typeOf = (kind: Kind) => (kind === 'calendar' ? 'calendar' : 'addressbook');

function add(context: Context, kind: Kind): Command {
  const create = kind === 'calendar' ? createCalendar : createBook;
  const command = new Command('add')
    .description(`give somebody a further ${kind}`)
    .argument('<owner>', 'login with domain')
    .argument('<name>', 'its name');
  return runs<[string, string], object>(command, context, async (options, owner, name) => {
    const { uid } = await administering(options.data, (kernel) => create(kernel, { owner, name }));
    return { lines: [`Created ${uid}.`], json: { uid, name, owner } };
  });
}

function list(context: Context, kind: Kind): Command {
  return runs(new Command('list').description(`list the ${kind}s`), context, async (options) => {
    const rows = await administering(options.data, (kernel) =>
      kernel.store.containers.ofType(typeOf(kind)).map(({ uid, name, owner, domain }) => ({
        uid,
        name: localName(name, 'en'),
        owner: nameOf(kernel, domain, owner),
      })),
    );
    const lines = rows.length === 0 ? [`No ${kind}s.`] : table(rows.map(({ uid, name, owner }) => [uid, name, owner]));
    return { lines, json: rows };
  });
}

function rename(context: Context, kind: Kind): Command {
  const command = new Command('rename')
    .description(`give a ${kind} another name`)
    .argument(`<${kind}>`, `its uid, see \`${kind} list\``)
    .argument('<name>', 'its new name');
  return runs<[string, string], object>(command, context, async (options, given, name) => {
    const uid = await administering(options.data, (kernel) => {
      const found = ofKind(kernel, given, kind);
      return renameContainer(kernel, found, name).uid;
    });
    return { lines: [`${uid} is now called ${name}.`], json: { uid, name } };
  });
}

function remove(context: Context, kind: Kind): Command {
  const command = new Command('remove')
    .description(`remove a further ${kind} with everything in it`)
    .argument(`<${kind}>`, `its uid, see \`${kind} list\``);
  return runs<[string], object>(command, context, async (options, given) => {
    const { uid, name } = await administering(options.data, (kernel) =>
      removeExtra(kernel, ofKind(kernel, given, kind)),
    );
    return { lines: [`Removed ${uid}.`], json: { uid, name } };
  });
}

/** @throws CONTAINER_UNKNOWN */
function ofKind(kernel: Kernel, given: string, kind: Kind): string {
  const uid = containerOf(kernel, given);
  if (kernel.store.containers.byUid(uid)?.type === typeOf(kind)) return uid;
  throw new Failure('CONTAINER_UNKNOWN', `There is no ${kind} "${given}"; see \`connector ${kind} list\`.`);
}
