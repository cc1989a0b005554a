import type { Answer, Routes } from '../api/routes.ts';
import type { ListedContainer } from '../containers.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './local-api.ts';

type ContainerRoutes = Pick<
  Routes,
  'containers' | 'containers/save' | 'containers/add' | 'containers/rename' | 'containers/delete'
>;

/** Calendars and address books as wholes; what concerns Outlook is done by the run that each change begins. */
export function containerHandlers({ agent, want, tell }: Desk): Handlers<ContainerRoutes> {
  const { containers } = agent;
  const changed = () => {
    tell('subscriptions');
    want('changed');
  };
  return {
    containers: async ({ kind, search }) => (await containers.list(kind, { search })).map(told),
    'containers/save': async ({ kind, subscribe, unsubscribe }) => {
      if (subscribe.length > 0) await containers.subscribe(kind, subscribe);
      if (unsubscribe.length > 0) await containers.unsubscribe(kind, unsubscribe);
      changed();
      return (await containers.list(kind)).map(told);
    },
    'containers/add': async ({ kind, name }) => {
      const made = told(await containers.add(kind, name));
      changed();
      return made;
    },
    'containers/rename': async ({ kind, uid, name }) => {
      const renamed = told(await containers.rename(kind, uid, name));
      changed();
      return renamed;
    },
    'containers/delete': async ({ kind, uid, confirmed }) => {
      const deleted = told(await containers.remove(kind, uid, { confirmed }));
      changed();
      return deleted;
    },
  };
}

function told({ color, fixed, ...rest }: ListedContainer): Answer<'containers/add'> {
  return { ...rest, color: color ?? null, fixed: fixed ?? null };
}
