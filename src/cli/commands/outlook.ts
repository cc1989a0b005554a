import { Command } from 'commander';
import { whenOf } from '../../agent/when-words.ts';
import { Failure } from '../../base/failure.ts';
import type { Card } from '../../domain/contact.ts';
import { cardKit, seriesKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import { bluemindCard } from '../../mapping/bluemind/contact/card.ts';
import { bluemindEvent } from '../../mapping/bluemind/event/event.ts';
import type { Item } from '../../sync/side.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import { type InputFile, readInput, refusalLines } from '../read-input.ts';
import { changeCard, changeSeries, type Edits, mustFit } from './edits.ts';
import { emulatorOf, mustExist } from './open-agent.ts';
import { outlookFolderCommand } from './outlook-folders.ts';
import { outlookOptionsCommand } from './outlook-options.ts';
import { type OutlookUser, outlookUser, type UserFolder } from './outlook-user.ts';

/** `outlook folders|folder|list|show|put|edit|delete`: act as the person in front of the emulated Outlook. */
export function outlookCommand(context: Context): Command {
  const outlook = new Command('outlook').description('act as the user of the emulated Outlook');
  outlook.addCommand(
    runs(new Command('folders').description('list the calendar and contact folders'), context, ({ data }) =>
      acting(context, data, async (user) => {
        const folders = await user.folders();
        return { lines: folders.map(({ name, kind }) => `${kind.padEnd(9)}  ${name}`), json: folders };
      }),
    ),
  );
  outlook.addCommand(
    runs<[string | undefined], object>(
      new Command('list').description('list the items of a folder').argument('[folder]', 'its name', 'Calendar'),
      context,
      ({ data }, folder) =>
        acting(context, data, async (user) => {
          const items = [...(await user.items(await user.folder(folder ?? 'Calendar')))]
            .map(rowOf)
            .sort((a, b) => (a.when + a.title < b.when + b.title ? -1 : 1));
          const lines = items.map(({ id, title, when }) => `${id.slice(-8)}  ${when.padEnd(42)}  ${title}`);
          return { lines: items.length === 0 ? ['The folder is empty.'] : lines, json: items };
        }),
    ),
  );
  outlook.addCommand(
    runs<[string], object>(
      new Command('show')
        .description('show an item in full, as JSON')
        .argument('<id>', 'its id, or the end of it that `outlook list` shows'),
      context,
      ({ data }, id) =>
        acting(context, data, async (user) => {
          const { folder, item } = await user.item(id);
          const json = { id: item.id, folder: folder.name, ...item.content };
          return { lines: [JSON.stringify(json, null, 2)], json };
        }),
    ),
  );
  outlook.addCommand(
    runs<[string], { folder?: string }>(
      new Command('put')
        .description(
          'save the events of a .ics file, or the cards of a .vcf file, into a folder; what is there is updated',
        )
        .argument('<file>', '.ics or .vcf')
        .option('--folder <name>', 'the folder (default: Calendar, or Contacts)'),
      context,
      ({ data, folder }, path) => acting(context, data, (user) => put(user, path, folder)),
    ),
  );
  outlook.addCommand(outlookFolderCommand(context));
  outlook.addCommand(editCommand(context));
  outlook.addCommand(outlookOptionsCommand(context));
  outlook.addCommand(
    runs<[string, string], object>(
      new Command('move')
        .description('move an item into another folder')
        .argument('<id>', 'its id, or the end of it that `outlook list` shows')
        .argument('<folder>', 'the name of the folder'),
      context,
      ({ data }, id, name) =>
        acting(context, data, async (user) => {
          const { folder, item } = await user.item(id);
          const into = await user.folder(name);
          if (into.kind !== folder.kind)
            throw new Failure(
              'VALUE_INVALID',
              `${into.name} takes no ${item.content.kind === 'event' ? 'events' : 'contacts'}.`,
            );
          await user.move(folder, item, into);
          const says = `Moved “${titleOf(item.content)}” from ${folder.name} to ${into.name}.`;
          return { lines: [says], json: { moved: item.id, into: into.name } };
        }),
    ),
  );
  outlook.addCommand(
    runs<[string], object>(
      new Command('delete')
        .description('move an item to Deleted Items')
        .argument('<id>', 'its id, or the end of it that `outlook list` shows'),
      context,
      ({ data }, id) =>
        acting(context, data, async (user) => {
          const { folder, item } = await user.item(id);
          await user.remove(folder, item);
          return { lines: [`Deleted “${titleOf(item.content)}” from ${folder.name}.`], json: { deleted: item.id } };
        }),
    ),
  );
  return outlook;
}

function editCommand(context: Context): Command {
  const command = new Command('edit')
    .description('change an item as the user would')
    .argument('<id>', 'its id, or the end of it that `outlook list` shows')
    .option('--subject <text>', 'an event’s title')
    .option('--location <text>', 'where an event takes place')
    .option('--body <text>', 'an event’s text, a contact’s note')
    .option('--start <time>', 'an event’s new start, in its own zone: 2026-03-09T14:00; its length stays')
    .option('--minutes <n>', 'an event’s new length')
    .option('--name <text>', 'a contact’s or list’s name: given and family name')
    .option('--company <text>', 'a contact’s company')
    .option('--email <address>', 'a contact’s first e-mail address')
    .option('--phone <number>', 'a contact’s first telephone number');
  return runs<[string], Edits>(command, context, ({ data, ...edits }, id) =>
    acting(context, data, async (user) => {
      const { folder, item } = await user.item(id);
      mustFit(item.content.kind, edits);
      const content =
        item.content.kind === 'event' ? changeSeries(item.content, edits) : changeCard(item.content, edits);
      await user.change(folder, item, content);
      return { lines: [`Changed “${titleOf(content)}” in ${folder.name}.`], json: { changed: item.id } };
    }),
  );
}

async function acting<T>(context: Context, data: DataFolder, work: (user: OutlookUser) => Promise<T>): Promise<T> {
  mustExist(data);
  const emulator = emulatorOf(context, data);
  const user = outlookUser(context, emulator);
  try {
    return await work(user);
  } finally {
    await user.close();
    emulator.close();
  }
}

async function put(user: OutlookUser, path: string, folderName: string | undefined) {
  const input = await readInput(path);
  const folder = await user.folder(folderName ?? (input.kind === 'calendar' ? 'Calendar' : 'Contacts'));
  if ((folder.kind === 'calendar') !== (input.kind === 'calendar'))
    throw new Failure('FILE_KIND_UNKNOWN', `${input.name} does not fit into the folder ${folder.name}.`);
  const counts = { saved: 0, updated: 0, unchanged: 0 };
  const there = await lookFor(user, folder);
  for (const content of contentsOf(input)) {
    const item = there(content);
    if (item === undefined) {
      await user.create(folder, content);
      counts.saved++;
    } else {
      const changed = await user.change(folder, item, { ...content, uid: item.content.uid });
      counts[changed ? 'updated' : 'unchanged']++;
    }
  }
  const { saved, updated, unchanged } = counts;
  const lines = [
    ...(saved > 0 || updated + unchanged === 0 ? [`Saved ${items(saved)} into ${folder.name}.`] : []),
    ...(updated > 0 ? [`Updated ${items(updated)} that ${updated === 1 ? 'was' : 'were'} there already.`] : []),
    ...(unchanged > 0
      ? [`Left ${items(unchanged)} as ${unchanged === 1 ? 'it was' : 'they were'} there already.`]
      : []),
    ...refusalLines(input),
  ];
  return { lines, json: { ...counts, folder: folder.name, refused: input.parsed.refused } };
}

function items(count: number): string {
  return `${count} ${count === 1 ? 'item' : 'items'}`;
}

/**
 * Finds the item of a folder that a content is: by its uid; a card, whose uid Outlook does not keep where the user saves it, by all
 * that is seen of it as well.
 */
async function lookFor(user: OutlookUser, folder: UserFolder) {
  const known = new Map((await user.items(folder)).flatMap((item) => keysOf(item.content).map((key) => [key, item])));
  return (content: Series | Card) => {
    const keys = [content.uid, ...keysOf(user.asShown(folder, content))];
    return keys.map((key) => known.get(key)).find((item) => item !== undefined);
  };
}

function keysOf(content: Series | Card): readonly string[] {
  const uid = content.uid === '' ? [] : [content.uid];
  return content.kind === 'event' ? uid : [...uid, cardKit.fingerprint(content)];
}

function contentsOf(input: InputFile): readonly (Series | Card)[] {
  return input.kind === 'calendar'
    ? input.parsed.series.map(({ uid, value }) => bluemindEvent.read(value, uid))
    : input.parsed.cards.map(({ uid, value }) => bluemindCard.read(value, uid));
}

function rowOf({ id, content }: Item<Series | Card>) {
  return { id, title: titleOf(content), when: whenOf(content, 'en') };
}

function titleOf(content: Series | Card): string {
  return content.kind === 'event' ? seriesKit.title(content) : cardKit.title(content);
}
