import type { Agent } from '../../agent/agent.ts';
import type { Answer } from '../../agent/api/routes.ts';
import { type ContactForm, TRIAL_ROUTES, type TrialRoutes } from '../../agent/api/trial-routes.ts';
import type { Tell } from '../../agent/host/host.ts';
import { type Mounted, mounted } from '../../agent/host/local-api.ts';
import { Failure } from '../../base/failure.ts';
import { BLANK_CONTACT, type Card } from '../../domain/contact.ts';
import { cardKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import type { SideName } from '../../sync/side.ts';
import { changeCard } from '../commands/edits.ts';
import { editSeries, newSeries, withoutOccurrence } from './event-edits.ts';
import type { Pane, PaneFolder, PaneItem } from './pane.ts';
import { formOf, occurrencesIn } from './pane-events.ts';

export type TrialSides = Readonly<Record<SideName, Pane>>;
type Place = { readonly side: SideName; readonly folder: string };
type Contact = Answer<'trial/contacts', TrialRoutes>[number];

export type TrialTable = {
  readonly agent: Pick<Agent, 'pairs'>;
  readonly sides: TrialSides;
  readonly sendReceive: () => void;
  /** What every window hears; told after each act, so that both panes show it before any run. */
  readonly tell: Tell;
};

/** What the trial's page asks for beside what every window does: each side as it is, and what people do there. */
export function trialTable({ agent, sides, sendReceive, tell }: TrialTable): Mounted {
  const place = async ({ side, folder }: Place) => {
    const pane = sides[side];
    return { pane, zone: pane.zone(), at: await folderOf(pane, folder) };
  };
  const act = async <T extends Place>(input: T, work: (on: Awaited<ReturnType<typeof place>>) => Promise<void>) => {
    await work(await place(input));
    tell('items');
    return {};
  };
  const actOnFolders = async (work: Promise<void>) => {
    await work;
    tell('folders');
    return {};
  };
  return mounted(TRIAL_ROUTES, {
    'trial/folders': () => foldersOf(agent, sides),
    'trial/events': async ({ from, to, ...where }) => {
      const { pane, zone, at } = await place(where);
      return occurrencesIn(await pane.items(at), { from, to, zone });
    },
    'trial/event': async ({ item, at, ...where }) => {
      const on = await place(where);
      return formOf(seriesOf(await itemOf(on, item)), at, on.zone);
    },
    'trial/events/make': ({ side, folder, ...form }) =>
      act({ side, folder }, ({ pane, zone, at }) => pane.create(at, newSeries(form, zone))),
    'trial/events/edit': ({ item, at, side, folder, ...edit }) =>
      act({ side, folder }, async (on) => {
        const found = await itemOf(on, item);
        await on.pane.change(on.at, found, editSeries(seriesOf(found), at, edit, on.zone));
      }),
    'trial/contacts': async (where) => {
      const { pane, at } = await place(where);
      return contactsOf(await pane.items(at));
    },
    'trial/contacts/make': ({ side, folder, ...form }) =>
      act({ side, folder }, ({ pane, at }) => pane.create(at, cardWith(BLANK_CONTACT, form))),
    'trial/contacts/edit': ({ item, side, folder, ...form }) =>
      act({ side, folder }, async (on) => {
        const found = await itemOf(on, item);
        await on.pane.change(on.at, found, cardWith(cardOf(found), form));
      }),
    'trial/delete': ({ item, at, side, folder }) =>
      act({ side, folder }, async (on) => {
        const found = await itemOf(on, item);
        const rest = at === undefined ? undefined : withoutOccurrence(seriesOf(found), at);
        await (rest === undefined ? on.pane.remove(on.at, found) : on.pane.change(on.at, found, rest));
      }),
    'trial/move': ({ item, side, folder, into }) =>
      act({ side, folder }, async (on) => {
        const target = await folderOf(on.pane, into);
        if (target.kind !== on.at.kind) throw new Failure('VALUE_INVALID', 'This folder takes items of another kind.');
        await on.pane.move(on.at, await itemOf(on, item), target);
      }),
    'trial/folders/make': ({ side, kind, name }) => actOnFolders(sides[side].makeFolder(kind, name)),
    'trial/folders/rename': async ({ side, folder, name }) =>
      actOnFolders(sides[side].renameFolder(await folderOf(sides[side], folder), name)),
    'trial/folders/delete': async ({ side, folder }) =>
      actOnFolders(sides[side].removeFolder(await folderOf(sides[side], folder))),
    'trial/send-receive': () => {
      sendReceive();
      return {};
    },
  });
}

async function foldersOf(agent: TrialTable['agent'], sides: TrialSides): Promise<Answer<'trial/folders', TrialRoutes>> {
  const pairs = agent.pairs().map(({ folders }) => folders);
  const row = (side: SideName, other: SideName) => (folder: PaneFolder) => ({
    ...{ id: folder.id, name: folder.name, kind: folder.kind, own: folder.own },
    access: folder.writable ? ('R/W' as const) : ('R' as const),
    twin: pairs.find((pair) => pair[side] === folder.id)?.[other] ?? null,
  });
  const [outlook, server] = await Promise.all([sides.outlook.folders(), sides.server.folders()]);
  return { outlook: outlook.map(row('outlook', 'server')), server: server.map(row('server', 'outlook')) };
}

async function folderOf(pane: Pane, id: string): Promise<PaneFolder> {
  const found = (await pane.folders()).find((folder) => folder.id === id);
  if (found === undefined) throw new Failure('FOLDER_NOT_FOUND', 'This folder is not there any more.');
  return found;
}

async function itemOf({ pane, at }: { pane: Pane; at: PaneFolder }, id: string): Promise<PaneItem> {
  const found = (await pane.items(at)).find((item) => item.id === id);
  if (found === undefined) throw new Failure('ITEM_NOT_FOUND', 'This is not there any more; somebody deleted it.');
  return found;
}

function seriesOf({ content }: PaneItem): Series {
  if (content.kind === 'event') return content;
  throw new Failure('ITEM_NOT_FOUND', 'This is no appointment.');
}

function cardOf({ content }: PaneItem): Card {
  if (content.kind !== 'event') return content;
  throw new Failure('ITEM_NOT_FOUND', 'This is no contact.');
}

function contactsOf(items: readonly PaneItem[]): Contact[] {
  return items
    .flatMap(({ id, content }) => (content.kind === 'event' ? [] : [contactOf(id, content)]))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function contactOf(item: string, card: Card): Contact {
  const row = { item, uid: card.uid, name: cardKit.title(card) };
  if (card.kind === 'group')
    return {
      ...row,
      group: true,
      company: '',
      email: card.members.map(({ name, address }) => name || address).join(', '),
      phone: '',
    };
  const [email, phone] = [card.emails[0]?.address ?? '', card.phones[0]?.number ?? ''];
  return { ...row, group: false, company: card.company, email, phone };
}

/** A card with what the form says otherwise than it; a box that was emptied takes its address or number away. */
function cardWith(card: Card, form: Partial<ContactForm>): Card {
  const shown = contactOf('', card);
  const said = (name: keyof ContactForm) => {
    const value = form[name]?.trim();
    return value === undefined || value === shown[name] ? {} : { [name]: value };
  };
  const changed = changeCard(card, { ...said('name'), ...said('company'), ...said('email'), ...said('phone') });
  if (changed.kind === 'group') return changed;
  const emails = changed.emails.filter(({ address }) => address !== '');
  return { ...changed, emails, phones: changed.phones.filter(({ number }) => number !== '') };
}
