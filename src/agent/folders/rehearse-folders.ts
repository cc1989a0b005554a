import type { Working } from '../working.ts';
import type { CarriedOut } from './carry-out.ts';
import type { Deed } from './plan-folders.ts';
import { type ReadyPair, readyPair } from './ready-pair.ts';
import { noteOf } from './say.ts';

/** What would become of the folders; nothing is written. A folder that would be made has the id ''. */
export function rehearseFolders(working: Working, deeds: readonly Deed[]): CarriedOut {
  const notes = deeds.flatMap((deed) => noteOf(deed, 'rehearse') ?? []);
  return { pairs: deeds.flatMap((deed) => pairOf(working, deed) ?? []), held: [], notes };
}

function pairOf(working: Working, deed: Deed): ReadyPair | undefined {
  switch (deed.do) {
    case 'pair':
      return readyPair(working, deed, deed.folder ?? UNMADE, deed.folder === undefined);
    case 'putBack':
      return readyPair(working, deed.pair, deed.folder ?? UNMADE, deed.folder === undefined);
    case 'takeDown': {
      const { container, was, own, folder } = deed;
      if (container?.access.read !== true || (folder === undefined && !own)) return undefined;
      return { container, record: was.record, place: own ? 'own' : 'ours', fresh: false, leaving: deed };
    }
    default:
      return undefined;
  }
}

const UNMADE = { id: '', name: '' };
