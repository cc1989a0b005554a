import { storeAccessor } from './accessor-targets.ts';
import { categoriesObject } from './categories.ts';
import type { MemberTable } from './dispatch.ts';
import type { Session } from './session.ts';

/** Members of Store that other parts bring: one line for each part. */
export const STORE_EXTRAS: MemberTable<{ readonly session: Session; readonly store: number }> = {
  PropertyAccessor: { get: storeAccessor },
  Categories: { get: ({ session, store }) => categoriesObject(session, store) },
};
