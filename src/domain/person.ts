/**
 * Somebody by name and mail address; the address is lower-case, '' when unknown. Where nothing else tells who it is the server's
 * directory entry stands for the address, see {@link isDirectoryEntry}.
 */
export type Person = { readonly name: string; readonly address: string };

export type AttendeeRole = 'required' | 'optional' | 'chair' | 'none';
export type AttendeeKind = 'individual' | 'group' | 'resource' | 'room' | 'unknown';
export type Response = 'needsAction' | 'accepted' | 'declined' | 'tentative' | 'delegated' | 'completed';

/** One invited person or thing; the same address appears once in a list. */
export type Attendee = Person & {
  readonly role: AttendeeRole;
  readonly kind: AttendeeKind;
  readonly response: Response;
};

/** Whether an address is a directory entry (`bm://acme.test/users/…`) that stands for the mail address somebody lacks. */
export function isDirectoryEntry(address: string): boolean {
  return address.includes('://');
}
