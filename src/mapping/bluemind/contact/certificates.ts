import type { Contact } from '../../../domain/contact.ts';
import type { VCard, VCardKey } from '../../../wire/addressbook.ts';
import { bind } from '../../contact/bind.ts';
import { certificateText, normalCertificates } from '../../contact/certificate.ts';
import { type Field, patching } from '../../field.ts';

/**
 * The certificates, PEM on the server; of an entry with a chain, its first one. Entries that are something else are left alone.
 * @loss what cannot be a certificate: the server would refuse the whole card
 */
export const certificates: Field<VCard, Pick<Contact, 'certificates'>> = patching<VCard, Pick<Contact, 'certificates'>>(
  {
    read: (card) => ({
      certificates: normalCertificates(entriesOf(card).flatMap((entry) => certificateOf(entry) ?? [])),
    }),
    write: (card, value) => {
      const values = normalCertificates(value.certificates);
      const entries = entriesOf(card);
      const bound = bind(values, entries, [{ value: (certificate) => certificate, entry: certificateOf }]);
      const written = values.map((certificate, at) => bound[at] ?? { parameters: [], value: pemOf(certificate) });
      const rest = entries.filter((entry) => certificateOf(entry) === undefined);
      return { ...card, security: { ...card.security, keys: [...written, ...rest] } };
    },
    survives: (value) => ({ certificates: normalCertificates(value.certificates) }),
  },
);

function entriesOf(card: VCard): readonly VCardKey[] {
  return card.security?.keys ?? [];
}

function certificateOf(entry: VCardKey): string | undefined {
  const block = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/.exec(entry.value ?? '');
  return block === null ? undefined : certificateText(block[1] ?? '');
}

/** @source RFC 7468 5.1 */
function pemOf(base64: string): string {
  return ['-----BEGIN CERTIFICATE-----', ...(base64.match(/.{1,64}/g) ?? []), '-----END CERTIFICATE-----'].join('\n');
}
