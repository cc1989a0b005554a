/**
 * Errors of Outlook. Only the low 20 bits of an Outlook HRESULT mean something; the upper 12 differ from run to run, and texts
 * come in the language of the installation. The emulator throws an {@link OutlookFault} by name; number and text are made at
 * the border, where the session's language and chaos are known.
 * @source outlook-objects.md section 0; outlook-calendar.md section 10
 */
export const FAULTS = {
  NOT_FOUND: 0x8004010f,
  OBJECT_DELETED: 0x8004010a,
  INVALID_ENTRY_ID: 0x80040107,
  OBJECT_CHANGED: 0x80040109,
  NO_SUPPORT: 0x80040102,
  TOO_BIG: 0x80040305,
  NETWORK: 0x80040115,
  EXTENDED: 0x80040119,
  COLLISION: 0x80040604,
  NO_MEMORY: 0x8007000e,
  INVALID_ARGUMENT: 0x80070057,
  ACCESS_DENIED: 0x80070005,
  FAILED: 0x80004005,
  ABORTED: 0x80004004,
  UNAVAILABLE: 0x800401e3,
  START_FAILED: 0x80080005,
  CALL_REJECTED: 0x80010001,
  RETRY_LATER: 0x8001010a,
  SERVER_GONE: 0x800706ba,
  DISCONNECTED: 0x80010108,
  UNKNOWN_NAME: 0x80020006,
  MEMBER_NOT_FOUND: 0x80020003,
  TYPE_MISMATCH: 0x80020005,
  EXCEPTION: 0x80020009,
  BAD_INDEX: 0x8002000b,
} as const satisfies Record<string, number>;
export type FaultName = keyof typeof FAULTS;

/** An error that Outlook reports; `about` is the name it concerns (a member, a property), `as` picks a special text. */
export class OutlookFault extends Error {
  readonly fault: FaultName;
  readonly about: string;
  readonly as: FaultText;

  constructor(fault: FaultName, about = '', as: FaultText = fault) {
    // An answer of Outlook and no bug of ours: nobody reads where it was made, and gathering that is most of what it costs.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${fault}${about === '' ? '' : `: ${about}`}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'OutlookFault';
    this.fault = fault;
    this.about = about;
    this.as = as;
  }
}

/** Texts beyond those of the error codes. */
export type FaultText =
  | FaultName
  | 'PROPERTY_UNKNOWN'
  | 'INDEX'
  | 'CANNOT_SAVE'
  | 'OCCURRENCE_GONE'
  | 'NO_TIME'
  | 'NO_NAME'
  | 'READ_ONLY';

/** Throws an {@link OutlookFault}; usable as an expression. */
export function fail(fault: FaultName, about = '', as: FaultText = fault): never {
  throw new OutlookFault(fault, about, as);
}

/**
 * The number a client sees. With `random` the upper 12 bits of Outlook's own errors vary (never those of COM itself: RPC and
 * dispatch errors are made by Windows).
 */
export function hresultOf(fault: FaultName, random?: () => number): number {
  const code = FAULTS[fault];
  const byOutlook = code >>> 16 === 0x8004 || code >>> 16 === 0x8000 || code >>> 16 === 0x8007;
  if (random === undefined || !byOutlook || fault === 'SERVER_GONE') return code;
  return ((0x800 + Math.floor(random() * 0x800)) * 0x100000 + (code & 0xfffff)) >>> 0;
}
