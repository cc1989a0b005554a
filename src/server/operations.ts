import { keyOperations } from './auth/keys.ts';
import { authOperations } from './auth/routes.ts';
import { installationOperations } from './installation/routes.ts';
import type { Operation } from './kernel/operation.ts';

/** Every operation that this server answers; one line per service. */
export function allOperations(): readonly Operation[] {
  return [...authOperations(), ...keyOperations(), ...installationOperations()];
}
