/**
 * One process's connection to the emulated Outlook: what every object of it shares. Settings are read from the file each time,
 * since another process may change them; the only state held here belongs to this process (held references, sinks, switches).
 */

import { must } from '../../base/assert.ts';
import type { Clock } from '../../base/clock.ts';
import type { Database } from '../../node/database.ts';
import { type DispatchKind, type DispatchObject, dispatchObject, type Gate, type ObjectClass } from './dispatch.ts';
import { EventHub } from './events.ts';
import { fail, hresultOf, type OutlookFault } from './fault.ts';
import { faultText } from './fault-text.ts';
import type { ComposedItemClass } from './item-class.ts';
import { latencyOf } from './latency.ts';
import type { LiveItem } from './live-item.ts';
import { type CurrentZone, type Locale, localeOf } from './locale.ts';
import type { StoreRow } from './stores.ts';
import type { EmulatorSwitches } from './switches.ts';
import { toLocalTime, toUtcTime, utcOf } from './zone-time.ts';

/** The item classes of this emulator, by message class prefix and by OlItemType. */
export type ItemClasses = {
  readonly byMessageClass: (messageClass: string) => ComposedItemClass;
  readonly byItemType: (itemType: number) => ComposedItemClass | undefined;
};

/** Objects that almost every other one leads to. */
export type SharedObjects = {
  readonly application: DispatchObject;
  readonly namespace: DispatchObject;
  readonly folder: (entryId: string) => DispatchObject;
  readonly store: (id: number) => DispatchObject;
};

/** A node's number grows by this, its low bits being of another use. */
const NODE = 0x20;
/** So many numbers are taken at once: to note each in the file would be a page of each Save. */
const AT_ONCE = 64;
// One statement: another process takes numbers, too.
const TAKE_NUMBERS = `INSERT INTO settings (name, value) VALUES ('next-node', CAST(? AS INTEGER))
  ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + ? RETURNING value`;

export class Session {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: () => number;
  readonly itemClasses: ItemClasses;
  readonly events: EventHub;
  /** Items with at least one reference held by a client, by entry id. */
  readonly held = new Map<string, LiveItem>();
  switches: EmulatorSwitches;
  closed = false;
  /** Makers of objects that many others lead to; set once by `open-emulator.ts`, so that files need no circles. */
  #objects: SharedObjects | undefined;
  /** @units milliseconds that calls took since the last {@link takeDelay} */
  #delay = 0;
  #busyLeft = 0;
  /** Settings that programs read, good as long as no other process writes to the file. */
  readonly #settings = new Map<string, string | undefined>();
  /** Likewise the stores. */
  #stores: readonly StoreRow[] | undefined;
  #programs = 0;
  #numbers = { next: 0, left: 0, undone: 0 };
  #version = 0;
  /** @units milliseconds; guarded calls pass until then */
  #grantedUntil = 0;

  constructor(parts: {
    database: Database;
    clock: Clock;
    random: () => number;
    switches: EmulatorSwitches;
    itemClasses: ItemClasses;
  }) {
    this.database = parts.database;
    this.clock = parts.clock;
    this.random = parts.random;
    this.itemClasses = parts.itemClasses;
    this.switches = parts.switches;
    this.events = new EventHub(parts.database);
    this.#busyLeft = parts.switches.busyCalls;
  }

