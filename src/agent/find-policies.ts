/**
 * Where policies stand: in Windows' registry, for the computer before the user; elsewhere in a file that only the administrator may
 * write. What cannot be read is as if it were not there.
 */
import { readFileSync } from 'node:fs';
import type { RegistryReader } from '../outlook/com/windows-registry.ts';
import type { FoundPolicies } from './policies.ts';

/** Below HKEY_LOCAL_MACHINE and HKEY_CURRENT_USER. */
export const POLICY_KEY = String.raw`Software\Policies\BlueMind\Connector`;
export const POLICY_FILE = '/etc/bluemind-connector/policies.json';

/** Read when the agent starts, and by each command. */
export async function findPolicies(platform: NodeJS.Platform = process.platform): Promise<FoundPolicies> {
  if (platform === 'win32') {
    // Loaded here: elsewhere there is nothing that it could call.
    const { registryReader } = await import('../outlook/com/windows-registry.ts');
    return policiesInRegistry(registryReader());
  }
  try {
    const found: unknown = JSON.parse(readFileSync(POLICY_FILE, 'utf8'));
    return typeof found === 'object' && found !== null ? (found as FoundPolicies) : {};
  } catch {
    return {};
  }
}

/** Texts and numbers of both keys; other types are no policies. */
export function policiesInRegistry(registry: Pick<RegistryReader, 'values'>): FoundPolicies {
  const [user, computer] = [
    registry.values({ hive: 'currentUser', key: POLICY_KEY }),
    registry.values({ hive: 'localMachine', key: POLICY_KEY, view: 'x64' }),
  ];
  const found = Object.entries({ ...user, ...computer });
  return Object.fromEntries(found.filter(([, value]) => typeof value === 'string' || typeof value === 'number'));
}
