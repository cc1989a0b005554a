/** Asking the agent from a window: answers that are kept up to date, and deeds that are under way, done or failed. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Client } from '../../agent/api/client.ts';
import type { Answer, Input, ReadName, Routes, RouteTable } from '../../agent/api/routes.ts';
import { Failure } from '../../base/failure.ts';
import { agent, type Changed, useLive } from './live.tsx';

export type Asked<T> = {
  /** The last answer, kept while a newer one is on its way. */
  readonly answer: T | undefined;
  readonly failure: Failure | undefined;
  readonly loading: boolean;
  again(): void;
};

/** Asks once, and again when the question or one of `stale` changes. An answer to an older question is passed over. */
export function useAnswer<N extends ReadName>(
  name: N,
  query: Input<N>,
  stale: readonly Changed[] = [],
): Asked<Answer<N>> {
  return useAsked<Routes, N>(agent, name, query, stale);
}

/** The same of any table of routes. */
export function useAsked<T extends RouteTable, N extends ReadName<T>>(
  client: Client<T>,
  name: N,
  query: Input<N, T>,
  stale: readonly Changed[],
): Asked<Answer<N, T>> {
  const { listen, connected } = useLive();
  const { i18n } = useTranslation();
  const [state, setState] = useState<Omit<Asked<Answer<N, T>>, 'again'>>({
    answer: undefined,
    failure: undefined,
    loading: true,
  });
  const turn = useRef(0);
  const question = JSON.stringify([query, i18n.language]);
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const [asked] = JSON.parse(question) as [Input<N, T>];
    setState((before) => ({ ...before, loading: true }));
    client.get(name, asked).then(
      (answer) => {
        if (mine === turn.current) setState({ answer, failure: undefined, loading: false });
      },
      (error: unknown) => {
        if (mine === turn.current) setState(({ answer }) => ({ answer, failure: failureOf(error), loading: false }));
      },
    );
  }, [client, name, question]);
  const kinds = stale.join();
  useEffect(() => {
    if (connected) again();
    return kinds === '' ? undefined : listen(kinds.split(',') as Changed[], again);
  }, [again, kinds, listen, connected]);
  return { ...state, again };
}

export type Deed = {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** Does it; what fails is kept here and told as undefined. */
  run<T>(work: () => Promise<T>): Promise<T | undefined>;
  forget(): void;
};

/** One thing a user sets off at a time. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const run = useCallback(async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setFailure(undefined);
    try {
      return await work();
    } catch (error) {
      setFailure(failureOf(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  const forget = useCallback(() => setFailure(undefined), []);
  return { busy, failure, run, forget };
}

function failureOf(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure('BUG', String(error));
}
