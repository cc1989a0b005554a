import type { OutlookError, OutlookValue } from './program.ts';

/**
 * Errors of Outlook by what they mean to the connector. Only the low 20 bits of an HRESULT are stable; texts are localised.
 * @source outlook-objects.md section 0; outlook-calendar.md section 10
 */
export const LOW = {
  notFound: 0x4010f,
  deleted: 0x4010a,
  badEntryId: 0x40107,
  changed: 0x40109,
  denied: 0x40102,
  aborted: 0x04004,
  failed: 0x04005,
  collision: 0x40604,
  tooManyOpen: 0x40305,
  noMemory: 0x7000e,
  badArgument: 0x70057,
  accessDenied: 0x70005,
  network: 0x40115,
  busyRejected: 0x10001,
  busyRetryLater: 0x1010a,
  serverGone: 0x706ba,
  serverFailed: 0x706be,
  disconnected: 0x10108,
  serverDied: 0x10007,
  serverDiedUnasked: 0x10012,
  notConnected: 0x401fd,
} as const;

/** What an error asks for. */
export type Meaning =
  /** The item or property is not there. */
  | 'absent'
  /** Somebody else changed the item under us. */
  | 'changed'
  /** The object model guard or a policy refuses. */
  | 'denied'
  /** No right to write. */
  | 'forbidden'
  /** Outlook serves somebody else; the same call works later. */
  | 'busy'
  /** Outlook is closed; every object held is dead. */
  | 'closed'
  /** Too much is open, or the network is away: later. */
  | 'later'
  /** Too long for this way of reading. */
  | 'tooLong'
  /** Anything else: concerns the item. */
  | 'other';

const MEANING: Readonly<Record<number, Meaning>> = {
  [LOW.notFound]: 'absent',
  [LOW.deleted]: 'absent',
  [LOW.badEntryId]: 'absent',
  [LOW.changed]: 'changed',
  [LOW.denied]: 'denied',
  [LOW.aborted]: 'denied',
  [LOW.accessDenied]: 'forbidden',
  [LOW.busyRejected]: 'busy',
  [LOW.busyRetryLater]: 'busy',
  [LOW.serverGone]: 'closed',
  [LOW.serverFailed]: 'closed',
  [LOW.disconnected]: 'closed',
  [LOW.serverDied]: 'closed',
  [LOW.serverDiedUnasked]: 'closed',
  [LOW.notConnected]: 'closed',
  [LOW.tooManyOpen]: 'later',
  [LOW.network]: 'later',
  [LOW.noMemory]: 'tooLong',
};

/** The part of an HRESULT that is the same in every run of Outlook. */
export function lowBits(hresult: number): number {
  return hresult & 0xfffff;
}

/** What `hresult` means to the connector. */
export function meaningOf(hresult: number): Meaning {
  return MEANING[lowBits(hresult)] ?? 'other';
}

/** An HRESULT as people look it up: `0x8004010F`. */
export function hresultText(hresult: number): string {
  return `0x${(hresult >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

/** Whether a value stands for an error. */
export function isError(value: OutlookValue | undefined): value is OutlookError {
  return typeof value === 'object' && value !== null && 'error' in value;
}
