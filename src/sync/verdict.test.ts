import { expect, test } from 'vitest';
import { plan } from './plan.ts';
import { BOTH_WAYS } from './policies.ts';
import { inputOf } from './testing/arbitrary-plan.ts';
import { type Change, VERDICT } from './verdict.ts';

const SEEN = { same: 'unseen', changed: 'edited', gone: 'gone' } as const satisfies Record<Change, string>;

/** What the plan does in each cell: deed, side, rule. */
const PLANNED = {
  same: { same: 'nothing', changed: 'update server T2', gone: 'delete server T4' },
  changed: { same: 'update outlook T2', changed: 'merge both T3', gone: 'create outlook T5' },
  gone: { same: 'delete outlook T4', changed: 'create server T5', gone: 'forget both T6' },
} as const satisfies Record<Change, Record<Change, string>>;

test('[T2] [T3] [T4] [T5] [T6] the plan says of each cell what the table says', () => {
  for (const server of Object.keys(VERDICT) as Change[]) {
    for (const outlook of Object.keys(VERDICT) as Change[]) {
      const link = { open: undefined, decision: undefined, server: SEEN[server], outlook: SEEN[outlook] };
      const { actions, held } = plan(inputOf({ links: [link], unlinked: [], policy: BOTH_WAYS }));
      const [action] = actions;
      const side = action !== undefined && 'on' in action ? action.on : 'both';
      const said = action === undefined ? 'nothing' : `${action.do} ${side} ${action.rule}`;
      expect([server, outlook, said, held]).toEqual([server, outlook, PLANNED[server][outlook], []]);
    }
  }
});
