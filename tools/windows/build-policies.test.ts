import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { POLICIES } from '../../src/agent/policies.ts';
import { adml, admx } from './build-policies.ts';

const idsOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, id = '']) => id).sort();

it('the template has each policy that the agent obeys, under the value that it reads', () => {
  const names = POLICIES.map(({ name }) => name).sort();
  expect(idsOf(admx(), /<policy name="(\w+)"/g)).toEqual(names);
  expect(idsOf(admx(), /valueName="(\w+)"/g)).toEqual(names);
});

it.each(['en', 'fr'] as const)(
  'every text and every box that the template names stands in the words in %s',
  (language) => {
    const words = adml(language);
    expect(idsOf(words, /<string id="(\w+)"/g)).toEqual([...new Set(idsOf(admx(), /\$\(string\.(\w+)\)/g))]);
    expect(idsOf(words, /<presentation id="(\w+)"/g)).toEqual(idsOf(admx(), /\$\(presentation\.(\w+)\)/g));
    expect(idsOf(words, /refId="(\w+)"/g)).toEqual(idsOf(admx(), /<(?:text|decimal|enum) id="(\w+)"/g));
  },
);

it('every element that is opened is closed', () => {
  for (const text of [admx(), adml('en'), adml('fr')]) {
    const open: string[] = [];
    for (const [, end = '', name = '', alone = ''] of text.matchAll(/<(\/?)([A-Za-z]\w*)[^>]*?(\/?)>/g)) {
      if (end !== '') expect(open.pop()).toBe(name);
      else if (alone === '') open.push(name);
    }
    expect(open).toEqual([]);
  }
});

it('docs/admin.md names each policy', () => {
  const page = readFileSync('docs/admin.md', 'utf8');
  expect(POLICIES.filter(({ name }) => !page.includes(`\`${name}\``)).map(({ name }) => name)).toEqual([]);
});
