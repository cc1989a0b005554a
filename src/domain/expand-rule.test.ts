import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { hasCorpora, readCorpus } from '../outlook/model/testing/corpora.ts';
import { expandRule, type RulePlan } from './expand-rule.ts';
import { planOf, wallOfText } from './testing/rule-text.ts';
import { secondsOf, wallOf } from './time-civil.ts';

type Case = {
  readonly id: string;
  readonly dtstart: string;
  readonly tz: string;
  readonly rrule: string;
  readonly expected: readonly string[];
  readonly complete: boolean;
  readonly consensus: string;
  readonly exdates?: readonly string[];
};

const EVER = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
const starts = (plan: RulePlan, most: number) => expandRule(plan, ...EVER, most).starts.map(wallOf);

/** Cases on which engines agree and this one does not, each with the reason. */
const DISAGREEMENTS: Readonly<Record<string, string>> = {
  'libical-icalrecur_test_rscale_withicu-L3':
    'RSCALE=ETHIOPIC: another calendar, which neither BlueMind nor Outlook has',
};

const COUNTS_START = 'its source counts a start that the rule does not make; the other engines do not';
/** Cases on which engines differ and this one differs from the recorded answer, beyond BYWEEKNO, RSCALE and SKIP. */
const CONTESTED: Readonly<Record<string, string>> = {
  'biweekly-google-secondWeekday2': 'the recorded answer counts positions from the start, others from the week',
  'kde-ConnectDaily-ConnectDaily11': COUNTS_START,
  'kde-LibICal-LibICal_TestCase02': COUNTS_START,
  'kde-LibICal-LibICal_TestCase42': COUNTS_START,
  'kde-UntilInUTC-Until_TestCase02': COUNTS_START,
  'kde-unsorted-monthly': COUNTS_START,
  'kde-unsorted-test1': COUNTS_START,
  'kde-unsorted-weekly': COUNTS_START,
  'biweekly-google-caseThatYieldedDupes': 'engines refuse BYMONTHDAY in a weekly rule or give several answers',
  'kde-unsorted-rdate': 'about RDATE, which is not the rule',
};

describe.skipIf(!hasCorpora)('recorded expansions', () => {
  const cases = readCorpus<readonly Case[]>('rrule-cases.json', []);
  const disagreeing = (consensus: string) =>
    cases
      .filter((one) => one.consensus === consensus)
      .filter((one) => {
        const plan = planOf(one.rrule, one.dtstart, one.tz);
        const removed = one.exdates ?? [];
        const most = one.expected.length + removed.length + (one.complete ? 5 : 0);
        const made = (plan === undefined ? [] : starts(plan, most)).filter((at) => !isRemoved(at, removed));
        const compared = one.complete ? made : made.slice(0, one.expected.length);
        return JSON.stringify(compared) !== JSON.stringify(one.expected.map(wallOfText));
      });

  it('agrees with every expansion on which all engines, or most of them, agree', () => {
    const found = ['unanimous', 'majority'].flatMap(disagreeing).map(({ id }) => id);
    expect(found).toEqual(Object.keys(DISAGREEMENTS));
  });

  it('takes the side that the contested ones have in common: weeks whole, other calendars not at all', () => {
    const odd = ['contested', 'source-only', 'unchecked'].flatMap(disagreeing);
    const unexplained = odd.filter(({ rrule }) => !/RSCALE=|SKIP=|BYWEEKNO=/.test(rrule));
    console.info(`${cases.length} expansions, ${odd.length} contested ones read differently (BYWEEKNO, RSCALE, SKIP)`);
    expect(unexplained.map(({ id }) => id)).toEqual(Object.keys(CONTESTED));
  });
});

/** An EXDATE that is a date removes the occurrence of that day. */
function isRemoved(at: string, removed: readonly string[]): boolean {
  return removed.some((date) => at.startsWith(date.length === 10 ? date : wallOfText(date)));
}

type Hostile = {
  readonly id: string;
  readonly dtstart: string;
  readonly rrule: string;
  readonly expected?: readonly string[];
};

