/**
 * The manifest of a channel: what is to be installed, signed. The signature covers the canonical JSON of `manifest` (members sorted, no
 * blanks, UTF-8) after a line that says what is signed, so that a signature made for something else never counts here.
 * It is checked before anything in it is looked at; docs/updates.md has the format.
 */
import { verify } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { canonicalJson } from '../base/digest.ts';
import { updateFailure } from './failures.ts';
import { keyId, PUBLIC_KEY_PATTERN, type PublicKey, publicKeyObject } from './keys.ts';
import { VERSION_PATTERN } from './version.ts';

export const PRODUCT = 'bluemind-connector-for-outlook';
export const CHANNELS = ['stable', 'preview'] as const;
export type Channel = (typeof CHANNELS)[number];

const time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$' });
const version = Type.String({ pattern: VERSION_PATTERN });
const lines = Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100 });

const releaseFile = Type.Object({
  /** As Node names them: `win32`, `x64`. */
  platform: Type.String({ maxLength: 20 }),
  arch: Type.String({ maxLength: 20 }),
  /** Beside the manifest. */
  name: Type.String({ pattern: '^[\\w][\\w.+-]{0,150}$' }),
  /** @units bytes */
  size: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
  /** SHA-256, hex. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

const manifest = Type.Object({
  format: Type.Literal(1),
  product: Type.Literal(PRODUCT),
  channel: Type.Unsafe<Channel>({ type: 'string', enum: [...CHANNELS] }),
  /** Grows with every manifest of a channel; a lower one is never followed. */
  sequence: Type.Integer({ minimum: 1 }),
  version,
  /** Versions before this one are updated by hand. */
  minimum: version,
  released: time,
  /** After this the manifest counts for nothing: who holds back newer ones is found out. */
  expires: time,
  /** @units percent of the installations that take it by themselves */
  rollout: Type.Number({ minimum: 0, maximum: 100 }),
  files: Type.Array(releaseFile, { minItems: 1, maxItems: 20 }),
  news: Type.Object({ en: lines, fr: lines }),
  /** Whose signatures count from now on, in place of those that counted before. */
  keys: Type.Optional(Type.Array(Type.String({ pattern: PUBLIC_KEY_PATTERN }), { minItems: 1, maxItems: 10 })),
});

const envelope = Type.Object({
  manifest: Type.Object({}),
  signatures: Type.Array(Type.Object({ key: Type.String(), signature: Type.String() }), { maxItems: 20 }),
});

export type Manifest = Readonly<Static<typeof manifest>>;
export type ReleaseFile = Static<typeof releaseFile>;

/** The name of a channel's manifest, in the folder that the channel's address names. */
export function manifestName(channel: Channel): string {
  return `updates-${channel}.json`;
}

/** What is signed. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(`${PRODUCT} update manifest\n${canonicalJson(value)}`);
}

/**
 * The manifest in a text that somebody sent.
 * @throws UPDATE_NO_MANIFEST, UPDATE_KEY_UNKNOWN, UPDATE_SIGNATURE_WRONG
 */
export function readManifest(text: string, trusted: readonly PublicKey[]): Manifest {
  const sent = parsed(text);
  if (!Value.Check(envelope, sent)) throw noManifest();
  const known = new Map(trusted.map((key) => [keyId(key), key]));
  const ours = sent.signatures.flatMap(({ key, signature }) => {
    const trustedKey = known.get(key);
    return trustedKey === undefined ? [] : [{ key: trustedKey, signature }];
  });
  if (ours.length === 0)
    throw updateFailure(
      'UPDATE_KEY_UNKNOWN',
      'The update is signed by nobody whom this version trusts, so it was not taken. Install the newest version by hand.',
    );
  if (!ours.some(({ key, signature }) => isSigned(sent.manifest, key, signature)))
    throw updateFailure(
      'UPDATE_SIGNATURE_WRONG',
      'The signature of the update is wrong, so it was not taken. If this stays so, tell your administrator.',
    );
  if (!Value.Check(manifest, sent.manifest)) throw noManifest();
  return sent.manifest;
}

function isSigned(value: unknown, key: PublicKey, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.length === 64 && verify(null, canonicalBytes(value), publicKeyObject(key), bytes);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noManifest(cause);
  }
}

export function noManifest(cause?: unknown) {
  return updateFailure(
    'UPDATE_NO_MANIFEST',
    'What the update channel answers is no list of updates that this version understands; a proxy or sign-in page may stand between. ' +
      'Check the address of the channel.',
    cause,
  );
}
