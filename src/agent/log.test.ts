import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Failure } from '../base/failure.ts';
import { openLog } from './log.ts';
import type { RunReport } from './summary.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'connector-log-')), 'logs');
const linesOf = (at: string) => readFileSync(join(at, 'agent.log'), 'utf8').trimEnd().split('\n');

const REPORT: RunReport = {
  startedAt: 1000,
  endedAt: 3500,
  notes: [{ say: 'noRight', planned: false, gaps: { name: 'Secret calendar' } }],
  folders: [
    {
      name: 'Secret calendar',
      kind: 'calendar',
      report: {
        pair: 'p1',
        startedAt: 1000,
        endedAt: 3000,
        outcome: 'failed',
        failure: { code: 'SERVER_ERROR', message: 'Secret words', retry: 'later', after: undefined },
        lines: [
          {
            do: 'create',
            on: 'outlook',
            key: 'k1',
            title: 'Secret title',
            rule: 'T1',
            fields: ['title'],
            conflicts: [],
            outcome: 'done',
            detail: '',
          },
        ],
        recovered: 0,
        linked: 4,
      },
    },
  ],
};

it('a run is one line with its counts and codes, and nothing of what was synchronized', () => {
  const at = folder();
  openLog(at).run(REPORT);
  const lines = linesOf(at);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/secret/i);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'run',
    seconds: 2.5,
    changes: 1,
    failed: 1,
    held: 0,
    folders: [{ pair: 'p1', kind: 'calendar', outcome: 'failed', changes: 1, linked: 4, code: 'SERVER_ERROR' }],
  });
});

it('a failure is a line with its code; a fault of our own tells where it was, and quotes nothing', () => {
  const at = folder();
  const log = openLog(at);
  log.failure('sync', new Failure('LOGIN_REFUSED', 'Secret is wrong.', { cause: { code: 'EX', text: 'Secret' } }));
  log.failure('sync', new TypeError('Secret\n at all is no number'));
  log.failure('sync', 'Secret');
  const lines = linesOf(at);
  expect(lines.join('')).not.toMatch(/secret/i);
  expect(lines.map((line) => JSON.parse(line).code)).toEqual(['LOGIN_REFUSED', 'BUG', 'BUG']);
  expect(JSON.parse(lines[1] ?? '').at[0]).toContain('log.test.ts');
});

it('a full file is put aside, and the oldest of five goes', () => {
  const at = folder();
  const log = openLog(at);
  log.run(REPORT);
  for (let n = 0; n < 7; n++) {
    writeFileSync(join(at, 'agent.log'), `${n}${'x'.repeat(1_000_000)}`);
    log.run(REPORT);
  }
  expect(readdirSync(at).sort()).toEqual(['agent.1.log', 'agent.2.log', 'agent.3.log', 'agent.4.log', 'agent.log']);
  expect(readFileSync(join(at, 'agent.4.log'), 'utf8').slice(0, 2)).toBe('3x');
  expect(linesOf(at)).toHaveLength(1);
});

it('a log that cannot be written stops nobody', () => {
  const at = folder();
  writeFileSync(at, 'a file where the folder should be');
  expect(() => openLog(at).run(REPORT)).not.toThrow();
});
