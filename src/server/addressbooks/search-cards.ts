import { defaultMail } from '../../mapping/vcard/formatted-name.ts';
import type { VCard, VCardInfo, VCardQuery } from '../../wire/addressbook.ts';
import type { ContainerSubscriptionModel, ItemContainerValue, ItemValue, ListResult } from '../../wire/container.ts';
import { subscriptionsOf } from '../containers/uids.ts';
import { can } from '../containers/verbs.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import { page, searcher } from '../search/search.ts';
import { type Book, CARDS, presentCards } from './cards.ts';

/** What lists show of a card. */
export function cardInfo({ value: card, ...item }: ItemValue<VCard>): ItemValue<VCardInfo> {
  return {
    value: {
      kind: card.kind ?? null,
      mail: defaultMail(card),
      tel: card.communications?.tels?.[0]?.value ?? null,
      formatedName: card.identification?.formatedName?.value ?? null,
      categories: card.explanatory?.categories ?? [],
      memberCount: card.organizational?.member?.length ?? 0,
      photo: card.identification?.photo === true,
      source: card.source ?? null,
      hasSecurityKey: (card.security?.keys ?? []).length > 0,
    },
    ...item,
  };
}

/** The cards of a book that a query wants. @throws INVALID_QUERY */
export function searchBook(book: Book, query: VCardQuery | null): ListResult<ItemValue<VCardInfo>> {
  const found = inOrder(findCards(book, query).map(cardInfo), query);
  return { values: page(found, query), total: found.length };
}

/** The same over every book that the caller is subscribed to and may read. @throws INVALID_QUERY */
export function searchBooks(
  caller: { readonly kernel: Kernel; readonly session: Session },
  query: VCardQuery | null,
): ListResult<ItemContainerValue<VCardInfo>> {
  const found = subscribedBooks(caller).flatMap((book) =>
    findCards(book, query).map((card) => ({ ...cardInfo(card), containerUid: book.container.uid })),
  );
  const ordered = inOrder(found, query);
  return { values: page(ordered, query), total: ordered.length };
}

function findCards(book: Book, query: VCardQuery | null): readonly ItemValue<VCard>[] {
  const wanted = searcher(query);
  return presentCards(book, book.kernel.store.items.all(book.container.id)).filter(wanted);
}

function subscribedBooks({ kernel, session }: { readonly kernel: Kernel; readonly session: Session }): readonly Book[] {
  const subscriptions = kernel.store.containers.byUid(subscriptionsOf(session.user, session.domain));
  if (subscriptions === undefined) return [];
  const uids = kernel.store.items
    .all(subscriptions.id)
    .map((item) => JSON.parse(item.value) as ContainerSubscriptionModel)
    .flatMap((model) => (model.containerType === CARDS.type && model.containerUid ? [model.containerUid] : []));
  return kernel.store.containers
    .byUids(uids)
    .filter((container) => container.type === CARDS.type && can(kernel, session, container, 'Read'))
    .map((container) => ({ kernel, session, container, kind: CARDS }));
}

const names = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** By name unless the best matches are wanted first; without an index every match is as good, and they stay as stored. */
function inOrder<I extends ItemValue<VCardInfo>>(found: readonly I[], query: VCardQuery | null): readonly I[] {
  if (query?.orderBy === 'Pertinance') return found;
  return [...found].sort((a, b) => names.compare(a.value.formatedName ?? '', b.value.formatedName ?? ''));
}
