import type { VCard } from '../../wire/addressbook.ts';
import type { Attendee, Organizer, VEvent } from '../../wire/calendar.ts';
import { entryPath } from '../containers/descriptors.ts';
import { can } from '../containers/verbs.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import type { Entry } from '../store/store.ts';

/**
 * What the server changes in the people of an event: rules [W2] and [W3] of docs/server.md. Whoever is found in the directory, by
 * mail or by `dir`, is told as the directory tells him. @source fact sheet 10.2
 */
const PREFIX = 'bm://';

type Writer = { readonly kernel: Kernel; readonly session: Session };

/** @param isException an organiser without attendees stays on exceptions */
export function rewritePeople<E extends VEvent>(writer: Writer, event: E, isException: boolean): E {
  const { kernel } = writer;
  const organizer = resolveOrganizer(kernel, event.organizer);
  if (organizer === undefined) return { ...event, organizer: null, attendees: [] };
  const expanded = (event.attendees ?? []).flatMap((attendee) => expandCard(writer, attendee));
  const attendees = unique(expanded.map((attendee) => resolveAttendee(kernel, attendee))).filter(
    (attendee) => !isInternal(organizer) || !samePerson(attendee, organizer),
  );
  return { ...event, organizer: attendees.length === 0 && !isException ? null : organizer, attendees };
}

/** Undefined without an organiser, or without a mail address to reach him. */
function resolveOrganizer(kernel: Kernel, organizer: Organizer | null | undefined): Organizer | undefined {
  if (!organizer) return undefined;
  const entry = entryOf(kernel, organizer);
  if (entry !== undefined) return { ...organizer, ...asInDirectory(entry) };
  const mailto = validMail(organizer.mailto);
  return mailto === null ? undefined : { ...organizer, mailto, dir: null };
}

function resolveAttendee(kernel: Kernel, attendee: Attendee): Attendee {
  const entry = entryOf(kernel, attendee);
  const known = entry === undefined ? { mailto: validMail(attendee.mailto), dir: null } : { ...asInDirectory(entry) };
  return {
    ...attendee,
    ...known,
    cutype: entry?.kind === 'RESOURCE' ? 'Resource' : (attendee.cutype ?? 'Individual'),
    partStatus: attendee.partStatus ?? 'NeedsAction',
    role: attendee.role ?? 'RequiredParticipant',
    internal: entry !== undefined,
    counter: null,
  };
}

/** `bm://acme.test/users/U1` of an entry. */
export function dirOf(entry: Entry): string {
  return `${PREFIX}${entryPath(entry.domain, entry.kind, entry.uid)}`;
}

function asInDirectory(entry: Entry): { dir: string; commonName: string; mailto: string | null } {
  const mail = entry.emails.find((email) => email.isDefault) ?? entry.emails[0];
  return { dir: dirOf(entry), commonName: entry.displayName, mailto: mail?.address ?? null };
}

type Named = { readonly dir?: string | null | undefined; readonly mailto?: string | null | undefined };

function entryOf(kernel: Kernel, person: Named): Entry | undefined {
  const { people } = kernel.store;
  if (person.dir?.startsWith(PREFIX)) {
    const [domain, , uid] = person.dir.slice(PREFIX.length).split('/');
    const entry = people.entry(domain ?? '', uid ?? '');
    if (entry !== undefined) return entry;
  }
  return person.mailto ? people.byEmail(person.mailto.trim()) : undefined;
}

/** An attendee that points to a card that the writer may read: the card's person, or the members of its list. */
function expandCard({ kernel, session }: Writer, attendee: Attendee): readonly Attendee[] {
  const slash = attendee.uri?.indexOf('/') ?? -1;
  if (!attendee.uri || slash < 0 || attendee.dir) return [attendee];
  const container = kernel.store.containers.byUid(attendee.uri.slice(0, slash));
  const item =
    container?.type === 'addressbook' && can(kernel, session, container, 'Read')
      ? kernel.store.items.byUid(container.id, attendee.uri.slice(slash + 1))
      : undefined;
  if (item === undefined) return [attendee];
  const card = JSON.parse(item.value) as VCard;
  if (card.kind === 'group')
    return (card.organizational?.member ?? []).map((member) => ({
      ...attendee,
      uri: null,
      commonName: member.commonName ?? null,
      mailto: member.mailto ?? null,
    }));
  const mail = attendee.mailto ?? card.communications?.emails?.[0]?.value ?? null;
  return [
    { ...attendee, mailto: mail, commonName: attendee.commonName ?? card.identification?.formatedName?.value ?? null },
  ];
}

/**
 * [W13] The text of a resource that is invited stands at the end of the description, once. There are no providers of video
 * conferences here, so that a conference adds none.
 */
export function addResourceTexts<E extends VEvent>(kernel: Kernel, event: E): E {
  const texts = (event.attendees ?? []).flatMap((attendee) => {
    const entry = attendee.cutype === 'Resource' ? entryOf(kernel, attendee) : undefined;
    const text = entry?.settings[RESOURCE_TEXT] ?? '';
    return entry === undefined || text === '' ? [] : [`<resourcetemplate id="${entry.uid}">${text}</resourcetemplate>`];
  });
  const before = event.description ?? '';
  const missing = texts.filter((text) => !before.includes(text));
  return missing.length === 0 ? event : { ...event, description: [before, ...missing].join('') };
}

/** The setting of a resource that holds its text, HTML. */
const RESOURCE_TEXT = 'template';

/** Several entries of one person become the first of them. */
function unique(attendees: readonly Attendee[]): readonly Attendee[] {
  const seen = new Map<string, Attendee>();
  attendees.forEach((attendee, index) => {
    const key = attendee.dir ?? attendee.mailto ?? `nobody ${index}`;
    if (!seen.has(key)) seen.set(key, attendee);
  });
  return [...seen.values()];
}

function isInternal(person: Named): boolean {
  return !!person.dir;
}

function samePerson(a: Named, b: Named): boolean {
  return (!!a.dir && a.dir === b.dir) || (!!a.mailto && a.mailto === b.mailto);
}

/** The address in lower case, null when it is none. */
export function validMail(text: string | null | undefined): string | null {
  const mail = text?.trim().toLowerCase() ?? '';
  return mail.length <= 320 && /^[^\s@<>"]+@[^\s@<>"]+$/.test(mail) ? mail : null;
}
