import { type KeyObject, sign } from 'node:crypto';
import { keyId, publicKeyOf } from './keys.ts';
import { canonicalBytes, type Manifest } from './manifest.ts';

/** The text of a signed manifest, by every key that is given: during a rotation the old one and the new one. */
export function signManifest(manifest: Manifest, keys: readonly KeyObject[]): string {
  const signatures = keys.map((key) => ({
    key: keyId(publicKeyOf(key)),
    signature: sign(null, canonicalBytes(manifest), key).toString('base64'),
  }));
  return `${JSON.stringify({ manifest, signatures }, null, 2)}\n`;
}
