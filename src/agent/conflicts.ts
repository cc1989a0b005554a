import type { Run } from '../sync/run.ts';
import type { Item } from '../sync/side.ts';
import { bothSides, type Link, type Sides } from '../sync/state.ts';
import { chosenPairs } from './chosen-pairs.ts';
import { type Content, valueInWords } from './content-words.ts';
import { fieldInWords } from './field-words.ts';
import { languageOf, type Reader } from './reader.ts';
import { compared, type Unequal } from './verify.ts';
import { type Waiting, waitingRows } from './waiting.ts';
import { whenOf } from './when-words.ts';
import { withSides } from './with-sides.ts';
import type { Working } from './working.ts';

/** A conflict that waits, with what each side holds now, in words. */
export type ConflictRow = Waiting & Pick<Unequal, 'when' | 'fields'>;

/** The conflicts about which the user wants to be asked; both sides are read for them, nothing is written. */
export async function listConflicts(working: Working, reader: Reader): Promise<readonly ConflictRow[]> {
  const rows = waitingRows(working.storage, 'conflict');
  if (rows.length === 0) return [];
  const { account, pairs } = await chosenPairs(working, undefined);
  const found: ConflictRow[] = [];
  for (const pair of pairs) {
    const here = rows.filter((row) => row.pair === pair.record.id);
    if (here.length === 0) continue;
    found.push(
      ...(await withSides(working, account, pair, (run) =>
        Promise.all(here.map((row) => conflictOf(run, row, reader))),
      )),
    );
  }
  return found;
}

async function conflictOf<C>(run: Run<C>, row: Waiting, reader: Reader): Promise<ConflictRow> {
  const { state, sides, pair } = run;
  const link = state.link(row.key);
  const ids = link === undefined ? idsOf(row.key) : { server: [link.server.id], outlook: [link.outlook.id] };
  const [server] = await sides.server.read(pair.folders.server, ids.server);
  const [outlook] = await sides.outlook.read(pair.folders.outlook, ids.outlook);
  // It went away meanwhile: the next run sees that, and has nothing to ask.
  if (server === undefined || outlook === undefined) return { ...row, when: '', fields: [] };
  const now = { server, outlook };
  const when = whenOf(server.content as unknown as Content, reader);
  const fields = link === undefined ? (compared(run, now, reader)?.fields ?? []) : contested(run, link, now, reader);
  return { ...row, when, fields };
}

/** The items a key without a link names. */
function idsOf(key: string): Sides<readonly string[]> {
  return JSON.parse(key) as Sides<readonly string[]>;
}

/** The fields both sides changed to different values. */
function contested<C>({ kit }: Run<C>, link: Link<C>, now: Sides<Item<C>>, reader: Reader): Unequal['fields'] {
  const { conflicts } = kit.merge({
    ...bothSides((side) => ({ base: link[side].content, now: now[side].content })),
    prefer: 'server',
  });
  return conflicts.map(({ field }) => {
    const words = bothSides((side) => valueInWords(now[side].content as unknown as Content, field, reader));
    return { field: fieldInWords(field, languageOf(reader)), ...words };
  });
}
