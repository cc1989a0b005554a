/** How series are broken on purpose (H1 to H9), see `mutants-of-mapping.ts`. */
import { type CaseMutant, of } from './case-mutant.ts';

const OUTLOOK = 'src/mapping/outlook/event';
const SERVER = 'src/mapping/bluemind/event';
const ORDER = 'src/outlook/program/exception-order';
const EVENT_TEST = `${OUTLOOK}/event.test.ts`;
const HARD_TEST = `${OUTLOOK}/hard-cases.test.ts`;
const LATER_TEST = `${OUTLOOK}/later-part.property.test.ts`;
const NOTE_TEST = `${OUTLOOK}/note.test.ts`;
const REFUSED_TEST = `${OUTLOOK}/refused.test.ts`;
const SERVER_TEST = `${SERVER}/event.test.ts`;
const ICAL_TEST = 'src/mapping/ical/parse-calendar.test.ts';
const SIDE_TEST = 'src/outlook/side.test.ts';

export const RECURRENCE_CASES: readonly CaseMutant[] = [
  ...of(
    'H1',
    [
      'of what moves earlier the last one is written first',
      ORDER,
      'change.after.start < change.at).sort(ascending)',
      'change.after.start < change.at).sort((a, b) => ascending(b, a))',
      `${ORDER}.test.ts`,
    ],
    [
      'of what moves later the first one is written first',
      ORDER,
      'change.after.start >= change.at).sort((a, b) => ascending(b, a))',
      'change.after.start >= change.at).sort(ascending)',
      `${ORDER}.test.ts`,
    ],
    [
      'two occurrences may share a day',
      `${OUTLOOK}/placement`,
      'const sharesDay = slot.start.slice(0, 10) === before.start.slice(0, 10);',
      'const sharesDay = false;',
      EVENT_TEST,
    ],
    [
      'what has no place counts as removed',
      `${OUTLOOK}/series`,
      '...(truth?.hidden ?? []).map(dateOfException)]',
      ']',
      EVENT_TEST,
    ],
    [
      'a stand-in is taken for itself',
      `${OUTLOOK}/series`,
      'const nameAt = (date: LocalDate) => names(truth?.standIns.get(date) ?? date);',
      'const nameAt = (date: LocalDate) => names(date);',
      EVENT_TEST,
    ],
    [
      'what Outlook does not take is not said',
      'src/outlook/side-effects',
      'left && context.kind.refused?.(read.value, wanted)',
      'undefined',
      SIDE_TEST,
    ],
  ),
  ...of(
    'H2',
    [
      'the owner of a slot is deleted after another moved onto it',
      ORDER,
      '[...deletions, ...earlier, ...later]',
      '[...earlier, ...later, ...deletions]',
      `${ORDER}.test.ts`,
    ],
    [
      'a moved occurrence is looked for at its old place',
      ORDER,
      'at: current.get(date)?.start ?? originalStart(after.startMinutes, date)',
      'at: originalStart(after.startMinutes, date)',
      `${ORDER}.test.ts`,
    ],
    [
      'changes of dates that the rule does not make are dropped',
      `${OUTLOOK}/series`,
      'const aside = strays(placed, series.exceptions, shown, mapping);',
      'const aside: Aside[] = [];',
      NOTE_TEST,
    ],
    [
      'a removed occurrence keeps its slot',
      `${OUTLOOK}/placement`,
      '.filter((date) => !deleted.has(date))',
      '',
      EVENT_TEST,
    ],
  ),
  ...of(
    'H3',
    [
      'an occurrence that is not found proves its series gone',
      'src/outlook/program/reading',
      "outcome.member === 'GetItemFromID' && ",
      '',
      'src/outlook/program/reading.test.ts',
    ],
    [
      'what a locked occurrence did not take is not tried again',
      'src/outlook/side-effects',
      'const left = writes <= MORE_WRITES ? context.kind.remaining?.(read.value, wanted) : undefined;',
      'const left = undefined;',
      SIDE_TEST,
    ],
    [
      'what was refused counts as taken back',
      `${OUTLOOK}/series`,
      '(truth?.aside ?? [])',
      '([] as Aside[])',
      REFUSED_TEST,
    ],
    [
      'a removal that was refused counts as undone by the user',
      `${OUTLOOK}/series`,
      'new Set([...recurrence.deleted, ...lingering])',
      'new Set(recurrence.deleted)',
      REFUSED_TEST,
    ],
  ),
  ...of(
    'H4',
    [
      'a removed occurrence in UTC is read as wall time',
      `${SERVER}/exceptions`,
      'return settledMoment(inZone(value, form.zone)).wall;',
      'return settledMoment({ wall: value.wall, zone: form.zone }).wall;',
      SERVER_TEST,
    ],
    [
      'a removed occurrence loses the form it was written in',
      `${SERVER}/exceptions`,
      '(event.exdate ?? []).find((date) => nameOf(date, form) === at) ?? bmName(at, form)',
      'bmName(at, form)',
      SERVER_TEST,
    ],
    [
      'an EXDATE of another zone is read as wall time',
      'src/mapping/ical/read-when',
      'return { wall: wallIn(placed, series.start.zone), zone: series.start.zone };',
      'return { wall: placed.wall, zone: series.start.zone };',
      ICAL_TEST,
    ],
  ),
  ...of(
    'H5',
    [
      'the first pattern that looks right is taken',
      `${OUTLOOK}/recurrence`,
      'if (!makesDays(endlessPattern, days, complete ? start + HORIZON : undefined)) continue;',
      '',
      EVENT_TEST,
    ],
    [
      'a changed recurrence of a partly shown series is read as if it were the old one',
      `${OUTLOOK}/series`,
      '(partial === undefined || !sameSeries(recurrence, partial.core))',
      'partial === undefined',
      EVENT_TEST,
    ],
    [
      'the rule is read from the item that shows part of it',
      `${OUTLOOK}/series`,
      'recurrence: rule,\n    excluded,',
      'recurrence: ruleOfSeries(recurrence),\n    excluded,',
      EVENT_TEST,
    ],
    [
      'nothing says that the item shows only part',
      `${OUTLOOK}/note`,
      "if (truth.partial !== undefined && recurrence?.end.kind === 'date') {",
      'if (false) {',
      NOTE_TEST,
    ],
    [
      'the line of a series that is over goes with the next write',
      `${OUTLOOK}/event`,
      'if (series.shown !== undefined && truthOf(item)?.isFirstOnly === true) return { ...written, recurrence: undefined };',
      '',
      LATER_TEST,
    ],
    [
      'every start of an hourly rule counts against the limit',
      'src/domain/expand-series',
      'isFirstOfDay: true }',
      'isFirstOfDay: false }',
      LATER_TEST,
    ],
  ),
  ...of(
    'H6',
    [
      'an end in UTC is read as wall time',
      'src/domain/expand-series',
      'return secondsOf(wallIn(end.moment, when.start.zone));',
      'return secondsOf(end.moment.wall);',
      'src/domain/expand-series.test.ts',
    ],
    [
      'an end at an hour before the last start is one day too late',
      `${OUTLOOK}/recurrence`,
      'const day = Math.floor((untilOf(rule, when) - clock) / DAY_SECONDS);',
      'const day = Math.floor(untilOf(rule, when) / DAY_SECONDS);',
      EVENT_TEST,
    ],
    [
      'a date as end becomes a moment',
      'src/mapping/ical/read-recurrence',
      "if (until.kind === 'date') return until.date < when.start.wall.slice(0, 10) ? 'before' : bmDate(until.date);",
      "if (until.kind === 'date') return bmMoment({ wall: until.date.concat('T23:59:59'), zone: when.start.zone });",
      ICAL_TEST,
    ],
  ),
  ...of(
    'H7',
    [
      'what Outlook lost with the end of its series stays on the server',
      'src/domain/merge',
      'if (outlookChanged) return { server: outlook.now, outlook: outlook.now };',
      'if (outlookChanged) return { server: outlook.now ?? server.now, outlook: outlook.now };',
      HARD_TEST,
    ],
    [
      'exceptions beyond the new end are dropped',
      `${OUTLOOK}/series`,
      'const aside = strays(placed, series.exceptions, shown, mapping);',
      'const aside: Aside[] = [];',
      HARD_TEST,
    ],
  ),
  ...of(
    'H8',
    [
      'the recurrence is worded anew at every write',
      `${OUTLOOK}/series`,
      'const core = current !== undefined && saysTheSame(current, exact) ? coreOf(current) : exact;',
      'const core = exact;',
      EVENT_TEST,
    ],
    [
      'members that did not change are written',
      'src/outlook/program/write-pattern',
      'if (current.get(member) !== value) run.put',
      'run.put',
      'src/outlook/program/write-appointment.test.ts',
    ],
    [
      'any change of an occurrence builds the recurrence anew',
      ORDER,
      'if (before.deleted.some((date) => !deleted.has(date)))',
      'if (before.exceptions.length + before.deleted.length > 0)',
      `${ORDER}.test.ts`,
    ],
  ),
  ...of(
    'H9',
    [
      'the series made for single occurrences is read as one',
      `${OUTLOOK}/event`,
      'if (truth?.orphans !== undefined) {',
      'if (false) {',
      EVENT_TEST,
    ],
    [
      'nothing says that the user is invited to single occurrences only',
      `${OUTLOOK}/note`,
      "if (truth.orphans !== undefined) lines.push(noteLine('single', language));",
      '',
      NOTE_TEST,
    ],
    [
      'an edit of a single occurrence is lost when its series arrives',
      'src/domain/merge',
      "if (server === undefined) return 'outlook';",
      "if (server === undefined) return 'server';",
      HARD_TEST,
    ],
    [
      'single occurrences are shown in the order of the server',
      `${OUTLOOK}/orphans`,
      '.sort((a, b) => startsAt(a.event, context) - startsAt(b.event, context))',
      '',
      EVENT_TEST,
    ],
  ),
];
