import { Command, Option } from 'commander';
import { type Context, runs } from '../context.ts';
import type { Shown } from '../terminal.ts';
import { emulatorOf, mustExist } from './open-agent.ts';
import { type OutlookTree, outlookTree } from './outlook-tree.ts';

/** `outlook folder make|rename|delete|move`: what the person in front of Outlook does with whole folders. */
export function outlookFolderCommand(context: Context): Command {
  const folder = new Command('folder').description('make, rename, delete and move folders');
  const acting = runsOnTree(context);
  folder.addCommand(
    acting<[string], { kind: 'contacts' | 'calendar'; in?: string }>(
      new Command('make')
        .description('make a folder, which becomes an address book or a calendar of BlueMind')
        .argument('<name>', 'its name')
        .addOption(new Option('--kind <kind>', 'what it holds').choices(['contacts', 'calendar']).default('contacts'))
        .option('--in <folder>', 'the folder to make it in (default: Contacts, or Calendar)'),
      async (tree, options, name) => {
        const parent = await tree.find(options.in ?? (options.kind === 'calendar' ? 'Calendar' : 'Contacts'));
        await tree.make(name, options.kind, parent);
        return { lines: [`Made the folder ${name} in ${parent.name}.`], json: { folder: name, in: parent.name } };
      },
    ),
  );
  folder.addCommand(
    acting<[string, string], object>(
      new Command('rename')
        .description('give a folder another name')
        .argument('<folder>', 'its name')
        .argument('<name>', 'the new name'),
      async (tree, _options, folder, name) => {
        const found = await tree.find(folder);
        await tree.rename(found, name);
        return { lines: [`${found.name} is called ${name} now.`], json: { folder: name } };
      },
    ),
  );
  folder.addCommand(
    acting<[string], object>(
      new Command('delete')
        .description('move a folder with what is in it to Deleted Items; there, it is destroyed')
        .argument('<folder>', 'its name'),
      async (tree, _options, folder) => {
        const found = await tree.find(folder);
        await tree.remove(found);
        return { lines: [`Deleted the folder ${found.name}.`], json: { folder: found.name } };
      },
    ),
  );
  folder.addCommand(
    acting<[string, string], object>(
      new Command('move')
        .description('move a folder into another')
        .argument('<folder>', 'its name')
        .argument('<into>', 'name of the other folder'),
      async (tree, _options, folder, into) => {
        await tree.move(await tree.find(folder), await tree.find(into));
        return { lines: [`Moved the folder ${folder} into ${into}.`], json: { folder, in: into } };
      },
    ),
  );
  return folder;
}

function runsOnTree(context: Context) {
  return <A extends readonly unknown[], O extends object>(
    command: Command,
    work: (tree: OutlookTree, options: O, ...args: A) => Promise<Shown>,
  ): Command =>
    runs<A, O>(command, context, async (options, ...args) => {
      mustExist(options.data);
      const emulator = emulatorOf(context, options.data);
      const tree = outlookTree(emulator.executor);
      try {
        return await work(tree, options, ...args);
      } finally {
        await tree.close();
        emulator.close();
      }
    });
}
