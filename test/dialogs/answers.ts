/** An agent that answers the windows from a script: states that a real one reaches only by accident, and all at once. */
import type { Answer } from '../../src/agent/api/routes.ts';
import { ROUTES } from '../../src/agent/api/routes.ts';
import type { Failed, PlanLine, RunSummary, Status } from '../../src/agent/api/shapes.ts';
import { type Handlers, mounted } from '../../src/agent/host/local-api.ts';
import { must } from '../../src/base/assert.ts';
import { Failure } from '../../src/base/failure.ts';

const AT = '2026-03-02T08:30:00.000Z';

export const ACCOUNT = {
  server: 'https://mail.example.com',
  login: 'jane.doe@example.com',
  name: 'Jane Doe',
  serverVersion: '5.1.0',
  proxy: '',
  certificates: false,
};

export const RUN: RunSummary = {
  id: 1,
  startedAt: AT,
  endedAt: '2026-03-02T08:30:04.000Z',
  times: 1,
  why: 'asked',
  changes: 12,
  failed: 0,
  held: 0,
  folders: 4,
  notes: [],
  failure: null,
};

export const FAILED: Failed = {
  code: 'SERVER_UNREACHABLE',
  message: 'The server cannot be reached. Check your network and try again.',
  retry: 'later',
  after: null,
};

export const STATUS: Status = {
  version: '0.1.0',
  language: 'system',
  server: null,
  account: ACCOUNT,
  state: 'idle',
  paused: null,
  progress: null,
  last: RUN,
  next: '2026-03-02T09:00:00.000Z',
  sendReceive: { minutes: 30, last: AT },
  push: 'on',
  attention: { held: 0, items: 0 },
  warnings: [],
  parts: [],
};

export const LINE: PlanLine = {
  do: 'update',
  on: 'outlook',
  title: 'Weekly review',
  rule: 'T2',
  outcome: 'planned',
  detail: '',
  fields: ['title', 'place'],
  what: 'Change in Outlook: “Weekly review”',
  why: 'It was changed in BlueMind.',
  became: '',
};

type Container = Answer<'containers'>[number];

/** As many as a large organisation shares; one's own first. */
export function containers(many: number, kind: Container['kind']): Container[] {
  const own: Container = {
    uid: `${kind}:Default:jane`,
    kind,
    name: 'Jane Doe',
    owner: '',
    access: 'R/W',
    color: '#3d99ff',
    subscribed: true,
    fixed: kind === 'calendar' ? 'own-calendar' : 'default-book',
    personal: false,
  };
  const mine: Container = { ...own, uid: `${kind}:mine`, name: 'Suppliers', fixed: null, personal: true };
  const others = Array.from(
    { length: many - 2 },
    (_, at): Container => ({
      uid: `${kind}:${at}`,
      kind,
      name: at === 0 ? 'Équipe Élan' : `Shared ${at}`,
      owner: at === 0 ? 'Zoë Noël' : `Owner ${at % 40}`,
      access: at % 3 === 0 ? 'R' : 'R/W',
      color: at % 2 === 0 ? '#e1a100' : null,
      subscribed: at % 5 === 0,
      fixed: null,
      personal: false,
    }),
  );
  return [own, mine, ...others];
}

const OPTIONS: Answer<'options'> = {
  language: 'system',
  notices: true,
  advancedLogging: false,
  updates: true,
  updateChannel: 'stable',
  shareStatus: true,
  minutes: 30,
  conflicts: 'server',
  guardCount: 10,
  guardShare: 20,
  historyDays: 30,
  historyMegabytes: 200,
  reportDays: 30,
  managed: [],
};

const ENTRY: Answer<'history'>[number] = {
  id: 'h1',
  at: AT,
  folder: 'Calendar',
  side: 'outlook',
  title: 'Budget meeting with a title that is rather longer than most are',
  when: '2 March 2026, 10:00',
  did: 'update',
  rule: 'T3',
  why: 'Both sides changed it; BlueMind’s value stayed.',
  restored: null,
  fields: [{ field: 'place', before: 'Room 12', after: 'Room 14', lost: true }],
};

export const NEWS: Answer<'news'>[number] = {
  version: '0.2.0',
  date: '2026-03-02',
  lines: [
    'Faster.',
    'A line that says at some length what is new, so that it has to go on in the next line of the window.',
  ],
};

export const UPDATES: Answer<'updates'> = {
  installed: '0.1.0',
  off: null,
  channel: 'stable',
  url: 'https://mail.example.com/downloads/files/',
  state: 'staged',
  offer: { version: '0.2.0', released: AT, size: 24_000_000, news: NEWS },
  done: null,
  checked: { at: AT, failure: null },
  next: '2026-03-03T08:30:00.000Z',
  outlook: true,
  wish: null,
  last: null,
};

const REPORT = JSON.stringify({
  made: AT,
  note: '',
  version: '0.1.0',
  account: { connected: true, proxy: false },
  folders: [{ folder: 'folder 1', kind: 'calendar', items: 240 }],
  items: [{ folder: 'folder 1', rule: 'E3', outline: { server: { title: 'text 17' } } }],
  log: [],
});

const IMPORTED: NonNullable<Answer<'import'>['report']>['rows'][number] = {
  what: 'event',
  title: 'Weekly review of everything that is going on with a long title',
  when: '2026-03-02 10:00 Europe/Paris, weekly',
  from: 'Outlook Data File/Calendar',
  fate: 'new',
  reason: null,
  detail: '',
};
const NONE = { new: 0, taken: 0, there: 0, left: 0, refused: 0 };

