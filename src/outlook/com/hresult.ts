/** Results of COM itself. @source winerror.h */
export const HR = {
  ok: 0,
  notImplemented: 0x80004001,
  noInterface: 0x80004002,
  failed: 0x80004005,
  unexpected: 0x8000ffff,
  classNotRegistered: 0x80040154,
  noAggregation: 0x80040110,
  /** CONNECT_E_NOCONNECTION: this object has no such events, or no such sink. */
  noConnection: 0x80040200,
  memberNotFound: 0x80020003,
  unknownName: 0x80020006,
  exception: 0x80020009,
  /** RPC_E_CALL_REJECTED */
  rejected: 0x80010001,
  /** RPC_E_SERVERCALL_RETRYLATER */
  retryLater: 0x8001010a,
  /** MK_E_UNAVAILABLE: nothing is registered under this class. */
  notRunning: 0x800401e3,
} as const;

/** Whether a result says that a call failed. @param hresult signed, as functions return it, or unsigned */
export function isFailed(hresult: number): boolean {
  return (hresult | 0) < 0;
}

/** A call that COM or the object called refused. */
export class ComError extends Error {
  /** Unsigned. */
  readonly hresult: number;
  /** What the object called said of it, in its language; empty when it said nothing. */
  readonly words: string;

  constructor(hresult: number, message: string, words = '') {
    super(message);
    this.name = 'ComError';
    this.hresult = hresult >>> 0;
    this.words = words;
  }
}

/** @throws ComError when `hresult` says that the call failed */
export function check(hresult: number, doing: string): void {
  if (isFailed(hresult)) throw new ComError(hresult, `${doing}: 0x${(hresult >>> 0).toString(16).toUpperCase()}`);
}
