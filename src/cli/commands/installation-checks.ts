import { checkThisWindows } from '../../agent/doctor/check-windows.ts';
import type { Finding } from '../../agent/doctor/finding.ts';

/** What `doctor` finds of the installation, for reports. */
export async function installationChecks(): Promise<readonly Finding[]> {
  return process.platform === 'win32' ? checkThisWindows() : [];
}
