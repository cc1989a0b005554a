import type { Clock } from '../base/clock.ts';
import { bookService, fetchPhoto } from '../bluemind/book-service.ts';
import type { Container } from '../bluemind/containers.ts';
import { personOfAddress } from '../bluemind/directory.ts';
import { itemService } from '../bluemind/item-service.ts';
import type { Session } from '../bluemind/session.ts';
import { bluemindSide } from '../bluemind/side.ts';
import type { Card } from '../domain/contact.ts';
import { seriesKit } from '../domain/content-kit.ts';
import type { Series } from '../domain/event.ts';
import type { PhotoAlbum } from '../domain/photo-album.ts';
import { type StoredCard, storedCard } from '../mapping/bluemind/contact/stored-card.ts';
import { bluemindEvent } from '../mapping/bluemind/event/event.ts';
import { blankCard, fitsCard, outlookCard } from '../mapping/outlook/contact/card.ts';
import { blankAppointment, outlookEventMapping } from '../mapping/outlook/event/event.ts';
import type { NoteLanguage } from '../mapping/outlook/event/note-words.ts';
import { withRefused } from '../mapping/outlook/event/refused.ts';
import { dueOf } from '../mapping/outlook/event/simplified-tag.ts';
import type { Appointment } from '../outlook/model/appointment.ts';
import type { Executor } from '../outlook/program/program.ts';
import { outlookSide } from '../outlook/side.ts';
import { appointmentKind, cardKind } from '../outlook/side-kind.ts';
import type { ContentKit } from '../sync/content.ts';
import type { Policy } from '../sync/policies.ts';
import type { Side } from '../sync/side.ts';
import type { VEventSeries } from '../wire/calendar.ts';
import { permitEvent, removableEvent } from './event-policy.ts';
import { openNesting } from './nesting.ts';
import { askingOnce, resolvingSide } from './people.ts';
import { openPhotoAlbum } from './photo-album.ts';
import { type TagBook, taggingSide } from './tagging.ts';

/** Both sides of one kind of container, ready for the engine. */
export type Sides<C> = {
  readonly server: Side<C>;
  readonly outlook: Side<C>;
  readonly kit: ContentKit<C>;
  readonly policy: Policy<C>;
  close(): Promise<void>;
};

export type SidesOptions = {
  readonly session: Session;
  readonly executor: Executor;
  readonly clock: Clock;
  readonly tags: TagBook;
  readonly container: Container;
  /** Mail addresses of the container's owner, lower-case. */
  readonly owner: ReadonlySet<string>;
  /** The user's zone, where floating times and new items are shown. */
  readonly zone: string;
  /** `rehearse`: nothing is written anywhere. */
  readonly how: 'run' | 'rehearse';
  /** The language of what is said on items. */
  readonly language: NoteLanguage;
};

type ServerOptions = Pick<SidesOptions, 'session' | 'clock' | 'tags'>;

/** A calendar of the server. */
export function calendarServer({ session, clock, tags }: ServerOptions): Side<Series> {
  const service = itemService<VEventSeries>(session, 'calendars');
  const context = { tagOf: (label: string) => tags.find(label) };
  const mapping = {
    read: bluemindEvent.read,
    write: (current: VEventSeries | undefined, content: Series) => bluemindEvent.write(current, content, context),
    // A label without a tag gets one just before it is written.
    survives: (content: Series) => bluemindEvent.survives(content, { tagOf: (label) => tags.find(label) ?? { label } }),
  };
  return taggingSide(bluemindSide({ service, mapping, clock }), tags, categoriesOfSeries);
}

/** An address book of the server. @param album where the photos of the cards are */
export function bookServer({ session, clock, tags }: ServerOptions, album: PhotoAlbum): Side<Card> {
  const service = bookService(session, album);
  const personOf = askingOnce((address, signal) => personOfAddress(session, address, signal));
  const mapping = {
    read: storedCard.read,
    write: (current: StoredCard | undefined, content: Card) =>
      storedCard.write(current, content, { tagFor: (label) => tags.find(label) }),
    survives: storedCard.survives,
  };
  const resolving = resolvingSide(bluemindSide({ service, mapping, clock }), personOf);
  return taggingSide(resolving, tags, (card) => card.categories);
}

/** A calendar of the server and a calendar folder of Outlook. */
export function calendarSides(options: SidesOptions): Sides<Series> {
  const { executor, clock, container, owner, zone, language } = options;
  const [ownAddress = ''] = owner;
  const seen = { zone, ownAddress, language, now: clock.now() };
  const shown = outlookEventMapping(seen);
  const refused = (now: Appointment, wanted: Appointment) => withRefused(now, wanted, seen);
  const outlook = outlookSide({
    executor,
    clock,
    kind: appointmentKind({ mapping: shown, blank: blankAppointment, refused, due: dueOf }),
  });
  const rights = { owner, readPrivate: container.access.readPrivate };
  return {
    server: calendarServer(options),
    outlook,
    kit: seriesKit,
    policy: {
      writable: { server: container.access.write, outlook: true },
      prefer: 'server',
      permit: permitEvent(rights),
      removable: removableEvent(rights),
    },
    close: () => outlook.close(),
  };
}

/** An address book of the server and a contacts folder of Outlook. */
export function bookSides(options: SidesOptions): Sides<Card> {
  const { session, executor, clock, container, how } = options;
  const album = openPhotoAlbum(how);
  album.ask((uid) => fetchPhoto(session, container.uid, uid));
  const outlook = outlookSide({
    executor,
    clock,
    kind: cardKind({ mapping: outlookCard, blank: blankCard, fits: fitsCard, album }),
  });
  const nesting = openNesting();
  return {
    server: nesting.noticing(bookServer(options, album)),
    outlook,
    kit: nesting.kit,
    policy: { writable: { server: container.access.write, outlook: true }, prefer: 'server' },
    close: async () => {
      await outlook.close();
      album.close();
    },
  };
}

function categoriesOfSeries(series: Series): string[] {
  return [series.main, ...series.exceptions.map(({ event }) => event)].flatMap((event) => event?.categories ?? []);
}
