/** Somebody by name and mail address; the address is lower-case, '' when unknown. */
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
