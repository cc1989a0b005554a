import { type TagBook, tagBook, taggingSide } from '../../agent/tagging.ts';
import { Failure } from '../../base/failure.ts';
import { type Container, listSubscriptions } from '../../bluemind/containers.ts';
import { itemService } from '../../bluemind/item-service.ts';
import {
  createOwnContainer,
  deleteOwnContainer,
  newContainerUid,
  renameOwnContainer,
} from '../../bluemind/own-containers.ts';
import { openSession, type Session } from '../../bluemind/session.ts';
import { bluemindSide } from '../../bluemind/side.ts';
import { subscribe } from '../../bluemind/subscribe.ts';
import { createTag, listTags } from '../../bluemind/tags.ts';
import type { Card } from '../../domain/contact.ts';
import type { Series } from '../../domain/event.ts';
import { bluemindCard } from '../../mapping/bluemind/contact/card.ts';
import { bluemindEvent } from '../../mapping/bluemind/event/event.ts';
import type { EffectFailure, Side } from '../../sync/side.ts';
import type { VCard } from '../../wire/addressbook.ts';
import type { VEventSeries } from '../../wire/calendar.ts';
import type { Context } from '../context.ts';
import { DEMO_LOGIN, DEMO_PASSWORD } from './demo-world.ts';
import type { Pane, PaneFolder, PaneItem } from './pane.ts';
import { remembered } from './remembered.ts';

/** BlueMind's side of the trial: the demo account's own session at the server's REST, as its web pages have one. Nobody is mailed. */
export function serverPane(context: Context, url: string): Pane {
  const { clock, random, version, newId } = context;
  const credentials = async () => ({ login: DEMO_LOGIN, password: DEMO_PASSWORD });
  const session = openSession({ server: url, version, clock, random, credentials });
  const tags = lazyTags(session, newId);
  const sides = {
    calendar: calendarSide(session, tags, context) as unknown as Side<Series | Card>,
    addressbook: bookSide(session, tags, context) as unknown as Side<Series | Card>,
  };
  const looks = { calendar: remembered(sides.calendar), addressbook: remembered(sides.addressbook) };
  const create = async ({ id, kind }: PaneFolder, content: Series | Card) => {
    await tags.load();
    const token = content.uid || newId();
    const [effect] = await sides[kind].create(id, [{ token, content: { ...content, uid: token } }]);
    if (effect?.ok === false) refuse(effect.failure);
  };
  const remove = async (folder: PaneFolder, item: PaneItem) => {
    const [failure] = await sides[folder.kind].remove(folder.id, [targetOf(folder, item)]);
    if (failure !== undefined) refuse(failure);
  };
  return {
    folders: async () => (await listSubscriptions(session)).containers.filter(isCopied).map(folderOf),
    items: async ({ id, kind }) => {
      await tags.load();
      return looks[kind](id);
    },
    create,
    change: async (folder, item, content) => {
      await tags.load();
      const [effect] = await sides[folder.kind].update(folder.id, [{ target: targetOf(folder, item), content }]);
      if (effect?.ok === false) refuse(effect.failure);
    },
    remove,
    // As the server's own pages do it: first there, then not here any more.
    move: async (folder, item, into) => {
      await create(into, item.content);
      await remove(folder, item);
    },
    makeFolder: async (kind, name) => {
      const uid = newContainerUid(kind, newId());
      await createOwnContainer(session, { uid, kind, name });
      await subscribe(session, [{ containerUid: uid, offlineSync: true }]);
    },
    renameFolder: ({ id, kind }, name) => renameOwnContainer(session, { uid: id, kind, name }),
    removeFolder: ({ id, kind }) => deleteOwnContainer(session, { uid: id, kind }),
    zone: () => 'Europe/Paris',
    close: () => session.close(),
  };
}

type Tags = TagBook & { load(): Promise<void> };

/** The account's tags, asked for when they are first needed: by then the server is there. */
function lazyTags(session: Session, newId: () => string): Tags {
  let book: TagBook = tagBook([], () => Promise.reject(new Error('bug: tags were not loaded')));
  let loaded: Promise<void> | undefined;
  const load = async () => {
    book = tagBook(await listTags(session), (label) => createTag(session, { itemUid: newId(), label }));
  };
  return {
    find: (label) => book.find(label),
    ensure: (labels) => book.ensure(labels),
    load: () => {
      loaded ??= load().catch((error) => {
        loaded = undefined;
        throw error;
      });
      return loaded;
    },
  };
}

function calendarSide(session: Session, tags: TagBook, { clock }: Context): Side<Series> {
  const tagOf = (label: string) => tags.find(label);
  const mapping = {
    read: bluemindEvent.read,
    write: (current: VEventSeries | undefined, content: Series) => bluemindEvent.write(current, content, { tagOf }),
    survives: (content: Series) => bluemindEvent.survives(content, { tagOf }),
  };
  const service = itemService<VEventSeries>(session, 'calendars');
  const labels = ({ main, exceptions }: Series) =>
    [main, ...exceptions.map(({ event }) => event)].flatMap((event) => event?.categories ?? []);
  return taggingSide(bluemindSide({ service, mapping, clock }), tags, labels);
}

function bookSide(session: Session, tags: TagBook, { clock }: Context): Side<Card> {
  const mapping = {
    read: bluemindCard.read,
    write: (current: VCard | undefined, content: Card) =>
      bluemindCard.write(current, content, { tagFor: (label) => tags.find(label) }),
    survives: bluemindCard.survives,
  };
  const service = itemService<VCard>(session, 'addressbooks');
  return taggingSide(bluemindSide({ service, mapping, clock }), tags, ({ categories }) => categories);
}

function isCopied({ offlineSync }: Container): boolean {
  return offlineSync;
}

function folderOf({ uid, name, kind, access, mine, isDefault }: Container): PaneFolder {
  return { id: uid, name, kind, writable: access.write, own: isDefault || !mine };
}

function targetOf({ id: folder }: PaneFolder, { id, rev }: PaneItem) {
  return { folder, id, rev };
}

function refuse({ reason }: EffectFailure): never {
  throw new Failure('SERVER_REJECTED', `BlueMind did not take it: ${reason}`);
}
