import { fromHex, toHex } from '../../../base/utf8.ts';
import type { Contact } from '../../../domain/contact.ts';
import { certificateBlob, certificateIn } from '../../../outlook/model/certificate-blob.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { bind } from '../../contact/bind.ts';
import { certificateText, normalCertificates } from '../../contact/certificate.ts';
import { type Field, patching } from '../../field.ts';
import { decodeBase64, encodeBase64 } from '../../vcard/encoding.ts';

/**
 * The certificates. A structure that stays is not touched, and one that holds none is left alone.
 * @loss certificates of more than 65,531 bytes
 */
export const certificates: Field<OutlookContact, Pick<Contact, 'certificates'>> = patching<
  OutlookContact,
  Pick<Contact, 'certificates'>
>({
  read: (contact) => ({
    certificates: normalCertificates(contact.certificates.flatMap((hex) => certificateOf(hex) ?? [])),
  }),
  write: (contact, value) => {
    const values = kept(value.certificates);
    const entries = contact.certificates;
    const bound = bind(values, entries, [{ value: (certificate) => certificate, entry: certificateOf }]);
    const written = values.flatMap((certificate, at) => bound[at] ?? blobOf(certificate) ?? []);
    const rest = entries.filter((hex) => certificateOf(hex) === undefined);
    return { ...contact, certificates: [...written, ...rest] };
  },
  survives: (value) => ({ certificates: kept(value.certificates) }),
});

function kept(list: readonly string[]): readonly string[] {
  return normalCertificates(list).filter((certificate) => blobOf(certificate) !== undefined);
}

function blobOf(certificate: string): string | undefined {
  const blob = certificateBlob(decodeBase64(certificate));
  return blob === undefined ? undefined : toHex(blob);
}

function certificateOf(hex: string): string | undefined {
  const der = certificateIn(fromHex(hex));
  return der === undefined ? undefined : certificateText(encodeBase64(der));
}
