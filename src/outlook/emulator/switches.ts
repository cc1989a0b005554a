/**
 * Where Outlook's behaviour varies (between versions, stores, policies, or because sources disagree) the emulator has a switch.
 * The connector must survive every position; the defaults are what most sources report.
 */
export type EmulatorSwitches = {
  /** EO1, EC56: the upper 12 bits of Outlook's own errors vary. */
  readonly chaoticHresults: boolean;
  /** EO39: events that wait for delivery come in a shuffled order. */
  readonly shuffledEvents: boolean;
  /** EO38: an own save raises ItemChange twice. */
  readonly doubledItemChange: boolean;
  /** EO11, EO12: what the object model guard does with an untrusted caller. */
  readonly guard: 'allow' | 'deny' | 'prompt';
  /** EO11: how a denied call answers: MAPI_E_NO_SUPPORT or E_ABORT. */
  readonly guardDenial: 'noSupport' | 'abort';
  /** EO12: what the user answers to a prompt. */
  readonly promptAnswer: 'allow' | 'deny';
  /** EO12. @units seconds the user takes to answer */
  readonly promptSeconds: number;
  /** EO12. @units minutes for which an answer "allow" holds, for all callers; 0 = this call only */
  readonly promptGrantMinutes: number;
  /** EO9: Startup is delivered twice. */
  readonly doubledStartup: boolean;
  /** EO7: Outlook is busy (modal dialog): every call is refused. A number = that many calls, then it serves again. */
  readonly busyCalls: number;
  /** EO7: how a busy Outlook answers. */
  readonly busyAnswer: 'rejected' | 'retryLater';
  /** EO8: how objects of a closed Outlook answer. */
  readonly closedAnswer: 'serverGone' | 'disconnected';
  /** EO5: nothing is registered in the running object table (no window, or another elevation). */
  readonly unregistered: boolean;
  /** EO6: that many starts fail before one succeeds. */
  readonly failingStarts: number;
  /** EO16: Store.GetDefaultFolder for a folder that is not there. */
  readonly missingDefaultFolder: 'create' | 'nothing';
  /** EO32, EC3, 3.3: whether a move inside one store keeps the entry id. `byStore`: PST and IMAP keep, Exchange changes. */
  readonly moveInStore: 'byStore' | 'keep' | 'new';
  /** EO57: GetArray as [row][column] or [column][row]. */
  readonly arrayOrder: 'rowColumn' | 'columnRow';
  /** EO58: GetRowCount raises. */
  readonly rowCountRaises: boolean;
  /** EO54: rows of an Exchange store give short-term entry ids. */
  readonly shortTermEntryIds: boolean;
  /** EO54: the column of long-term entry ids is empty. */
  readonly noLongTermEntryIds: boolean;
  /** §4: a column that does not apply to a row reads as null or as an error. */
  readonly missingCell: 'null' | 'error';
  /** EO52: texts in tables are cut at 255 characters, or at 255 bytes of a store that keeps them in UTF-16 or UTF-8. */
  readonly textCut: 'characters' | 'utf16Bytes' | 'utf8Bytes';
  /** EO102: Body as a column: the beginning of the member's text, refused, never filled, or with a line end that the member has not. */
  readonly bodyColumn: 'served' | 'refused' | 'empty' | 'otherEnd';
  /** EO101: a table converts dates by the rules of the zone, or all by the offset that the zone has today. */
  readonly localColumns: 'rules' | 'today';
  /** §3.2: a Jet filter on Categories raises (list of Items.Find) or matches a whole value (the page's example). */
  readonly categoriesFilter: 'raises' | 'matches';
  /** EO45, EO46: instant search of the stores: on, off, or the question itself raises. */
  readonly instantSearch: 'on' | 'off' | 'raises';
  /** EO62. @units bytes that PropertyAccessor reads of a named text or binary value */
  readonly accessorLimit: number;
  /** Whether PropertyAccessor gives bodies (0x1000, 0x1009, 0x1013); they have members of their own. */
  readonly accessorBodies: 'refused' | 'served';
  /** EO40, EC60. @units seconds between LastModificationTime as the saved object shows it and as a fresh read does */
  readonly modificationDrift: number;
  /** Whether a Save without change bumps LastModificationTime. */
  readonly emptySaveBumps: boolean;
  /** EC37: an item that is held is what GetItemFromID gives again, stale or not. */
  readonly staleWhileHeld: boolean;
  /** EO71: the display name Outlook makes for an e-mail slot. */
  readonly emailDisplayName: 'fullName' | 'fullNameAndAddress';
  /** EO74: what deleting a contact or clearing its date does to the birthday appointment. */
  readonly birthdayEvents: 'removed' | 'left' | 'never';
  /** EO91: SyncObjects raises, is empty, or holds one group. */
  readonly syncObjects: 'one' | 'empty' | 'raises';
  /** EO83: names that match a contact bind to it. */
  readonly resolveContacts: boolean;
  /** EO84: whether a resolved recipient has PR_SMTP_ADDRESS (0x39FE). */
  readonly smtpAddressProperty: boolean;
  /** 6.1: PidLidFileUnderId of new contacts, from the user's option. */
  readonly fileAsOrder: number;
  /** EO98. @units unreleased items of an Exchange store before calls fail; 0 = no limit */
  readonly openItemLimit: number;
  /** EO99: calls take time, see `latency.ts`. */
  readonly latency: 'none' | 'calibrated';
  /** EC12: AllDayEvent := True sets BusyStatus free and a reminder of 1080 minutes. */
  readonly allDayDefaults: boolean;
  /** EC30: Interval of yearly patterns counts months (practice) or years (documentation). */
  readonly yearlyInterval: 'months' | 'years';
  /** 4.5: a series whose occurrences overlap is saved or refused. */
  readonly overlappingOccurrences: boolean;
  /** EC39: Exception.AppointmentItem of a series in another zone than the machine's. */
  readonly foreignZoneExceptions: 'served' | 'refused';
  /** EC40: that many entries at the end of an Exceptions collection are missing. */
  readonly omittedExceptions: number;
  /** 1.3: AllDayEvent := False leaves the midnights, or takes the hours of a working day. */
  readonly allDayOff: 'midnights' | 'businessHours';
  /** 5.3: Recipient.Type accepts 0 (organizer). */
  readonly organizerTypeWritable: boolean;
  /** Outlook's major version: 14 = 2010, 15 = 2013, 16 = 2016 and later. */
  readonly version: number;
  /**
   * What the emulator writes at once: each save by itself, as Outlook does, or all saves of a program, which is faster. A process
   * that is killed in mid-program then leaves all of it or nothing.
   */
  readonly commits: 'save' | 'program';
  /** The connector’s own add-in among Application.COMAddIns: not registered, registered, or loaded. */
  readonly addIn: 'absent' | 'unloaded' | 'loaded';
  /** The call comes from inside Outlook (add-in): trusted, and never guarded. EO10: out of process it never is. */
  readonly inProcess: boolean;
};

