import type { Agent } from '../../agent/agent.ts';
import { TRIAL_ROUTES } from '../../agent/api/trial-routes.ts';
import { type Mounted, mounted } from '../../agent/host/local-api.ts';
import { whenOf } from '../../agent/when-words.ts';
import type { Card } from '../../domain/contact.ts';
import { cardKit, seriesKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import type { Item } from '../../sync/side.ts';

/** What the trial's page asks for beside what every window does. */
export function trialTable(agent: Agent): Mounted {
  return mounted(TRIAL_ROUTES, {
    'trial/items': async ({ pair }) => {
      const { outlook, server } = await agent.look(pair);
      return { outlook: rowsOf(outlook), server: rowsOf(server) };
    },
  });
}

function rowsOf(items: readonly Item<unknown>[]) {
  const rows = items.map(({ content }) => {
    const shown = content as Series | Card;
    const title = shown.kind === 'event' ? seriesKit.title(shown) : cardKit.title(shown);
    return { uid: shown.uid, title, when: whenOf(shown) };
  });
  return rows.sort((a, b) => (a.when + a.title < b.when + b.title ? 1 : -1));
}
