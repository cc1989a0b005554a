import type { Agent } from '../../agent/agent.ts';
import type { ApiSource, ItemRow } from '../../agent/api/open-api.ts';
import { type RunReport, summarize } from '../../agent/summary.ts';
import { whenOf } from '../../agent/when-words.ts';
import type { Card } from '../../domain/contact.ts';
import { cardKit, seriesKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import type { PairRecord } from '../../storage/records.ts';
import type { Item } from '../../sync/side.ts';

/** What the page shows, fed by the runs of the trial. */
export type PageSource = ApiSource & {
  ran(report: RunReport): void;
  /** @returns whether this failure is news: not the same as the run before met */
  failed(error: unknown): boolean;
};

const MEMORY =
  'See what changed with `npm run connector -- status`; act as the Outlook user with `npm run connector -- outlook --help`.';

export function pageSource(agent: Agent): PageSource {
  let said = 'In step.';
  let trouble = '';
  let running = false;
  const ran = (report: RunReport) => {
    said = summarize(report).join(' ');
    trouble = '';
  };
  return {
    ran,
    failed: (error) => {
      const message = error instanceof Error ? error.message : String(error);
      const news = message !== trouble;
      trouble = message;
      said = message;
      return news;
    },
    status: () => ({
      running,
      said,
      hint: MEMORY,
      pairs: agent
        .pairs()
        .toSorted(calendarsFirst)
        .map(({ id, name, value }) => ({ id, label: `${name} (${value['write'] === true ? 'R/W' : 'R'})` })),
    }),
    items: async (pair) => {
      const { outlook, server } = await agent.look(pair);
      return { outlook: rowsOf(outlook), server: rowsOf(server) };
    },
    run: async () => {
      running = true;
      try {
        ran(await agent.run());
        return said;
      } finally {
        running = false;
      }
    },
  };
}

function calendarsFirst(a: PairRecord, b: PairRecord): number {
  const rank = ({ kind, folders }: PairRecord) =>
    Number(kind !== 'calendar') * 2 + Number(!folders.server.includes('Default'));
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}

function rowsOf(items: readonly Item<unknown>[]): ItemRow[] {
  const rows = items.map(({ content }) => {
    const shown = content as Series | Card;
    const title = shown.kind === 'event' ? seriesKit.title(shown) : cardKit.title(shown);
    return { uid: shown.uid, title, when: whenOf(shown) };
  });
  return rows.sort((a, b) => (a.when + a.title < b.when + b.title ? 1 : -1));
}
