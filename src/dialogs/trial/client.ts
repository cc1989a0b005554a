import { baseOf, type Client, openClient } from '../../agent/api/client.ts';
import type { Answer, Input, ReadName } from '../../agent/api/routes.ts';
import type { TrialRoutes } from '../../agent/api/trial-routes.ts';
import { type Asked, useAsked } from '../app/ask.ts';
import type { Changed } from '../app/live.tsx';

/** The routes that only the trial has. */
export const trial: Client<TrialRoutes> = openClient<TrialRoutes>({ base: baseOf(location.pathname) });

export type SideName = 'outlook' | 'server';
export type Folder = Answer<'trial/folders', TrialRoutes>['outlook'][number];
export type Occurrence = Answer<'trial/events', TrialRoutes>[number];
export type Contact = Answer<'trial/contacts', TrialRoutes>[number];
export type Place = { readonly side: SideName; readonly folder: string };

export function useTrial<N extends ReadName<TrialRoutes>>(
  name: N,
  query: Input<N, TrialRoutes>,
  stale: readonly Changed[],
): Asked<Answer<N, TrialRoutes>> {
  return useAsked<TrialRoutes, N>(trial, name, query, stale);
}
