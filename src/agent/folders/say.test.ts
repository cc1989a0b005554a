import { expect, test } from 'vitest';
import { must } from '../../base/assert.ts';
import type { Container } from '../../bluemind/containers.ts';
import type { Deed, PairDeed, Remembered } from './plan-folders.ts';
import { failureNote, noteInWords, noteOf } from './say.ts';

const record = {
  ...{ id: 'pair', account: 'a', kind: 'addressbook', name: 'Équipe {name}' },
  ...{ folders: { server: 'book:1', outlook: 'folder' }, value: {} },
};
const was: Remembered = { record, items: 7, decision: undefined, life: 'steady', names: undefined };
const folder = { id: 'folder', kind: 'contacts', name: 'Équipe {name}', containerUid: 'book:1' } as const;
const container = { uid: 'book:1', name: 'Équipe {name}' } as Container;
const pair: PairDeed = { do: 'pair', container, folder: undefined, place: 'ours', name: 'Équipe {name}', was };
const renamed = { folder, from: 'Before', name: 'Équipe {name}' };

const DEEDS: readonly Deed[] = [
  pair,
  { do: 'renameFolder', ...renamed, why: 'server' },
  { do: 'renameFolder', ...renamed, why: 'notYours' },
  { do: 'renameContainer', container, from: 'Before', name: 'Équipe {name}' },
  ...(['default', 'notYours', 'asked'] as const).map((why) => ({ do: 'putBack', pair, folder, why }) as const),
  { do: 'make', folder, was: undefined },
  { do: 'make', folder, was },
  { do: 'delete', was, container, folder },
  ...(['server', 'outlook'] as const).map((on) => ({ do: 'hold', was, on, items: 7 }) as const),
  { do: 'takeDown', was, container, folder, own: false, why: 'unsubscribed' },
  { do: 'takeDown', was, container: undefined, folder, own: false, why: 'gone' },
  { do: 'takeDown', was, container, folder: undefined, own: true, why: 'unsubscribed' },
  ...(['noRight', 'notFound', 'doubted'] as const).map((why) => ({ do: 'wait', name: 'Équipe {name}', why }) as const),
];

test('[F1] to [F12] every deed has a sentence of its own in both languages, done and planned, with its name and no gap', () => {
  const said = DEEDS.map((deed) => {
    const sentences = (['run', 'rehearse'] as const).flatMap((how) =>
      (['en', 'fr'] as const).map((locale) => noteInWords(must(noteOf(deed, how, 3)), locale)),
    );
    for (const sentence of sentences) {
      expect(sentence).toContain('Équipe {name}');
      expect(sentence.replaceAll('Équipe {name}', '')).not.toMatch(/[{}]/);
      expect(sentence).toMatch(/3\).*\.$/);
    }
    expect(sentences[0]).not.toBe(sentences[1]);
    return sentences[0];
  });
  expect(new Set(said).size).toBe(DEEDS.length);
});

test('[F2] what need not be told is not: a pair as it was, a pair that is forgotten', () => {
  expect([noteOf({ ...pair, folder }, 'run'), noteOf({ do: 'forget', was }, 'run')]).toEqual([undefined, undefined]);
});

test('a deed that failed says why with its code; what earlier versions kept is a sentence; what later ones say is told as it is', () => {
  const failed = failureNote('Team', { code: 'NO_RIGHT', message: 'You may not write it.' });
  expect([noteInWords(failed, 'en'), noteInWords(failed, 'fr')]).toEqual([
    'Team: You may not write it. [NO_RIGHT]',
    'Team : You may not write it. [NO_RIGHT]',
  ]);
  expect(noteInWords('Team: a folder is made for it in Outlook.', 'fr')).toBe(
    'Team: a folder is made for it in Outlook.',
  );
  expect(noteInWords({ say: 'swallowed', planned: false, gaps: { name: 'Team' } }, 'en')).toBe('swallowed, Team');
});
