import type { VCard } from '../../wire/addressbook.ts';
import { textOrNull } from './text-value.ts';

/**
 * The name to show for a card that does not say one: given, additional and family name, else prefix and suffix, else the
 * company, else the main e-mail address.
 * @source fact sheet 10.3
 */
export function buildFormattedName(card: VCard): string | null {
  const name = card.identification?.name;
  return (
    joined([name?.givenNames, name?.additionalNames, name?.familyNames]) ??
    joined([name?.prefixes, name?.suffixes]) ??
    textOrNull(card.organizational?.org?.company) ??
    defaultMail(card)
  );
}

/** The address marked DEFAULT, else the first one. */
export function defaultMail(card: VCard): string | null {
  const emails = card.communications?.emails ?? [];
  const main = emails.find((email) =>
    email.parameters?.some((parameter) => parameter.label === 'DEFAULT' && parameter.value === 'true'),
  );
  return textOrNull((main ?? emails[0])?.value);
}

function joined(parts: readonly (string | null | undefined)[]): string | null {
  return textOrNull(
    parts
      .map((part) => part?.trim() ?? '')
      .filter(Boolean)
      .join(' '),
  );
}
