import { CANCELLED, type Failure, isFailure } from '../../base/failure.ts';
import type { Answer, Input, Routes } from '../api/routes.ts';
import type { ImportProgress } from '../import/import-files.ts';
import { countOf, type ImportReport, type ImportRow } from '../import/report.ts';
import { apiFailure, failed, toldOf } from './api-failures.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './local-api.ts';
import { openUploads } from './uploads.ts';

type ImportRoutes = Pick<
  Routes,
  'import' | 'import/file' | 'import/piece' | 'import/look' | 'import/take' | 'import/cancel' | 'import/forget'
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
  });
  const begin = (wish: Wish, dryRun: boolean) => {
    const files = uploads.all();
    if (wish.what === 'files' && files.length === 0)
      throw apiFailure('API_BAD_REQUEST', 'No file was given: choose one first.');
    if (wish.what === 'files' && files.some(({ size, received }) => received < size))
      throw apiFailure('API_BAD_REQUEST', 'A file is not all here yet: wait until it is.');
    const into = [wish.calendar, wish.book].flatMap((uid) => (uid ? [uid] : []));
    if (into.length === 0) throw apiFailure('API_BAD_REQUEST', 'Choose a calendar or an address book first.');
    return course.begin(wish.what, dryRun, (options) =>
      wish.what === 'outlook'
        ? desk.agent.imports.outlook({ ...options, into, dryRun })
        : desk.agent.imports.files(files, { ...options, into, dryRun }),
    );
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
  let now: Omit<State, 'files'> = IDLE;
  let stop: AbortController | undefined;
  let toldAt = 0;
  const set = (next: Partial<State>) => {
    now = { ...now, ...next };
    tell('import');
  };
  const progress = (at: ImportProgress) => {
    now = { ...now, progress: { ...at, share: Math.min(1, Math.max(0, at.share)) } };
    if (clock.now() - toldAt < TOLD_EVERY) return;
    toldAt = clock.now();
    tell('import');
  };
  const run = async (dryRun: boolean, signal: AbortSignal, work: (options: Options) => Promise<ImportReport>) => {
    try {
      const report = await work({ progress, signal });
      set({ state: dryRun ? 'looked' : 'taken', progress: null, cancelling: false, report: reportOf(report) });
      if (!dryRun && countOf(report.counts, 'taken') > 0) want('changed');
    } catch (error) {
      const cancelled = isFailure(error, CANCELLED);
      if (!cancelled) log.failure('import', error);
      const failure = cancelled ? failed(error as Failure) : toldOf(error).error;
      set({ state: 'failed', progress: null, cancelling: false, failure });
    } finally {
      stop = undefined;
    }
  };
  return {
    state: () => now,
    begin: (what: Wish['what'], dryRun: boolean, work: (options: Options) => Promise<ImportReport>): boolean => {
      if (stop !== undefined) return false;
      stop = new AbortController();
      set({ ...IDLE, what, state: dryRun ? 'looking' : 'taking' });
      void run(dryRun, stop.signal, work);
      return true;
    },
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

const IDLE: Omit<State, 'files'> = {
  state: 'idle',
  what: null,
  progress: null,
  cancelling: false,
  report: null,
  failure: null,
};

function reportOf({ outcome, sources, counts, others, rows, refused }: ImportReport): NonNullable<State['report']> {
  return {
    outcome,
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
