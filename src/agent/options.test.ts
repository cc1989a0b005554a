import { expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import { keepingOf, optionName, optionOf, optionRow, optionRows, resetOption, setOption } from './options.ts';

function settings(stored: Record<string, unknown> = {}) {
  const values = new Map(Object.entries(stored));
  return {
    get: (name: string) => values.get(name),
    set: (name: string, value: unknown) => {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    },
  };
}

const refusal = (work: () => unknown): string => {
  try {
    work();
    return 'taken';
  } catch (error) {
    return isFailure(error, 'VALUE_INVALID') ? error.message : String(error);
  }
};

it('an option that was never set has its default, and setting, resetting changes that', () => {
  const kept = settings();
  expect(optionOf(kept, 'conflict.rule')).toBe('server');
  setOption(kept, 'conflict.rule', ' Ask ');
  setOption(kept, 'guard.count', '0');
  expect([optionOf(kept, 'conflict.rule'), optionOf(kept, 'guard.count')]).toEqual(['ask', 0]);
  expect(optionRow(kept, 'guard.count')).toMatchObject({ value: 0, set: true, fallback: 10 });
  resetOption(kept, 'guard.count');
  expect(optionRow(kept, 'guard.count')).toMatchObject({ value: 10, set: false });
});

it('what is no value of an option is refused in a sentence, and nothing is stored', () => {
  const kept = settings();
  expect(refusal(() => setOption(kept, 'conflict.rule', 'mine'))).toBe('conflict.rule is one of server, outlook, ask.');
  for (const typed of ['101', '-1', '1.5', '', 'all', '1e1', '0x10'])
    expect(refusal(() => setOption(kept, 'guard.share', typed))).toBe(
      'guard.share is a whole number from 0 to 100 (% of the folder).',
    );
  expect(refusal(() => optionName('toString'))).toMatch(/^There is no option "toString"; see/);
  expect(optionRows(kept).filter(({ set }) => set)).toEqual([]);
});

it('an address is a folder on the web, or nothing', () => {
  const kept = settings();
  setOption(kept, 'updates.url', ' https://x.example/Connector ');
  expect(optionOf(kept, 'updates.url')).toBe('https://x.example/Connector/');
  for (const typed of ['ftp://x/', 'x.example', 'https://user:secret@x.example/', 'https://x/?y', 'https://'])
    expect(refusal(() => setOption(kept, 'updates.url', typed))).toMatch(/^updates\.url is the address of a folder/);
  setOption(kept, 'updates.url', '');
  expect(optionOf(kept, 'updates.url')).toBe('');
});

it('a stored value that this version does not understand counts as its default', () => {
  expect(optionOf(settings({ 'option.history.days': 'a month' }), 'history.days')).toBe(30);
  expect(keepingOf(settings({ 'option.history.size': 5 }))).toEqual({
    historyDays: 30,
    historyBytes: 5_000_000,
    reportDays: 30,
  });
});
