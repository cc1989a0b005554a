import type { Email } from '../../domain/contact.ts';
import { oneLine } from './lines.ts';

/** A mail address in the form of the domain: lower-case, without blanks around it. */
export function mailAddress(text: string | null | undefined): string {
  return oneLine(text).toLowerCase();
}

/** Addresses in the form of the domain, each once, the first of those marked primary, or else the first of all, as the primary one. */
export function normalEmails(emails: readonly Email[]): readonly Email[] {
  const kept = new Map<string, Email>();
  for (const email of emails) {
    const address = mailAddress(email.address);
    const known = kept.get(address);
    if (address === '') continue;
    if (known === undefined) kept.set(address, { ...email, address });
    else if (email.primary) kept.set(address, { ...known, primary: true });
  }
  const list = [...kept.values()];
  const primary = list.find((email) => email.primary) ?? list[0];
  return list.map((email) => ({ ...email, primary: email === primary }));
}
