import type { Locale } from '../../sync/explain.ts';
import type { Answer, Routes } from '../api/routes.ts';
import { readerOf } from '../reader.ts';
import type { ResetDone } from '../reset.ts';
import { totalsOf } from '../summary.ts';
import { failed } from './api-failures.ts';
import type { Desk } from './desk.ts';
import { lineOf } from './handle-runs.ts';
import type { Handlers } from './local-api.ts';

type ProofRoutes = Pick<Routes, 'conflicts' | 'attention' | 'verify' | 'repair' | 'reset/look' | 'reset'>;

/** What is not in step and why, the proof of what is, and beginning anew. */
export function proofHandlers({ agent, want, tell }: Desk): Handlers<ProofRoutes> {
  const { trust } = agent;
  const anew = () => {
    for (const what of ['folders', 'history', 'held', 'items'] as const) tell(what);
    want('changed');
  };
  return {
    conflicts: async (told) =>
      (await trust.conflicts(readerOf(told))).map(({ pair, key, folder, title, when, fields, decision }) => ({
        ...{ pair, key, folder, title, when },
        fields: [...fields],
        decision: decision ?? null,
      })),
    attention: async ({ folder, ...told }) => [...(await trust.leftAlone(folder, readerOf(told)))],
    verify: async ({ folder, ...told }) => {
      const proofs = await trust.verify(folder, { reader: readerOf(told) });
      return {
        equal: proofs.every(({ unequal, failure }) => unequal.length === 0 && failure === undefined),
        folders: proofs.map(({ unequal, failure, items, ...proof }) => ({
          ...proof,
          items: { ...items },
          unequal: unequal.map(({ on, fields, ...row }) => ({ ...row, on: on ?? null, fields: [...fields] })),
          failure: failure === undefined ? null : failed(failure),
        })),
      };
    },
    repair: async ({ folder }) => {
      const { changes, failed: failures } = totalsOf(await trust.repair(folder));
      anew();
      return { changes, failed: failures };
    },
    'reset/look': async ({ folder, language = 'en' }) =>
      (await trust.lookAtReset(folder)).map(({ unsent, ...row }) => ({
        ...row,
        unsent: unsent.map((line) => lineOf(line, language)),
      })),
    reset: async ({ folder, unsent, language = 'en' }) => {
      const done = await trust.reset({ unsent, ...(folder === undefined ? {} : { folder }) });
      anew();
      return done.map((one) => resetOf(one, language));
    },
  };
}

export function resetOf({ kept, ...row }: ResetDone, language: Locale): Answer<'reset'>[number] {
  return { ...row, kept: kept.map((line) => lineOf(line, language)) };
}
