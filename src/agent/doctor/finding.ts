import { isFailure } from '../../base/failure.ts';

/** What a check of this computer came to, in words. */
export type Finding = {
  readonly check: string;
  /** `skipped`: there was nothing to look at. */
  readonly result: 'good' | 'warning' | 'bad' | 'skipped';
  /** One sentence: what was found, and what to do about it. It may name folders and servers: it is for this computer's user alone. */
  readonly says: string;
  /** Of the failure that it is about; '' for none. */
  readonly code: string;
};

export const good = (check: string, says: string): Finding => ({ check, result: 'good', says, code: '' });
export const warning = (check: string, says: string): Finding => ({ check, result: 'warning', says, code: '' });
export const bad = (check: string, says: string, code = ''): Finding => ({ check, result: 'bad', says, code });
export const skipped = (check: string, says: string): Finding => ({ check, result: 'skipped', says, code: '' });

type Found = Finding | readonly Finding[];

/** Looks; what fails is a finding too, also where nobody foresaw it. */
export async function looked(check: string, work: () => Found | Promise<Found>): Promise<readonly Finding[]> {
  try {
    return [await work()].flat();
  } catch (error) {
    if (isFailure(error)) return [bad(check, `${error.message} [${error.code}]`, error.code)];
    return [bad(check, `It could not be checked: ${error}`, 'BUG')];
  }
}
