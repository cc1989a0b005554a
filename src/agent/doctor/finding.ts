/** What a check of this computer came to, in words. */
export type Finding = {
  readonly check: string;
  /** `skipped`: there was nothing to look at. */
  readonly result: 'good' | 'warning' | 'bad' | 'skipped';
  /** One sentence: what was found, and what to do about it. */
  readonly says: string;
};

export const good = (check: string, says: string): Finding => ({ check, result: 'good', says });
export const warning = (check: string, says: string): Finding => ({ check, result: 'warning', says });
export const bad = (check: string, says: string): Finding => ({ check, result: 'bad', says });
export const skipped = (check: string, says: string): Finding => ({ check, result: 'skipped', says });
