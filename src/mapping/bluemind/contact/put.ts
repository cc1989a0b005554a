import type { VCard, VCardCommunications, VCardExplanatory, VCardIdentification } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';

/** The text to store for `value` where `current` is stored now: as it is when it says the same, null for none. */
export function putText(current: string | null | undefined, value: string): string | null {
  if (oneLine(current) === value) return current ?? null;
  return value === '' ? null : value;
}

/** The card with another identification. */
export function withIdentification(card: VCard, change: (now: VCardIdentification) => VCardIdentification): VCard {
  return { ...card, identification: change(card.identification ?? {}) };
}

/** The card with other communications; lists are never null, the server refuses that. */
export function withCommunications(card: VCard, change: Partial<VCardCommunications>): VCard {
  const now = card.communications;
  const lists = { tels: now?.tels ?? [], emails: now?.emails ?? [], impps: now?.impps ?? [], langs: now?.langs ?? [] };
  return { ...card, communications: { ...now, ...lists, ...change } };
}

/** The card with another explanatory part. */
export function withExplanatory(card: VCard, change: Partial<VCardExplanatory>): VCard {
  const now = card.explanatory;
  const lists = { urls: now?.urls ?? [], categories: now?.categories ?? [] };
  return { ...card, explanatory: { ...now, ...lists, ...change } };
}
