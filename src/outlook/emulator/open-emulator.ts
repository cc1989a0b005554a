/**
 * Opens an emulated Outlook: a file with a profile in it. This is the one place that says which item classes and application
 * members there are.
 */
import type { Clock } from '../../base/clock.ts';
import { type Database, openDatabase } from '../../node/database.ts';
import { resourceFolder } from '../../node/resources.ts';
import type { Registry } from '../model/calendar-options.ts';
import type { ObjectRef } from '../program/program.ts';
import { applicationObject } from './application.ts';
import { MAILBOX_FOLDERS } from './default-folders.ts';
import type { DispatchObject } from './dispatch.ts';
import { createExecutor, type EmulatorExecutor } from './emulator-executor.ts';
import { argumentsOfHint, eventSource } from './event-objects.ts';
import type { Hint, Sink } from './events.ts';
import { showFolder } from './explorer.ts';
import { fail } from './fault.ts';
import { folderObject } from './folder.ts';
import { ITEM_CLASSES } from './item-classes.ts';
import { composeItemClasses } from './item-members.ts';
import { itemOwner, itemRow } from './item-store.ts';
import type { CurrentZone, LocaleId } from './locale.ts';
import { namespaceObject } from './namespace.ts';
import type { PropKey } from './property.ts';
import { emulatedRegistry } from './registry.ts';
import { type SendReceive, sendReceiveOf } from './send-receive.ts';
import { Session } from './session.ts';
import { storeObject } from './store.ts';
import { deleteProperty } from './stored-properties.ts';
import { addStore, type StoreKind } from './stores.ts';
import { DEFAULT_SWITCHES, type EmulatorSwitches } from './switches.ts';

export type EmulatorOptions = {
  /** The SQLite file; `:memory:` for one that ends with the process. Made when missing. */
  readonly file: string;
  readonly clock: Clock;
  /** 0 up to 1 */
  readonly random: () => number;
  readonly switches?: Partial<EmulatorSwitches>;
  /** What a new file's profile is like; a file that is there keeps its own. */
  readonly profile?: Partial<Profile>;
};

export type Profile = {
  readonly name: string;
  readonly storeKind: StoreKind;
  readonly storeName: string;
  /** Path of the default store's data file as Outlook shows it. */
  readonly storePath: string;
  readonly locale: LocaleId;
  readonly zone: CurrentZone;
  /** The user's name and address; undefined = a profile without e-mail account. */
  readonly user: { readonly name: string; readonly address: string } | undefined;
  /** OlDefaultFolders that the default store has. */
  readonly folders: readonly number[];
};

const DEFAULT_PROFILE: Profile = {
  name: 'Outlook',
  storeKind: 'pst',
  storeName: 'Outlook Data File',
  storePath: 'C:\\Users\\user\\Documents\\Outlook Files\\Outlook.pst',
  locale: 'en-US',
  zone: { windows: 'Romance Standard Time', iana: 'Europe/Paris' },
  user: { name: 'Jean Dupont', address: 'jean.dupont@example.org' },
  folders: MAILBOX_FOLDERS,
};

/** An emulated Outlook. */
export type Emulator = {
  readonly session: Session;
  /** The Application object, for a COM server or direct calls. */
  readonly application: DispatchObject;
  readonly executor: EmulatorExecutor;
  /** The user's registry, as far as Outlook's options go. */
  readonly registry: Registry;
  set(switches: Partial<EmulatorSwitches>): void;
  /** Changes the regional setting or the Windows zone, as a user does in the control panel. */
  relocate(to: { locale?: LocaleId; zone?: CurrentZone }): void;
  /** Send/Receive Groups, as the user sees them. */
  readonly sendReceive: SendReceive;
  /** Attaches a sink to a live object; it goes silent when the object is released. The answer detaches it. */
  advise(object: DispatchObject | ObjectRef, sink: Sink): () => void;
  /** Hears every change, of any process, whatever objects are alive; delivered after each program and by {@link pump}. */
  watch(listener: (hint: Hint) => void): () => void;
  /** Delivers waiting events, those of other processes too. */
  pump(): void;
  /** GetActiveObject. @throws UNAVAILABLE while nothing is registered */
  activeObject(): DispatchObject;
  /** CoCreateInstance. @throws START_FAILED for as many starts as the switch says */
  createObject(): DispatchObject;
  /** Outlook starts: Startup and MAPILogonComplete are raised. */
  start(): void;
  /** The user opens a window on a folder and selects items, both by entry id. */
  show(folder: string, selected?: readonly string[]): void;
  /** Takes properties out of a stored item, as corruption does. */
  damage(entryId: string, keys: readonly PropKey[]): void;
  /** The user closes Outlook: every object answers with an RPC error from now on. */
  quit(): void;
  /** Closes the file. */
  close(): void;
};

