/** Ed25519 keys (RFC 8032) of those who may release. Public ones are 32 bytes in base64; an id is the beginning of their SHA-256. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** A public key: 32 bytes, base64. */
export type PublicKey = string;

export const PUBLIC_KEY_PATTERN = '^[A-Za-z0-9+/]{43}=$';

/** 16 hex digits that name a key in a manifest. */
export function keyId(key: PublicKey): string {
  return createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 16);
}

/** What stands before the 32 bytes in an SPKI structure. @source RFC 8410, 4 */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export function publicKeyObject(key: PublicKey): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(key, 'base64')]), format: 'der', type: 'spki' });
}

export function publicKeyOf(key: KeyObject): PublicKey {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length).toString('base64');
}
