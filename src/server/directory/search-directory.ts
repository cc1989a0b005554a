import type { ItemValue, ListResult } from '../../wire/container.ts';
import type { DirEntry, DirEntryQuery } from '../../wire/directory.ts';
import { itemValue } from '../items/collection.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import { fold } from '../search/match-query.ts';
import { page } from '../search/search.ts';
import { directoryOf } from './publish.ts';

type Caller = { readonly kernel: Kernel; readonly session: Session };

/** The entries of a domain that a query wants; rules [DI10] to [DI13] of docs/server-contacts.md. */
export function searchDirectory(
  caller: Caller,
  domain: string,
  query: DirEntryQuery | null,
): ListResult<ItemValue<DirEntry>> {
  const found = allEntries(caller.kernel, domain)
    .filter(({ value }) => fits(value, query ?? {}) && mayManage(caller, value, query))
    .sort(order(query));
  return { values: page(found, query), total: found.length };
}

/** Every entry of a domain as an item of its directory. */
export function allEntries(kernel: Kernel, domain: string): ItemValue<DirEntry>[] {
  return kernel.store.items.all(directoryOf(kernel, domain).container.id).map((item) => itemValue<DirEntry>(item));
}

function fits(entry: DirEntry, query: DirEntryQuery): boolean {
  const only = (wanted: readonly string[] | null | undefined, ...values: readonly (string | null | undefined)[]) =>
    !wanted || wanted.length === 0 || values.some((value) => value && wanted.includes(value));
  return (
    !(query.hiddenFilter !== false && entry.hidden === true) &&
    !(query.systemFilter !== false && entry.system === true) &&
    inState(entry, query.stateFilter) &&
    only(query.kindsFilter, entry.kind) &&
    only(query.entryUidFilter, entry.entryUid) &&
    only(query.entries, entry.path, entry.entryUid) &&
    only(query.orgUnitIds, entry.orgUnitUid) &&
    (!query.accountTypeFilter || entry.accountType === query.accountTypeFilter) &&
    (!query.dataLocation || entry.dataLocation === query.dataLocation) &&
    fitsText(entry, query)
  );
}

/** `Active` (the default), `Archived` or `All`. */
function inState(entry: DirEntry, state: string | null | undefined): boolean {
  if (state?.toLowerCase() === 'all') return true;
  return (entry.archived === true) === (state?.toLowerCase() === 'archived');
}

function fitsText(entry: DirEntry, query: DirEntryQuery): boolean {
  const named = (text: string) => fold(entry.displayName ?? '').includes(fold(text));
  const mailed = (text: string) => (entry.emails ?? []).some((email) => fold(email.address ?? '').includes(fold(text)));
  return (
    (!query.nameFilter || named(query.nameFilter)) &&
    (!query.emailFilter || mailed(query.emailFilter)) &&
    (!query.nameOrEmailFilter || named(query.nameOrEmailFilter) || mailed(query.nameOrEmailFilter))
  );
}

/** With `onlyManagable` an administrator sees all, everybody else himself. */
function mayManage({ session }: Caller, entry: DirEntry, query: DirEntryQuery | null): boolean {
  return query?.onlyManagable !== true || isManager(session) || entry.entryUid === session.user;
}

const names = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

function order(query: DirEntryQuery | null): (a: ItemValue<DirEntry>, b: ItemValue<DirEntry>) => number {
  const sign = query?.order?.dir === 'desc' ? -1 : 1;
  const name = (item: ItemValue<DirEntry>) => item.value.displayName ?? '';
  const kind = (item: ItemValue<DirEntry>) => item.value.kind ?? '';
  return (a, b) => {
    const byKind = query?.order?.by === 'kind' ? kind(a).localeCompare(kind(b)) : 0;
    return sign * (byKind || names.compare(name(a), name(b)) || a.internalId - b.internalId);
  };
}
