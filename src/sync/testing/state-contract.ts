/** What every implementation of the engine's memory must do; run over memory and SQLite. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FolderReport } from '../report.ts';
import type { HistoryEntry, Intent, Link, State } from '../state.ts';
import { type RecordContent, record } from './record-kit.ts';

/** A state under test, with a way to see what only its owner reads. */
export type OpenState = {
  readonly state: State<RecordContent>;
  history(): readonly HistoryEntry<RecordContent>[];
  reports(): readonly FolderReport[];
  /** Closes and opens it again; a state without a file stays as it is. */
  reopen(): OpenState;
  close(): void;
};

/** The suite. `open` makes an empty state. */
export function stateContract(name: string, open: () => OpenState): void {
  describe(`the state in ${name}`, () => {
    let opened: OpenState;
    beforeEach(() => {
      opened = open();
    });
    afterEach(() => opened.close());
    const put = (...links: Link<RecordContent>[]) => {
      opened.state.transaction((tx) => {
        for (const link of links) tx.putLink(link);
      });
    };

    it('gives back a link as it was put, after being opened again', () => {
      const link = linkFor('a', { token: 't', open: { why: 'rewritten', trust: 'server' } });
      put(link);
      opened = opened.reopen();
      expect(opened.state.link('a')).toEqual(link);
    });

    it('keeps a base per side, equal or not', () => {
      const [same, rich] = [linkFor('same'), linkFor('rich', { server: record({ title: 'b', note: 'long' }, 'u') })];
      put(same, rich);
      expect([opened.state.link('same'), opened.state.link('rich')]).toEqual([same, rich]);
      put({ ...rich, server: rich.outlook });
      expect(opened.state.link('rich')?.server.content).toEqual(rich.outlook.content);
    });

    it('finds links by the ids of either side, and leaves out the others', () => {
      put(linkFor('a'), linkFor('b'), linkFor('c'));
      const { state } = opened;
      expect(state.linksOf('server', ['server-a', 'server-c', 'nowhere']).map((link) => link.key)).toEqual(['a', 'c']);
      expect(state.linksOf('outlook', ['outlook-b', 'server-a']).map((link) => link.key)).toEqual(['b']);
      expect(state.linksOf('outlook', [])).toEqual([]);
      expect(state.link('nowhere')).toBeUndefined();
    });

    it('knows ids and revs, counts, and walks over all links without contents', () => {
      put(linkFor('a'), linkFor('b'));
      put(linkFor('b', { rev: 'r2' }));
      const { state } = opened;
      const known = new Map([
        ['outlook-a', 'r1'],
        ['outlook-b', 'r2'],
      ]);
      expect(state.known('outlook')).toEqual(known);
      expect(state.total()).toBe(2);
      expect([...state.links()].map((row) => [row.key, row.server.id, row.outlook.rev])).toEqual([
        ['a', 'server-a', 'r1'],
        ['b', 'server-b', 'r2'],
      ]);
    });

    it('can be asked while it is walked over', () => {
      put(linkFor('a'), linkFor('b'));
      const seen = [...opened.state.links()].map((row) => [...opened.state.links()].length + row.key);
      expect(seen).toEqual(['2a', '2b']);
    });

    it('lists open links and tokens in use', () => {
      put(linkFor('a', { token: 't1' }), linkFor('b', { open: { why: 'half' } }));
      expect(opened.state.openLinks().map((link) => link.key)).toEqual(['b']);
      expect(opened.state.tokensInUse(['t1', 't2'])).toEqual(new Map([['t1', 'a']]));
      put(linkFor('a', { token: undefined }), linkFor('b'));
      expect(opened.state.openLinks()).toEqual([]);
      expect(opened.state.tokensInUse(['t1', 't2'])).toEqual(new Map());
    });

    it('lists the links whose item was seen without their token', () => {
      const other = { ...linkFor('c', { token: 't3' }), outlook: { ...linkFor('c').outlook, token: undefined } };
      put(linkFor('a', { token: 't1' }), linkFor('b', { token: 't2', seen: 'another' }), other, linkFor('d'));
      opened = opened.reopen();
      const { state } = opened;
      expect(state.unmarked('outlook').map((row) => [row.key, row.outlook.token])).toEqual([
        ['b', 'another'],
        ['c', undefined],
      ]);
      expect(state.unmarked('server')).toEqual([]);
      put(linkFor('b', { token: 't2' }));
      expect(state.unmarked('outlook').map((row) => row.key)).toEqual(['c']);
      expect(state.link('b')).toEqual(linkFor('b', { token: 't2' }));
    });

    it('forgets a dropped link altogether; dropping it again is nothing', () => {
      put(linkFor('a'));
      opened.state.transaction((tx) => tx.dropLink('a'));
      opened.state.transaction((tx) => tx.dropLink('a'));
      expect([opened.state.link('a'), opened.state.total()]).toEqual([undefined, 0]);
    });

    it('[E1] keeps intents in order, one per key, after being opened again', () => {
      const [first, second] = [intentFor('b'), intentFor('a')];
      opened.state.transaction((tx) => {
        tx.putIntent(first);
        tx.putIntent(second);
      });
      opened = opened.reopen();
      expect(opened.state.intents()).toEqual([first, second]);
      opened.state.transaction((tx) => tx.putIntent({ ...first, rule: 'P1' }));
      expect(opened.state.intents().map((intent) => [intent.key, intent.rule])).toEqual([
        ['a', 'T2'],
        ['b', 'P1'],
      ]);
      opened.state.transaction((tx) => tx.dropIntent('b'));
      expect(opened.state.intents().map((intent) => intent.key)).toEqual(['a']);
    });

    it('[E1] keeps what is created and what it is made from, one thing or two', () => {
      const { server, outlook } = linkFor('a', { server: record({ title: 'rich', note: 'long' }, 'u') });
      const common = {
        on: 'outlook',
        rule: 'T1',
        history: undefined,
        token: 't',
        do: 'create',
        other: server,
      } as const;
      const intents = [
        { ...common, key: 'one', sent: server.content },
        { ...common, key: 'two', sent: outlook.content },
      ];
      opened.state.transaction((tx) => {
        for (const intent of intents) tx.putIntent(intent);
      });
      opened = opened.reopen();
      expect(opened.state.intents()).toEqual(intents);
    });

    it('does all of a transaction or nothing of it', () => {
      put(linkFor('a'));
      const attempt = () =>
        opened.state.transaction((tx) => {
          tx.putLink(linkFor('b'));
          tx.dropLink('a');
          tx.setCursor('server', '9');
          tx.putIntent(intentFor('a'));
          throw new Error('stopped');
        });
      expect(attempt).toThrow('stopped');
      expect([...opened.state.links()].map((row) => row.key)).toEqual(['a']);
      expect([opened.state.cursor('server'), opened.state.intents()]).toEqual([undefined, []]);
      expect(opened.state.transaction(() => 7)).toBe(7);
    });

    it('does not compile with an asynchronous transaction', () => {
      const { state } = opened;
      // @ts-expect-error a transaction that awaits would stay open across other work
      const asynchronous = () => state.transaction(async (tx) => tx.setCursor('server', '1'));
      expect(asynchronous).toBeTypeOf('function');
    });

    it('keeps a cursor per side', () => {
      opened.state.transaction((tx) => {
        tx.setCursor('server', '1');
        tx.setCursor('outlook', 'x');
        tx.setCursor('server', '2');
      });
      expect([opened.state.cursor('server'), opened.state.cursor('outlook')]).toEqual(['2', 'x']);
      opened.state.transaction((tx) => tx.setCursor('server', undefined));
      expect([opened.state.cursor('server'), opened.state.cursor('outlook')]).toEqual([undefined, 'x']);
    });

    it('replaces unsettled rows', () => {
      const row = { side: 'server', id: 'x', why: 'E3', refused: 'd' } as const;
      opened.state.transaction((tx) => tx.setUnsettled([{ ...row, refused: undefined, id: 'y' }]));
      opened.state.transaction((tx) => tx.setUnsettled([row]));
      expect(opened.state.unsettled()).toEqual([row]);
    });

    it('keeps the decision of a held row that stays, and no decision without a row', () => {
      const rows = [
        { key: 'a', rule: 'G1', title: 'A', on: 'server' },
        { key: 'b', rule: 'G1', title: 'B', on: undefined },
      ] as const;
      opened.state.transaction((tx) => tx.setHeld(rows));
      opened.state.transaction((tx) => {
        tx.decide('a', 'apply');
        tx.decide('nowhere', 'apply');
      });
      opened.state.transaction((tx) => tx.setHeld([{ ...rows[0], rule: 'G2' }]));
      expect(opened.state.held()).toEqual([{ ...rows[0], rule: 'G2', decision: 'apply' }]);
      opened.state.transaction((tx) => tx.decide('a', undefined));
      expect(opened.state.held().map((row) => row.decision)).toEqual([undefined]);
    });

    it('[E5] keeps history entries until they are dropped, and reports', () => {
      const entries = ['h1', 'h2', 'h3'].map((id) => entryFor(id));
      const report = reportFor(1);
      opened.state.transaction((tx) => {
        for (const entry of entries) tx.addHistory(entry);
        tx.addReport(report);
      });
      opened.state.transaction((tx) => tx.dropHistory('h1'));
      opened = opened.reopen();
      expect(opened.history()).toEqual(entries.slice(1));
      expect(opened.reports()).toEqual([report]);
    });
  });
}