/** Opens the emulator over a file. */
export function openEmulator(options: EmulatorOptions): Emulator {
  const session = new Session({
    database: openFile(options.file),
    clock: options.clock,
    random: options.random,
    switches: { ...DEFAULT_SWITCHES, ...options.switches },
    itemClasses: composeItemClasses(ITEM_CLASSES),
  });
  session.database.transaction(() => {
    if (session.setting('profile') === undefined) createProfile(session, { ...DEFAULT_PROFILE, ...options.profile });
  });
  session.events.trim();
  session.events.skip();
  const application = applicationObject(session);
  session.objects = {
    application,
    namespace: namespaceObject(session),
    folder: (entryId) => folderObject(session, entryId),
    store: (id) => storeObject(session, id),
  };
  const pump = () => {
    const shuffle = session.switches.shuffledEvents ? session.random : undefined;
    session.events.pump((hint) => argumentsOfHint(session, hint), shuffle);
  };
  const executor = createExecutor(session, application, pump);
  return {
    session,
    application,
    executor,
    registry: emulatedRegistry(session),
    set: (switches) => session.set(switches),
    relocate: (to) => relocate(session, to),
    sendReceive: sendReceiveOf(session),
    advise: (object, sink) => {
      const target = 'invoke' in object ? object : executor.objectOf(object);
      return session.events.advise(target, eventSource(target), sink);
    },
    watch: (listener) => session.events.watch(listener),
    pump,
    activeObject: () => (session.switches.unregistered || session.closed ? fail('UNAVAILABLE') : application),
    createObject: () => {
      const { failingStarts } = session.switches;
      if (failingStarts > 0) session.set({ failingStarts: failingStarts - 1 });
      return failingStarts > 0 ? fail('START_FAILED') : application;
    },
    start: () => start(session),
    show: (folder, selected = []) => showFolder(session, folder, selected),
    damage: (entryId, keys) => damage(session, entryId, keys),
    quit: () => {
      session.closed = true;
    },
    close: () => session.database.close(),
  };
}

/**
 * Several processes may have the file open (the command line edits while the agent runs), so nothing is kept in memory that
 * another process could change. A save of the emulated Outlook need not survive a power cut, and waiting for the disk makes it
 * fifty times slower (2.5 ms instead of 0.05).
 */
function openFile(file: string): Database {
  const migrations = resourceFolder('emulator', './migrations/', import.meta.url);
  return openDatabase({ file, migrations, what: "the emulated Outlook's data", durability: 'process' });
}

function relocate(session: Session, to: { locale?: LocaleId; zone?: CurrentZone }): void {
  if (to.locale !== undefined) session.putSetting('locale', to.locale);
  if (to.zone !== undefined) {
    session.putSetting('zone.windows', to.zone.windows);
    session.putSetting('zone.iana', to.zone.iana);
  }
}

function start(session: Session): void {
  const hint = { source: 'Application', about: '', argument: '' } as const;
  for (let times = session.switches.doubledStartup ? 2 : 1; times > 0; times--) {
    session.events.raise({ ...hint, event: 'Startup' });
  }
  session.events.raise({ ...hint, event: 'MAPILogonComplete' });
}

function damage(session: Session, entryId: string, keys: readonly PropKey[]): void {
  const row = itemRow(session, entryId) ?? fail('NOT_FOUND');
  for (const key of keys) deleteProperty(session.database, itemOwner(row.number), key);
}

function createProfile(session: Session, profile: Profile): void {
  session.putSetting('profile', profile.name);
  relocate(session, profile);
  if (profile.user !== undefined) {
    session.putSetting('user.name', profile.user.name);
    session.putSetting('user.address', profile.user.address);
  }
  addStore(session, {
    kind: profile.storeKind,
    name: profile.storeName,
    filePath: profile.storePath,
    isDefault: true,
    roles: profile.folders,
  });
}
