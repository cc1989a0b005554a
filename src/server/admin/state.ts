import type { SystemState } from '../../wire/auth.ts';
import type { Kernel } from '../kernel/kernel.ts';

/** Changes the state of the server; maintenance ends every session, and only administrators may log in until it is over. */
export function setState(kernel: Kernel, state: SystemState): void {
  kernel.state.current = state;
  if (state === 'CORE_STATE_MAINTENANCE') kernel.sessions.closeAll();
}

/** Forgets deletions older than the policy says. @returns how many lines of the change logs went */
export function purgeTombstones(kernel: Kernel): number {
  return kernel.store.changes.purgeDeletedBefore(kernel.clock.now() - kernel.policy().tombstoneAge);
}
