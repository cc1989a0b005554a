/**
 * Events, as hints. Changes write a row into the file's journal; each process reads the rows that are new to it, whoever wrote
 * them, and hands them to sinks. A sink belongs to one live object (a held `Items`, `Folders`…) and goes silent with it.
 */
import type { Database } from '../../node/database.ts';
import type { DispatchObject, DispatchValue } from './dispatch.ts';

export type EventSource = 'Items' | 'Folders' | 'Folder' | 'Stores' | 'Application' | 'Reminders' | 'SyncObject';

/** Something that happened. `about` is what the source belongs to (a folder's entry id), `argument` an entry id or ''. */
export type Hint = {
  readonly source: EventSource;
  readonly about: string;
  readonly event: string;
  readonly argument: string;
};

type Noted = Hint & { readonly seq: number };

/** Called with the event's name and arguments; for a cancelable one the answer `true` cancels. */
export type Sink = (event: string, args: readonly DispatchValue[]) => boolean | undefined;

type Advised = {
  readonly object: DispatchObject;
  readonly source: EventSource;
  readonly about: string;
  readonly sink: Sink;
};

/** At this many removals at once Outlook says nothing. @source outlook-objects.md section 3.4 */
const SILENT_REMOVALS = 16;

const NOTE = 'INSERT INTO journal (source, about, event, argument) VALUES';

/** Rows the journal keeps: enough for every process to catch up, not for ever. */
const JOURNAL_ROWS = 5000;

export class EventHub {
  readonly #database: Database;
  readonly #sinks = new Set<Advised>();
  readonly #watchers = new Set<(hint: Hint) => void>();
  #seen: number;
  /** Whether this process raised something, and the file's version, since the journal was read. */
  #raised = false;
  #version: number | undefined;
  /** What was read of the journal and not delivered yet. */
  #collected: readonly Noted[] = [];
  /** Where the journal ended before the last write in which something was collected, until that is delivered. */
  #heard = Number.POSITIVE_INFINITY;

  constructor(database: Database) {
    this.#database = database;
    this.#seen = 0;
    this.skip();
  }

  /** Counts everything up to now as heard. */
  skip(): void {
    const last = this.#database.get<{ seq: number | null }>('SELECT MAX(seq) AS seq FROM journal');
    this.#seen = last?.seq ?? 0;
  }

  /** Drops journal rows that everybody had time to read. */
  trim(): void {
    this.#database.run(`DELETE FROM journal WHERE seq <= (SELECT MAX(seq) FROM journal) - ${JOURNAL_ROWS}`);
  }

  /** Notes what happened, in this order; delivered by {@link pump}. */
  raise(...hints: readonly Hint[]): void {
    if (hints.length === 0) return;
    this.#raised = true;
    const binds: string[] = [];
    for (const { source, about, event, argument } of hints) binds.push(source, about, event, argument);
    this.#database.run(`${NOTE} (?, ?, ?, ?)${', (?, ?, ?, ?)'.repeat(hints.length - 1)}`, ...binds);
  }

  /** Asks the sinks of a cancelable event, in this process, at once. */
  asksToCancel(hint: Omit<Hint, 'argument'>, args: readonly DispatchValue[]): boolean {
    return this.#of(hint).some(({ sink }) => sink(hint.event, args) === true);
  }

  /** Attaches a sink to a live object; the answer detaches it. */
  advise(object: DispatchObject, at: { source: EventSource; about: string }, sink: Sink): () => void {
    const advised = { object, ...at, sink };
    this.#sinks.add(advised);
    return () => this.#sinks.delete(advised);
  }

  /** Hears every hint, whatever objects are alive. */
  watch(watcher: (hint: Hint) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** The sinks of an object that was given back fall silent. */
  drop(object: DispatchObject): void {
    for (const advised of this.#sinks) if (advised.object === object) this.#sinks.delete(advised);
  }

  /** Reads what is new in the same write in which it was raised, before it is committed: {@link pump} then need not ask the file. */
  collect(): void {
    if (!this.#raised) return;
    this.#raised = false;
    this.#heard = this.#seen;
    this.#collected = [...this.#collected, ...this.#unheard()];
  }

  /** The write in which something was collected was undone. */
  uncollect(): void {
    this.#collected = this.#collected.filter(({ seq }) => seq <= this.#heard);
    this.#seen = Math.min(this.#seen, this.#heard);
  }

  /**
   * Delivers what is new. `argumentsOf` makes an event's arguments from its hint; `shuffle` stands for the order that Outlook
   * does not promise.
   */
  pump(argumentsOf: (hint: Hint) => readonly DispatchValue[], shuffle?: () => number): void {
    if (this.#collected.length === 0 && !this.#raised) {
      const version = this.#database.version();
      if (version === this.#version) return;
      this.#version = version;
      this.#raised = true;
    }
    const rows = [...this.#collected, ...(this.#raised ? this.#unheard() : [])];
    this.#raised = false;
    this.#collected = [];
    this.#heard = Number.POSITIVE_INFINITY;
    const hints = audible(rows);
    if (shuffle !== undefined) hints.sort(() => shuffle() - 0.5);
    for (const hint of hints) {
      for (const watcher of this.#watchers) watcher(hint);
      for (const { sink } of this.#of(hint)) sink(hint.event, argumentsOf(hint));
    }
  }

  #unheard(): readonly Noted[] {
    const rows = this.#database.all<Noted>(
      'SELECT seq, source, about, event, argument FROM journal WHERE seq > ? ORDER BY seq',
      this.#seen,
    );
    this.#seen = rows.at(-1)?.seq ?? this.#seen;
    return rows;
  }

  #of(hint: Omit<Hint, 'argument'>): readonly Advised[] {
    return [...this.#sinks].filter((advised) => advised.source === hint.source && advised.about === hint.about);
  }
}

/** What Outlook tells of many events at once: no ItemAdd in bulk, no ItemRemove from sixteen on or for a PST's last item. */
function audible(rows: readonly Hint[]): Hint[] {
  const count = (event: string, about: string) => rows.filter((r) => r.event === event && r.about === about).length;
  return rows.filter(({ event, about, argument }) => {
    if (event === 'ItemAdd') return count(event, about) < SILENT_REMOVALS;
    if (event === 'ItemRemove') return argument !== LAST_OF_PST && count(event, about) < SILENT_REMOVALS;
    return true;
  });
}

/** The argument of an ItemRemove that Outlook keeps to itself: the folder of a PST became empty. */
export const LAST_OF_PST = 'last-of-pst';