export const DEFAULT_SWITCHES: EmulatorSwitches = {
  chaoticHresults: false,
  shuffledEvents: false,
  doubledItemChange: false,
  guard: 'allow',
  guardDenial: 'noSupport',
  promptAnswer: 'allow',
  promptSeconds: 3,
  promptGrantMinutes: 10,
  doubledStartup: false,
  busyCalls: 0,
  busyAnswer: 'retryLater',
  closedAnswer: 'serverGone',
  unregistered: false,
  failingStarts: 0,
  missingDefaultFolder: 'create',
  moveInStore: 'byStore',
  arrayOrder: 'rowColumn',
  rowCountRaises: false,
  shortTermEntryIds: false,
  noLongTermEntryIds: false,
  missingCell: 'null',
  textCut: 'characters',
  bodyColumn: 'served',
  localColumns: 'rules',
  categoriesFilter: 'raises',
  instantSearch: 'off',
  accessorLimit: 4088,
  accessorBodies: 'refused',
  modificationDrift: 0,
  emptySaveBumps: false,
  staleWhileHeld: true,
  emailDisplayName: 'fullNameAndAddress',
  birthdayEvents: 'removed',
  syncObjects: 'one',
  resolveContacts: true,
  smtpAddressProperty: true,
  fileAsOrder: 0x8017,
  openItemLimit: 0,
  latency: 'none',
  allDayDefaults: true,
  yearlyInterval: 'months',
  overlappingOccurrences: false,
  foreignZoneExceptions: 'refused',
  omittedExceptions: 0,
  allDayOff: 'midnights',
  organizerTypeWritable: true,
  version: 16,
  commits: 'program',
  addIn: 'absent',
  inProcess: false,
};
