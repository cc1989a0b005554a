import { isFailure } from '../../base/failure.ts';
import type { BundleSource } from './bundle.ts';
import { codeOf } from './words.ts';

/** One thing that was looked at: `name` in the program's own words, `code` of what was wrong with it, '' when nothing was. */
export type Check = { readonly name: string; readonly good: boolean; readonly code: string | number };

/** Looks at what every run needs, and at what the installation adds; nothing is written anywhere. */
export async function checked({ agent, checks }: BundleSource): Promise<readonly Check[]> {
  const own = [
    await check('memory', async () => agent.storage.check()),
    await check('account', async () => void agent.session()),
    await check('server', async () => {
      await agent.session().user();
    }),
  ];
  return [...own, ...((await checks?.()) ?? [])];
}

async function check(name: string, work: () => Promise<void>): Promise<Check> {
  try {
    await work();
    return { name, good: true, code: '' };
  } catch (error) {
    return { name, good: false, code: isFailure(error) ? codeOf(error.code) : 'BUG' };
  }
}