/** A look at a data file, with something of everything. */
export const IMPORT: Answer<'import'> = {
  state: 'looked',
  what: 'files',
  files: [{ file: 1, name: 'archive of the years 2009 to 2019.pst', size: 2_147_483_648, received: 2_147_483_648 }],
  progress: null,
  cancelling: false,
  failure: null,
  undone: null,
  last: null,
  report: {
    outcome: 'done',
    undo: null,
    sources: [{ name: 'archive of the years 2009 to 2019.pst', kind: 'pst', failure: null }],
    counts: { event: { ...NONE, new: 1, refused: 1 }, contact: { ...NONE, there: 12 }, group: NONE },
    others: 18_211,
    rows: [IMPORTED],
    refused: [
      { ...IMPORTED, title: '', fate: 'refused', reason: 'invalid', detail: 'has 9000 attendees; 5000 can be kept' },
    ],
  },
};

/** Every route; a test changes what it is about. */
export function answers(rest: Partial<Handlers<typeof ROUTES>> = {}): ReturnType<typeof mounted> {
  const all: Handlers<typeof ROUTES> = {
    'account/disconnect': () => ({ disconnected: true, folders: [] }),
    conflicts: () => [
      {
        pair: 'p1',
        key: 'k3',
        folder: 'Calendar',
        title: 'Lunch with Zoë',
        when: '2026-03-09 12:30 Europe/Paris',
        fields: [
          {
            field: 'time',
            server: '2026-03-09 12:30 to 13:30 Europe/Paris',
            outlook: '2026-03-09 13:00 to 14:00 Europe/Paris',
          },
          { field: 'place', server: '“Chez Ann”', outlook: '“Canteen”' },
        ],
        decision: null,
      },
    ],
    attention: () => [],
    verify: () => ({ equal: true, folders: [] }),
    repair: () => ({ changes: 0, failed: 0 }),
    'reset/look': () => [],
    reset: () => [],
    status: () => STATUS,
    folders: () => [
      {
        pair: 'p1',
        name: 'Calendar',
        kind: 'calendar',
        container: 'calendar:Default:jane',
        access: 'R/W',
        items: 240,
        last: AT,
        outcome: 'done',
        failure: null,
      },
      {
        pair: 'p2',
        name: 'Team (Zoë Noël)',
        kind: 'calendar',
        container: 'calendar:2',
        access: 'R',
        items: 31,
        last: null,
        outcome: 'failed',
        failure: FAILED,
      },
    ],
    runs: () => [RUN, { ...RUN, id: 2, changes: 0, times: 14 }, { ...RUN, id: 3, changes: 300, failed: 2, held: 1 }],
    'runs/one': () => ({ run: RUN, folders: [] }),
    run: () => ({ begun: true }),
    'run/cancel': () => ({ cancelled: true }),
    plan: () => ({ lines: [{ folder: 'Calendar', line: LINE }], notes: [] }),
    open: () => ({ url: '' }),
    'account/test': () => ACCOUNT,
    'account/connect': () => ACCOUNT,
    'account/password': () => ACCOUNT,
    containers: ({ kind }) => containers(12, kind),
    'containers/save': ({ kind }) => containers(12, kind),
    'containers/add': ({ kind }) => must(containers(2, kind)[1]),
    'containers/rename': ({ kind }) => must(containers(2, kind)[1]),
    'containers/delete': ({ kind }) => must(containers(2, kind)[1]),
    history: () => [ENTRY, { ...ENTRY, id: 'h2', did: 'delete', side: 'server', fields: [] }],
    'history/restore': () => ({ title: ENTRY.title, folder: ENTRY.folder, done: [] }),
    held: () => [
      {
        pair: 'p1',
        key: 'k1',
        folder: 'Calendar',
        title: 'Budget',
        rule: 'G1',
        on: 'server',
        why: 'More than ten deletions and more than a fifth of the folder.',
        decision: null,
      },
      {
        pair: 'p1',
        key: 'k2',
        folder: 'Calendar',
        title: 'Review',
        rule: 'G1',
        on: 'server',
        why: 'More than ten deletions and more than a fifth of the folder.',
        decision: 'undo',
      },
      {
        pair: 'p1',
        key: 'k3',
        folder: 'Calendar',
        title: 'Lunch with Zoë',
        rule: 'P8',
        on: null,
        why: 'Both sides changed it, and you want to decide.',
        decision: null,
      },
    ],
    'held/decide': ({ rows }) => ({ decided: rows.length }),
    import: () => IMPORT,
    'import/file': () => ({ file: 1 }),
    'import/piece': ({ at }) => ({ received: at }),
    'import/look': () => ({ begun: true }),
    'import/take': () => ({ begun: true }),
    'import/undo': () => ({ begun: true }),
    'import/cancel': () => ({ cancelled: true }),
    'import/forget': () => IMPORT,
    options: () => OPTIONS,
    'options/save': () => OPTIONS,
    log: () => ({ lines: [] }),
    updates: () => UPDATES,
    'updates/check': () => UPDATES,
    'updates/install': () => ({ ...UPDATES, wish: { when: 'tonight', at: AT } }),
    news: () => [NEWS],
    report: () => ({ id: 'r1', name: 'report.json', text: REPORT, to: 'mail.example.com', size: REPORT.length }),
    'report/send': () => ({ number: '4711' }),
    stop: () => ({ pid: 1 }),
    ...rest,
  };
  return mounted(ROUTES, all);
}

export function refusal(code: string): () => never {
  return () => {
    throw new Failure(code, 'In the agent’s own words.', { retry: 'never' });
  };
}
