import { X509Certificate } from 'node:crypto';
import type { VCard } from '../../wire/addressbook.ts';
import { fault } from '../kernel/fault.ts';

/** @units characters */
const LONGEST_GENDER = 40;
/** @units characters, RFC 5321 4.5.3.1.3 */
const LONGEST_EMAIL = 254;

/**
 * What a card must be after it was cleaned: rules [AB3] to [AB6], [AB8] of docs/server-contacts.md.
 * @throws INVALID_PARAMETER, INVALID_EMAIL, INVALID_PEM_CERTIFICATE, SQL_ERROR
 */
export function validateCard(card: VCard): void {
  if (card.kind === null || card.kind === undefined) throw fault('INVALID_PARAMETER', 'A card needs a kind.');
  if ((card.identification?.formatedName?.value ?? '').trim() === '')
    throw fault('INVALID_PARAMETER', 'A card needs a name to show.');
  for (const email of card.communications?.emails ?? [])
    if (!isEmail(email.value ?? '')) throw fault('INVALID_EMAIL', 'An e-mail address of the card is not valid.');
  for (const key of card.security?.keys ?? [])
    if (!isCertificate(key.value ?? ''))
      throw fault('INVALID_PEM_CERTIFICATE', 'A certificate of the card is no PEM text.');
  if ((card.identification?.gender?.value ?? '').length > LONGEST_GENDER)
    throw fault('SQL_ERROR', 'The gender of the card is too long.');
}

/** A lower-case address: what stands before and behind the `@`, the latter with at least two labels. */
export function isEmail(address: string): boolean {
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > LONGEST_EMAIL) return false;
  const local = address.slice(0, at).split('.');
  const labels = address.slice(at + 1).split('.');
  return (
    local.every((part) => /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/.test(part)) &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))
  );
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return pem.includes('-----BEGIN CERTIFICATE-----');
  } catch {
    return false;
  }
}
