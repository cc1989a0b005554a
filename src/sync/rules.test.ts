import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import type { Line } from './report.ts';
import { RULES, type RuleId } from './rules.ts';

const page = readFileSync(new URL('../../docs/sync.md', import.meta.url), 'utf8');
const ids = Object.keys(RULES) as RuleId[];

test('[S12] every rule is explained in docs/sync.md, and every rule explained there exists', () => {
  const explained = [...page.matchAll(/\*\*([TLPGEU]\d+)\*\*/g)].map((match) => match[1]);
  expect([...new Set(explained)].sort()).toEqual([...ids].sort());
});

test('[S12] every rule has words in both languages, with no gap left open', () => {
  for (const rule of ids) {
    for (const on of ['server', 'outlook'] as const) {
      const line: Line = {
        ...{ do: 'update', on, key: 'k', title: 'Réunion {side} $&', rule, fields: [], conflicts: [] },
        outcome: 'planned',
        detail: '',
      };
      const [english, french] = [explain(line, 'en'), explain(line, 'fr')];
      expect(english.what).toBe(`Update in ${on === 'server' ? 'BlueMind' : 'Outlook'}: “Réunion {side} $&”`);
      expect(french.what).toContain('« Réunion {side} $& »');
      expect(english.why + french.why).not.toMatch(/[{}]/);
      expect(english.why).not.toBe(french.why);
    }
  }
});

test('[S12] a dry run and a report say the same, but for what became of it', () => {
  const line: Line = {
    ...{ do: 'delete', on: 'outlook', key: 'k', title: '', rule: 'T4', fields: [], conflicts: [], detail: '' },
    outcome: 'planned',
  };
  const planned = explain(line, 'en');
  expect(planned).toEqual({ what: 'Delete in Outlook: “no title”', why: 'It was deleted in BlueMind.', outcome: '' });
  expect(explain({ ...line, outcome: 'done' }, 'en')).toEqual(planned);
  const failed = explain({ ...line, outcome: 'refused', detail: 'bm-12' }, 'fr');
  expect(failed).toMatchObject({ what: 'Supprimer dans Outlook : « sans titre »', outcome: 'Refusé (bm-12)' });
});