describe.skipIf(!hasCorpora)('rules that hang others', () => {
  const { rules } = readCorpus<{ readonly rules: readonly Hostile[] }>('hostile/rrule-hostile.json', { rules: [] });

  it.each(rules)('$id ends', ({ dtstart, rrule, expected }) => {
    const plan = planOf(rrule, dtstart, 'floating');
    if (plan === undefined) return;
    const made = starts(plan, expected?.length ?? 1000);
    if (expected !== undefined) expect(made).toEqual(expected);
    expect(made.length).toBeLessThanOrEqual(1000);
  });
});

describe('expandRule', () => {
  const plan = (text: string, start = '2026-01-31T09:00:00') =>
    planOf(text, start, 'floating') ?? expect.fail('no rule');

  it('says why it stopped', () => {
    const from = secondsOf('2026-01-01');
    const stops = (text: string, most: number, to = Number.POSITIVE_INFINITY) =>
      expandRule(plan(text), from, to, most).stopped;
    expect(stops('FREQ=DAILY;COUNT=3', 10)).toBe('end');
    expect(stops('FREQ=DAILY', 10)).toBe('most');
    expect(stops('FREQ=DAILY', 10, secondsOf('2026-02-02'))).toBe('window');
    expect(stops('FREQ=MINUTELY;BYMONTH=4;BYMONTHDAY=31', 10)).toBe('limit');
  });

  it('enters a rule in the middle as if it had been walked from its start', () => {
    const rules = fc.constantFrom(
      'FREQ=DAILY;INTERVAL=3',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA',
      'FREQ=MONTHLY;INTERVAL=5',
      'FREQ=YEARLY;BYMONTH=2,11;BYDAY=1MO',
      'FREQ=HOURLY;INTERVAL=7',
      'FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1;COUNT=50',
      'FREQ=MINUTELY;INTERVAL=1000;BYDAY=MO',
    );
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 400 }), (text, days) => {
        const at = plan(text);
        const from = at.start + days * 86_400;
        const whole = expandRule(at, at.start, from + 40 * 86_400, 5000).starts.filter((start) => start >= from);
        expect(expandRule(at, from, from + 40 * 86_400, 5000).starts).toEqual(whole);
      }),
    );
  });

  it('agrees with another engine on ordinary rules', () => {
    const days = fc
      .subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 })
      .map((list) => `BYDAY=${list.join(',')}`);
    const rules = fc.oneof(
      fc.tuple(fc.constantFrom('DAILY', 'WEEKLY'), days).map((parts) => `FREQ=${parts.join(';')}`),
      fc
        .tuple(
          fc.constant('FREQ=MONTHLY'),
          fc
            .uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 3 })
            .map((list) => `BYMONTHDAY=${list.join(',')}`),
        )
        .map((parts) => parts.join(';')),
      fc
        .tuple(days, fc.constantFrom(-2, -1, 1, 2, 3))
        .map(([byDay, position]) => `FREQ=MONTHLY;${byDay};BYSETPOS=${position}`),
      fc
        .tuple(fc.constantFrom(1, 2, 4, -1), fc.constantFrom('MO', 'SU'), fc.integer({ min: 1, max: 12 }))
        .map(([nth, day, month]) => `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${day}`),
    );
    const dates = fc.integer({ min: 20_000, max: 21_000 }).map((day) => wallOf(day * 86_400 + 9 * 3600));
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 4 }), dates, (text, interval, start) => {
        const rule = `${text};INTERVAL=${interval};COUNT=12`;
        const dtstart = Temporal.PlainDateTime.from(start).toZonedDateTime('UTC');
        const other = new RRuleTemporal({ rruleString: `RRULE:${rule}`, dtstart, maxIterations: 20_000 }).all();
        expect(starts(planOf(rule, start, 'floating') ?? expect.fail('no rule'), 12)).toEqual(
          other.map((at) => at.toString().slice(0, 19)),
        );
      }),
      runs(150),
    );
  });
});
