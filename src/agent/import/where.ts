/** Where imported things go. */

import type { AbortSignalLike } from '../../base/clock.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import { type Container, type ContainerKind, listVisible } from '../../bluemind/containers.ts';
import { findContainer } from '../containers.ts';
import { roleOf } from '../folders/container-role.ts';
import type { Working } from '../working.ts';

export type Where = { readonly calendar: Container | undefined; readonly book: Container | undefined };

/**
 * The calendar and the book of these uids or names; without any, the user's own calendar and own book.
 * @throws CONTAINER_UNKNOWN, CONTAINER_AMBIGUOUS; NO_RIGHT for one that the user may not write
 */
export async function whereOf(
  { session }: Working,
  into: readonly string[],
  signal: AbortSignalLike | undefined,
): Promise<Where> {
  const calendars = await listVisible(session, 'calendar', signal);
  const books = await listVisible(session, 'addressbook', signal);
  if (into.length === 0) {
    const own = (all: readonly Container[]) => all.find((one) => roleOf(one) === 'default');
    return { calendar: own(calendars), book: own(books) };
  }
  const chosen = into.map((which) => oneOf(which, { calendar: calendars, addressbook: books }));
  const ofKind = (kind: ContainerKind) => chosen.filter((one) => one.kind === kind);
  for (const kind of ['calendar', 'addressbook'] as const)
    if (ofKind(kind).length > 1)
      throw new Failure('CONTAINER_AMBIGUOUS', 'Name one calendar and one address book at the most.');
  for (const container of chosen) mustBeWritable(container);
  return { calendar: ofKind('calendar')[0], book: ofKind('addressbook')[0] };
}

type All = Readonly<Record<ContainerKind, readonly Container[]>>;

function oneOf(which: string, all: All): Container {
  const found = (['calendar', 'addressbook'] as const).flatMap((kind) => {
    try {
      return [findContainer(all[kind], kind, which)];
    } catch (error) {
      if (!isFailure(error, 'CONTAINER_UNKNOWN')) throw error;
      return [];
    }
  });
  const [only, other] = found;
  if (other !== undefined)
    throw new Failure(
      'CONTAINER_AMBIGUOUS',
      `Both a calendar and an address book are called “${which}”: name it by its uid, which \`connector calendars\` and \`connector books\` show.`,
    );
  if (only !== undefined) return only;
  throw new Failure(
    'CONTAINER_UNKNOWN',
    `There is neither a calendar nor an address book “${which}”; \`connector calendars\` and \`connector books\` list them.`,
  );
}

function mustBeWritable({ access, name }: Container): void {
  if (!access.write) throw new Failure('NO_RIGHT', `You may not write to “${name}”: choose another, or ask its owner.`);
}
