import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plan } from './plan.ts';
import { BOTH_WAYS } from './policies.ts';
import { inputOf } from './testing/arbitrary-plan.ts';
import { type Change, VERDICT, type Verdict } from './verdict.ts';

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

test('[T2] [T3] [T4] [T5] [T6] the table in docs/sync.md is the table of the engine', () => {
  const page = readFileSync(new URL('../../docs/sync.md', import.meta.url), 'utf8');
  const said = (Object.keys(VERDICT) as Change[]).map((server) => {
    const row = page.split('\n').find((line) => line.startsWith(`| **server: ${server}**`)) ?? '';
    return row
      .split('|')
      .slice(2, 5)
      .map((cell) => cell.replace(/\(T\d\)/, '').trim());
  });
  const WORDS = {
    nothing: 'nothing',
    updateServer: 'update server',
    updateOutlook: 'update outlook',
    merge: 'merge',
    deleteServer: 'delete on server',
    deleteOutlook: 'delete in outlook',
    reviveServer: 'create on server',
    reviveOutlook: 'create in outlook',
    forget: 'forget',
  } as const satisfies Record<Verdict, string>;
  const table = Object.values(VERDICT).map((row) => Object.values(row).map((verdict) => WORDS[verdict]));
  expect(said).toEqual(table);
});
