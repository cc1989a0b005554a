import type { MemberTable } from './dispatch.ts';
import type { Session } from './session.ts';

/** Members of Application that other parts bring: one line for each part. */
export const APPLICATION_MEMBERS: MemberTable<{ readonly session: Session }> = {};
