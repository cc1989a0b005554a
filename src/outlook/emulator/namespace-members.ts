import type { MemberTable } from './dispatch.ts';
import type { Session } from './session.ts';

/** Members of NameSpace that other parts bring: one line for each part. */
export const NAMESPACE_MEMBERS: MemberTable<{ readonly session: Session }> = {};
