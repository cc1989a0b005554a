/**
 * A reminder of an event.
 * `minutes` @units whole minutes before the start, 0 or more; negative = after the start
 */
export type Reminder = { readonly minutes: number; readonly action: 'display' | 'email' | 'audio' };
