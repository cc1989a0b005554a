/** Keys, manifests and installers for tests. */
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { publicKeyOf } from '../keys.ts';
import { type Manifest, PRODUCT } from '../manifest.ts';
import { signManifest } from '../sign.ts';
import type { ChannelServer } from './channel-server.ts';

export const DAY = 24 * 60 * 60_000;

export type Signer = { readonly secret: KeyObject; readonly key: string };

export function newSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { secret: privateKey, key: publicKeyOf(privateKey) };
}

/** What the installer of the folder world is: a version, and how its program behaves. */
export type Behaviour = 'well' | 'dies' | 'hangs' | 'not-installable';
export function installerOf(version: string, behaviour: Behaviour = 'well', size = 40_000): Buffer {
  const head = Buffer.from(`${JSON.stringify({ version, behaviour })}\n`);
  return Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length), version)]);
}

export function manifestOf(file: Buffer, change: Partial<Manifest> = {}): Manifest {
  const now = Date.now();
  return {
    format: 1,
    product: PRODUCT,
    channel: 'stable',
    sequence: 10,
    version: '2.0.0',
    minimum: '1.0.0',
    released: new Date(now - DAY).toISOString(),
    expires: new Date(now + 30 * DAY).toISOString(),
    rollout: 100,
    files: [
      {
        platform: 'test',
        arch: 'x64',
        name: 'setup.exe',
        size: file.length,
        sha256: createHash('sha256').update(file).digest('hex'),
      },
    ],
    news: { en: ['Faster.'], fr: ['Plus rapide.'] },
    ...change,
  };
}

/** Puts a version on a channel. */
export function publish(
  channel: ChannelServer,
  signers: readonly Signer[],
  { file = installerOf('2.0.0'), ...change }: Partial<Manifest> & { readonly file?: Buffer } = {},
): void {
  const manifest = manifestOf(file, change);
  channel.put('setup.exe', file);
  channel.put(
    `updates-${manifest.channel}.json`,
    signManifest(
      manifest,
      signers.map(({ secret }) => secret),
    ),
  );
}
