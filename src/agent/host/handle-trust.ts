import { Failure } from '../../base/failure.ts';
import { explainRule } from '../../sync/explain.ts';
import type { Routes } from '../api/routes.ts';
import { listHistory } from '../history.ts';
import { readerOf } from '../reader.ts';
import { isForUser } from '../waiting.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './local-api.ts';

type TrustRoutes = Pick<Routes, 'history' | 'history/restore' | 'held' | 'held/decide'>;

/** What was overwritten, what waits for a decision, and putting things right. */
export function trustHandlers({ agent, want, touch, tell }: Desk): Handlers<TrustRoutes> {
  const { storage } = agent;
  return {
    history: ({ find, side, folder, since, most = 200, ...told }) =>
      listHistory(
        storage,
        { side, folder, most, text: find, since: since === undefined ? undefined : Date.parse(since) },
        readerOf(told),
      ).map(({ restored, fields, ...row }) => ({ ...row, restored: restored ?? null, fields: [...fields] })),
    'history/restore': async ({ id, to }) => {
      const { title, folder, done } = await agent.trust.restore(id, to);
      tell('history');
      want('changed');
      return { title, folder, done: done.map(({ side, did, fields }) => ({ side, did, fields: [...fields] })) };
    },
    held: ({ language = 'en' }) =>
      agent.pairs().flatMap((pair) =>
        storage
          .state(pair.id)
          .held()
          .filter(({ rule }) => isForUser(rule))
          .map(({ key, rule, title, on, decision }) => ({
            ...{ pair: pair.id, key, folder: pair.name, title, rule },
            on: on ?? null,
            why: explainRule(rule, on, language),
            decision: decision ?? null,
          })),
      ),
    'held/decide': ({ rows, decision }) => {
      const unknown = rows.find(
        ({ pair, key }) =>
          !storage
            .state(pair)
            .held()
            .some((row) => row.key === key),
      );
      if (unknown !== undefined)
        throw new Failure('ITEM_NOT_FOUND', 'Something of this waits no more. Look at the list again.');
      for (const { pair, key } of rows) storage.state(pair).transaction((tx) => tx.decide(key, decision));
      touch();
      tell('held');
      want('changed');
      return { decided: rows.length };
    },
  };
}
