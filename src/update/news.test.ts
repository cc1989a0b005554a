import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newsIn } from './news.ts';
import { compareVersions } from './version.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

it('what is new is told of the same versions in both languages, newest first, and of the version of the project', () => {
  const [en, fr] = [newsIn('en'), newsIn('fr')];
  const outline = (news: typeof en) => news.map(({ version: of, date, lines }) => [of, date, lines.length]);
  expect(outline(fr)).toEqual(outline(en));
  expect(en.map((one) => one.version)).toEqual(en.map((one) => one.version).toSorted((a, b) => compareVersions(b, a)));
  expect(en[0]?.version).toBe(version);
  expect(fr.flatMap(({ lines }) => lines).filter((line) => en.some(({ lines: own }) => own.includes(line)))).toEqual(
    [],
  );
});

it.each([
  ['1.2.3', '1.2.3', 0],
  ['1.2.10', '1.2.9', 1],
  ['2.0.0', '10.0.0', -1],
  ['1.0.0-beta.2', '1.0.0-beta.10', -1],
  ['1.0.0-rc.1', '1.0.0-beta.9', 1],
  ['1.0.0-rc.9', '1.0.0', -1],
  ['1.0.0', '1.0.0-alpha', 1],
  ['not a version', '0.0.0', -1],
])('version %s beside %s', (a, b, order) => {
  expect([Math.sign(compareVersions(a, b)), Math.sign(compareVersions(b, a)) + 0]).toEqual([
    order,
    order === 0 ? 0 : -order,
  ]);
});
