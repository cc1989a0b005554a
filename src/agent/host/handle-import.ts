import { CANCELLED, type Failure, isFailure } from '../../base/failure.ts';
import type { Answer, Input, Routes } from '../api/routes.ts';
import type { ImportProgress } from '../import/import-files.ts';
import { countOf, type ImportReport, type ImportRow } from '../import/report.ts';
import type { Undoing, UndoReport } from '../import/undo.ts';
import { readerOf } from '../reader.ts';
import { apiFailure, failed, toldOf } from './api-failures.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './local-api.ts';
import { openUploads } from './uploads.ts';

type ImportRoutes = Pick<
  Routes,
  'import' | `import/${'file' | 'piece' | 'look' | 'take' | 'undo' | 'cancel' | 'forget'}`
>;
type State = Answer<'import'>;
type Wish = Input<'import/look'>;

/** @units milliseconds between two tellings of how far an import is */
const TOLD_EVERY = 250;

/** One import at a time, on behalf of the windows: it goes on when they are closed. */
export function importHandlers(desk: Desk): Handlers<ImportRoutes> {
  const uploads = openUploads(desk.uploads);
  const course = openCourse(desk);
  const state = (): State => ({
    ...course.state(),
    files: uploads.all().map(({ file, name, size, received }) => ({ file, name, size, received })),
    last: lastOf(desk),
  });
  const begin = (wish: Wish, dryRun: boolean) => {
    const files = uploads.all();
    if (wish.what === 'files' && files.length === 0)
      throw apiFailure('API_BAD_REQUEST', 'No file was given: choose one first.');
    if (wish.what === 'files' && files.some(({ size, received }) => received < size))
      throw apiFailure('API_BAD_REQUEST', 'A file is not all here yet: wait until it is.');
    const into = [wish.calendar, wish.book].flatMap((uid) => (uid ? [uid] : []));
    if (into.length === 0) throw apiFailure('API_BAD_REQUEST', 'Choose a calendar or an address book first.');
    return course.begin(wish.what, dryRun, async (watched) => {
      const options = { ...watched, reader: readerOf(wish) };
      if (wish.what === 'outlook') return desk.agent.imports.outlook({ ...options, into, dryRun });
      const report = await desk.agent.imports.files(files, { ...options, into, dryRun });
      // A copy of gigabytes is of no more use; one that was cancelled is gone on with.
      if (!dryRun && report.outcome === 'done') uploads.clear();
      return report;
    });
  };
  return {
    import: state,
    'import/file': ({ name, size }) => {
      const { file } = uploads.add(name, size);
      desk.tell('import');
      return { file };
    },
    'import/piece': ({ file, at, bytes }) => {
      const upload = uploads.append(file, at, Buffer.from(bytes, 'base64'));
      return { received: upload.received };
    },
    'import/look': (wish) => ({ begun: begin(wish, true) }),
    'import/take': (wish) => ({ begun: begin(wish, false) }),
    'import/undo': ({ id }) => ({ begun: course.undo((options) => desk.agent.imports.undo(id, options)) }),
    'import/cancel': () => ({ cancelled: course.cancel() }),
    'import/forget': () => {
      course.forget();
      uploads.clear();
      desk.tell('import');
      return state();
    },
  };
}

type Options = { readonly progress: (progress: ImportProgress) => void; readonly signal: AbortSignal };

/** What goes on, and what came of the last one. */
function openCourse({ tell, want, log, clock }: Desk) {
  let now: Kept = IDLE;
  let stop: AbortController | undefined;
  let toldAt = 0;
  const set = (next: Partial<Kept>) => {
    now = { ...now, ...next };
    tell('import');
  };
  const progress = (at: ImportProgress) => {
    now = { ...now, progress: { ...at, share: Math.min(1, Math.max(0, at.share)) } };
    if (clock.now() - toldAt < TOLD_EVERY) return;
    toldAt = clock.now();
    tell('import');
  };
  const run = async (work: () => Promise<Partial<Kept>>) => {
    try {
      set({ ...(await work()), progress: null, cancelling: false });
    } catch (error) {
      const cancelled = isFailure(error, CANCELLED);
      if (!cancelled) log.failure('import', error);
      const failure = cancelled ? failed(error as Failure) : toldOf(error).error;
      set({ state: 'failed', progress: null, cancelling: false, failure });
    } finally {
      stop = undefined;
    }
  };
  const begin = (first: Partial<Kept>, work: (signal: AbortSignal) => Promise<Partial<Kept>>): boolean => {
    if (stop !== undefined) return false;
    stop = new AbortController();
    const { signal } = stop;
    set({ ...IDLE, ...first });
    void run(() => work(signal));
    return true;
  };
  return {
    state: () => now,
    begin: (what: Wish['what'], dryRun: boolean, work: (options: Options) => Promise<ImportReport>): boolean =>
      begin({ what, state: dryRun ? 'looking' : 'taking' }, async (signal) => {
        const report = await work({ progress, signal });
        if (!dryRun && countOf(report.counts, 'taken') > 0) want('changed');
        return { state: dryRun ? 'looked' : 'taken', report: reportOf(report) };
      }),
    undo: (work: (options: Undoing) => Promise<UndoReport>): boolean =>
      begin({ what: 'files', state: 'undoing' }, async (signal) => {
        const at = ({ done, total }: { readonly done: number; readonly total: number }) =>
          progress({ source: '', share: done / Math.max(1, total), items: done });
        const { id: _, stay, ...report } = await work({ progress: at, signal });
        if (report.removed > 0) want('changed');
        return {
          state: 'undone',
          undone: {
            ...report,
            sources: [...report.sources],
            stay: stay.map(({ title, reason }) => ({ title, reason: reason ?? null })),
          },
        };
      }),
    cancel: (): boolean => {
      stop?.abort();
      if (stop !== undefined) set({ cancelling: true });
      return stop !== undefined;
    },
    forget: () => {
      if (stop !== undefined) throw apiFailure('API_BAD_REQUEST', 'An import goes on: cancel it first.');
      now = IDLE;
    },
  };
}

type Kept = Omit<State, 'files' | 'last'>;

const IDLE: Kept = {
  state: 'idle',
  what: null,
  progress: null,
  cancelling: false,
  report: null,
  undone: null,
  failure: null,
};

/** The last import from files that can be taken back. */
function lastOf({ agent }: Desk): State['last'] {
  if (agent.accounts().length === 0) return null;
  const last = agent.imports.list().find(({ undone }) => undone === undefined);
  if (last === undefined) return null;
  const { id, at, sources, items } = last;
  return { id, at: new Date(at).toISOString(), sources: [...sources], items };
}

function reportOf({
  outcome,
  undo,
  sources,
  counts,
  others,
  rows,
  refused,
}: ImportReport): NonNullable<State['report']> {
  return {
    outcome,
    undo: undo ?? null,
    sources: sources.map(({ name, kind, failure }) => ({ name, kind: kind ?? null, failure: failure ?? null })),
    counts,
    others,
    rows: rows.map(rowOf),
    refused: refused.map(rowOf),
  };
}

function rowOf({ reason, ...row }: ImportRow): NonNullable<State['report']>['rows'][number] {
  return { ...row, reason: reason ?? null };
}
