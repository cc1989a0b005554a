import type { Settings } from '../storage/records.ts';
import type { Policy } from '../sync/policies.ts';
import { optionOf } from './options.ts';

/** What a folder allows, with what the user chose where the engine leaves a choice. */
export function chosenPolicy<C>(policy: Policy<C>, settings: Pick<Settings, 'get'>): Policy<C> {
  const rule = optionOf(settings, 'conflict.rule');
  return {
    ...policy,
    prefer: rule === 'ask' ? policy.prefer : rule,
    asks: rule === 'ask',
    deletionWins: optionOf(settings, 'conflict.deletions') === 'win',
    guard: { count: optionOf(settings, 'guard.count'), share: optionOf(settings, 'guard.share') / 100 },
  };
}
