/** What both sides are compared by: facts that a person can see, in one form, made by code that the connector does not use. */

/** Start and end: `YYYY-MM-DD` (end exclusive) or `YYYY-MM-DDTHH:MMZ`. */
export type Occurrence = readonly [start: string, end: string];

export type EventFacts = {
  readonly title: string;
  readonly location: string;
  readonly body: string;
  readonly allDay: boolean;
  /** Those that start inside {@link WINDOW}; of a single event its own, wherever it is. */
  readonly occurrences: readonly Occurrence[];
  readonly busy: string;
  readonly secret: boolean;
  readonly reminder: number | undefined;
  readonly categories: readonly string[];
  /** Outlook's item says that it shows something simpler than what the server holds. */
  readonly simplified: boolean;
};

export type CardFacts = {
  /** The words of the name as shown, or of what stands for a name; sorted, because Outlook may turn them. */
  readonly shown: string;
  readonly given: string;
  readonly family: string;
  readonly company: string;
  readonly title: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly birthday: string;
  readonly note: string;
  readonly categories: readonly string[];
};

/** Long enough for every rule to show itself: the recorded calendars are from 1995 on. */
export const WINDOW = { from: '1994-01-01', to: '2032-01-01', most: 400 } as const;

/** Text without what formatting adds: runs of white space are one blank. */
export function squeezed(text: string): string {
  return text.replace(/[\s\u00a0\u200b]+/g, ' ').trim();
}

/** A telephone number without its punctuation. */
export function digits(text: string): string {
  return text.replace(/[^0-9a-z+]/gi, '').toLowerCase();
}

/** Letters and digits only: what is left of a text whatever was done to its punctuation. */
export function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** The words of a text, sorted and in small letters. */
export function words(text: string): string {
  return text.split(/\s+/).map(letters).filter(Boolean).sort().join(' ');
}