type LinkOptions = {
  readonly token?: string | undefined;
  readonly open?: Link<RecordContent>['open'];
  readonly rev?: string;
  readonly server?: RecordContent;
  /** The token Outlook's item was seen to carry. */
  readonly seen?: string | undefined;
};

/** A link whose two contents are equal unless told otherwise. */
function linkFor(key: string, { token, open, rev = 'r1', server, seen }: LinkOptions = {}): Link<RecordContent> {
  const content = record({ title: key }, `uid-${key}`);
  const anchor = (side: string, of: RecordContent, carried = token) => {
    return { id: `${side}-${key}`, rev, digest: `d-${rev}`, token: carried, content: of };
  };
  return { key, token, open, server: anchor('server', server ?? content), outlook: anchor('outlook', content, seen) };
}

function intentFor(key: string): Intent<RecordContent> {
  const { server, outlook } = linkFor(key);
  const target = { folder: 'f', id: outlook.id, rev: outlook.rev };
  const sent = outlook.content;
  const common = { key, on: 'outlook', rule: 'T2', history: 'h', token: 't' } as const;
  return { ...common, do: 'update', target, before: 'd0', sent, other: server, without: sent };
}

function entryFor(id: string): HistoryEntry<RecordContent> {
  const content = record({ title: 'old' }, 'u');
  const after = record({ title: 'new' }, 'u');
  const across = id === 'h1' ? undefined : { id: 'o', content: id === 'h2' ? content : record({ title: 'poor' }, 'u') };
  const what = { key: 'a', side: 'server', itemId: 'i', title: 'old', rule: 'T2', did: 'update' } as const;
  return { id, at: 5, ...what, content, after, across, lost: ['title'] };
}

/** A report of a run that started at `startedAt`. */
export function reportFor(startedAt: number): FolderReport {
  const line = {
    key: 'a',
    title: 'A',
    rule: 'T2',
    fields: ['title'],
    conflicts: [],
    outcome: 'done',
    detail: '',
  } as const;
  const failure = { code: 'SIDE_UNREACHABLE', message: 'Not there.', retry: 'later', after: 5 } as const;
  const lines = [{ ...line, do: 'update', on: 'server' } as const];
  return {
    pair: 'pair',
    startedAt,
    endedAt: startedAt + 1,
    outcome: 'failed',
    failure,
    lines,
    recovered: 0,
    linked: 2,
  };
}
