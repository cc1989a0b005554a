import { checkThisWindows } from '../../agent/doctor/check-windows.ts';
import type { Check } from '../../agent/report/self-check.ts';

/** What `doctor` finds of the installation, for reports: without its sentences, which may name a folder. */
export async function installationChecks(): Promise<readonly Check[]> {
  if (process.platform !== 'win32') return [];
  return (await checkThisWindows()).map(({ check, result }) => ({ name: check, good: result !== 'bad', code: '' }));
}
