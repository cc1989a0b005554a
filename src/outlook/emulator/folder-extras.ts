import type { MemberTable } from './dispatch.ts';
import type { Session } from './session.ts';

/** Members of Folder that other parts bring: one line for each part. */
export const FOLDER_EXTRAS: MemberTable<{ readonly session: Session; readonly folder: string }> = {};