  get objects(): SharedObjects {
    return must(this.#objects);
  }

  set objects(objects: SharedObjects) {
    this.#objects = objects;
  }

  /** Changes switches while running; a new `busyCalls` starts a new busy spell. */
  set(switches: Partial<EmulatorSwitches>): void {
    this.switches = { ...this.switches, ...switches };
    if (switches.busyCalls !== undefined) this.#busyLeft = switches.busyCalls;
    if (switches.guard !== undefined) this.#grantedUntil = 0;
  }

  /** An object behind this session's gate. */
  make<S>(of: ObjectClass<S>, state: S): DispatchObject {
    return dispatchObject(this.gate, of, state);
  }

  readonly gate: Gate = (call) => {
    if (this.closed) fail(this.switches.closedAnswer === 'serverGone' ? 'SERVER_GONE' : 'DISCONNECTED');
    if (this.#busyLeft > 0) {
      this.#busyLeft--;
      fail(this.switches.busyAnswer === 'rejected' ? 'CALL_REJECTED' : 'RETRY_LATER');
    }
    if (this.switches.latency === 'calibrated') this.#delay += latencyOf(call.className, call.member, call.kind);
    if (call.guarded) this.#guard(call.kind);
  };

  /** The time the calls since the last question took; the executor waits that long. @units milliseconds */
  takeDelay(): number {
    const delay = this.#delay;
    this.#delay = 0;
    return delay;
  }

  /** A fault as the client sees it. */
  describe(fault: OutlookFault): { hresult: number; message: string } {
    const random = this.switches.chaoticHresults ? this.random : undefined;
    return { hresult: hresultOf(fault.fault, random), message: faultText(fault, this.locale().language) };
  }

  /** The number that stands for a fault in a VT_ERROR slot. */
  errorNumber(fault: Parameters<typeof hresultOf>[0]): number {
    return hresultOf(fault, this.switches.chaoticHresults ? this.random : undefined);
  }

  /** @units UTC, whole seconds */
  now(): string {
    return utcOf(this.clock.now());
  }

  toLocal(utc: string): string {
    return toLocalTime(utc, this.zone().iana);
  }

  toUtc(local: string): string {
    return toUtcTime(local, this.zone().iana);
  }

  locale(): Locale {
    return localeOf(this.setting('locale') ?? 'en-US');
  }

  zone(): CurrentZone {
    return { windows: this.setting('zone.windows') ?? 'UTC', iana: this.setting('zone.iana') ?? 'UTC' };
  }

  setting(name: string): string | undefined {
    if (this.#programs > 0 && this.#settings.has(name)) return this.#settings.get(name);
    const value = this.database.get<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)?.value;
    if (this.#programs > 0) this.#settings.set(name, value);
    return value;
  }

  /**
   * A piece of a program, in which nothing waits: what another process does to the settings is not seen within it, and what it
   * saves is one write to the file. A program that `saves` has the file to itself from its beginning: whatever it asks the file is then
   * answered without a lock taken and given back.
   */
  during<T>(work: () => T, saves = false): T {
    const { database, switches } = this;
    const whole = saves && switches.commits === 'program';
    if (switches.commits === 'program') database.gather(whole ? 'at once' : 'with the first');
    this.#programs++;
    try {
      const version = database.version();
      if (version !== this.#version) this.#forget();
      this.#version = version;
      const result = work();
      if (whole) this.events.collect();
      return result;
    } finally {
      this.#programs--;
      this.#settle();
    }
  }

  #settle(): void {
    try {
      this.database.settle();
    } catch (error) {
      this.events.uncollect();
      throw error;
    }
  }

  /** A number that no folder or item of this file has or had. */
  takeNumber(): number {
    const undone = this.database.undone();
    // What was taken in a write that was undone may be given to somebody else.
    if (this.#numbers.left === 0 || this.#numbers.undone !== undone) {
      this.#numbers = { next: this.freshNumber(AT_ONCE), left: AT_ONCE, undone };
    }
    const { next } = this.#numbers;
    this.#numbers = { next: next + NODE, left: this.#numbers.left - 1, undone };
    return next;
  }

  /** The first of `count` such numbers, larger than all that were taken by whatever process. */
  freshNumber(count = 1): number {
    const row = this.database.get<{ value: string }>(TAKE_NUMBERS, 0x200022 + count * NODE, count * NODE);
    return Number(row?.value) - (count - 1) * NODE;
  }

  #forget(): void {
    this.#settings.clear();
    this.#stores = undefined;
  }

  /** All stores of the file, those that are not in the profile too. */
  stores(): readonly StoreRow[] {
    const known = this.#programs > 0 ? this.#stores : undefined;
    this.#stores = known ?? this.database.all<StoreRow>('SELECT * FROM stores ORDER BY id');
    return this.#stores;
  }

  /** A store was added, attached or detached. */
  storesChanged(): void {
    this.#stores = undefined;
  }

  putSetting(name: string, value: string): void {
    this.#settings.delete(name);
    this.database.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, value);
  }

  /** Sixteen bytes from the session's random source. */
  randomBytes(length = 16): Uint8Array {
    return Uint8Array.from({ length }, () => Math.floor(this.random() * 256));
  }

  #guard(kind: DispatchKind): void {
    const { guard, inProcess } = this.switches;
    // Protected on reading: assigning a body or an address never prompts. @source outlook-objects.md section 8
    if (guard === 'allow' || inProcess || kind === 'put') return;
    if (guard === 'prompt') {
      if (this.clock.now() < this.#grantedUntil) return;
      this.#delay += this.switches.promptSeconds * 1000;
      if (this.switches.promptAnswer === 'allow') {
        this.#grantedUntil = this.clock.now() + this.switches.promptGrantMinutes * 60_000;
        return;
      }
    }
    fail(this.switches.guardDenial === 'noSupport' ? 'NO_SUPPORT' : 'ABORTED');
  }
}
