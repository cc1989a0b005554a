import { Failure } from '../../base/failure.ts';
import { explain, type Locale } from '../../sync/explain.ts';
import type { Line } from '../../sync/report.ts';
import type { Routes } from '../api/routes.ts';
import type { PlanLine } from '../api/shapes.ts';
import { fieldsInWords } from '../field-words.ts';
import { noteInWords } from '../folders/say.ts';
import { failed } from './api-failures.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './local-api.ts';
import { foldersOf, runOf } from './status.ts';

type RunRoutes = Pick<Routes, 'status' | 'folders' | 'runs' | 'runs/one' | 'run' | 'run/cancel' | 'plan'>;

/** What is going on, what went on, and beginning and ending it. */
export function runHandlers({ agent, runner, want, status, touch }: Desk): Handlers<RunRoutes> {
  const { storage } = agent;
  return {
    status,
    folders: () => foldersOf(agent),
    runs: ({ most = 50 }) => storage.runs.list(most).map(runOf),
    'runs/one': ({ id, language = 'en' }) => {
      const run = storage.runs.get(id);
      if (run === undefined) throw new Failure('ITEM_NOT_FOUND', 'There is no such run; its report is kept no longer.');
      const until = run.endedAt ?? Number.MAX_SAFE_INTEGER;
      const kinds = new Map(agent.pairs().map(({ name, kind }) => [name, kind]));
      return {
        run: runOf(run),
        folders: storage.reports
          .kept({ since: run.startedAt, until, most: 1000 })
          .map(({ folder, report: { outcome, failure, lines } }) => ({
            name: folder,
            kind: kindOf(kinds.get(folder)),
            outcome,
            failure: failure === undefined ? null : failed(failure),
            lines: lines.map((line) => lineOf(line, language)),
          })),
      };
    },
    run: () => {
      if (agent.accounts().length === 0) throw new Failure('NO_ACCOUNT', 'No account is connected. Connect one first.');
      return { begun: want('asked') };
    },
    'run/cancel': () => {
      const cancelled = runner.cancel();
      touch();
      return { cancelled };
    },
    plan: async ({ language = 'en' }) => {
      const { lines, notes } = await agent.plan();
      return {
        lines: lines.map(({ folder, line }) => ({ folder, line: lineOf(line, language) })),
        notes: notes.map((note) => noteInWords(note, language)),
      };
    },
  };
}

function kindOf(kind: string | undefined): 'calendar' | 'addressbook' | null {
  return kind === undefined ? null : kind === 'calendar' ? 'calendar' : 'addressbook';
}

/** A line of a plan or a report as the API tells it. */
export function lineOf(line: Line, locale: Locale): PlanLine {
  const { what, why, outcome } = explain(line, locale);
  const { do: deed, on, title, rule, detail } = line;
  return {
    ...{ do: deed, on: on ?? null, title, rule, detail, outcome: line.outcome },
    fields: [...fieldsInWords(line.fields, locale)],
    ...{ what, why, became: outcome },
  };
}
