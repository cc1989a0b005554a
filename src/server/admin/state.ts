import type { SystemState } from '../../wire/auth.ts';
import type { Kernel } from '../kernel/kernel.ts';

/** How long a shared file is kept. @units milliseconds */
export const FILE_RETENTION = 365 * 86_400_000;

/** Changes the state of the server; maintenance ends every session, and only administrators may log in until it is over. */
export function setState(kernel: Kernel, state: SystemState): void {
  kernel.state.current = state;
  if (state === 'CORE_STATE_MAINTENANCE') kernel.sessions.closeAll();
}

/** Forgets deletions older than the policy says. @returns how many lines of the change logs went */
export function purgeTombstones(kernel: Kernel): number {
  return kernel.store.changes.purgeDeletedBefore(kernel.clock.now() - kernel.policy().tombstoneAge);
}

/** Removes shared files whose time is over. @returns how many went */
export function purgeFiles(kernel: Kernel): number {
  return kernel.store.files.removeBefore(kernel.clock.now() - FILE_RETENTION);
}

/** How long a report of a connector is kept. @units milliseconds */
const REPORT_RETENTION = 90 * 86_400_000;

/** Removes reports whose time is over. @returns how many went */
export function purgeReports(kernel: Kernel): number {
  return kernel.store.connectors.removeBefore(kernel.clock.now() - REPORT_RETENTION);
}
