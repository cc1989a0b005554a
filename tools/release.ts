/**
 * `npm run release -- key FILE`: makes a key to sign releases with, and lets this project's builds trust it.
 * `npm run release -- [sign] [--channel …]`: signs what lies in dist/windows for an update channel (docs/updates.md).
 * The private key comes from a file (`--key FILE`, or the variable RELEASE_KEY) or the variable RELEASE_KEY_PEM, and is never in the project.
 */
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isFailure } from '../src/base/failure.ts';
import { writePrivately } from '../src/node/private-file.ts';
import { updateFailure } from '../src/update/failures.ts';
import { keyId, type PublicKey, publicKeyOf } from '../src/update/keys.ts';
import { CHANNELS, type Channel, type Manifest, manifestName, PRODUCT, readManifest } from '../src/update/manifest.ts';
import { newsIn } from '../src/update/news.ts';
import { signManifest } from '../src/update/sign.ts';

const ROOT = join(import.meta.dirname, '..');
const DAY = 24 * 60 * 60_000;

export type Release = {
  readonly folder: string;
  readonly channel: Channel;
  readonly version: string;
  readonly minimum: string;
  readonly rollout: number;
  /** How long the manifest counts. */
  readonly days: number;
  readonly signers: readonly KeyObject[];
  /** Whose signatures count from then on; none: nothing changes. */
  readonly nextKeys: readonly PublicKey[];
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly now: number;
};

/** Writes the signed manifest beside the installers. @returns its file @throws UPDATE_UNSIGNED, UPDATE_NOTHING */
export function release(wanted: Release): string {
  const { folder, channel, signers, now } = wanted;
  if (signers.length === 0) throw unsigned('There is no key to sign with. Name its file with --key or RELEASE_KEY.');
  const file = join(folder, manifestName(channel));
  const manifest: Manifest = {
    format: 1,
    product: PRODUCT,
    channel,
    sequence: nextSequence(file, now),
    version: wanted.version,
    minimum: wanted.minimum,
    released: new Date(now).toISOString(),
    expires: new Date(now + wanted.days * DAY).toISOString(),
    rollout: wanted.rollout,
    files: installersIn(folder, wanted.version),
    news: { en: newsOf('en', wanted.version), fr: newsOf('fr', wanted.version) },
    ...(wanted.nextKeys.length === 0 ? {} : { keys: [...wanted.nextKeys] }),
  };
  const text = signManifest(manifest, signers);
  // What is handed out was read as the agents read it.
  readManifest(text, signers.map(publicKeyOf));
  writeFileSync(file, text);
  return file;
}

/** Seconds, so that it grows whoever releases from whichever checkout; never less than one more than what lies there. */
function nextSequence(file: string, now: number): number {
  const seconds = Math.floor(now / 1000);
  if (!existsSync(file)) return seconds;
  const before = (JSON.parse(readFileSync(file, 'utf8')) as { manifest: { sequence: number } }).manifest.sequence;
  return Math.max(seconds, before + 1);
}

function installersIn(folder: string, version: string): Manifest['files'] {
  const files = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.exe') && name.includes(version))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      const [arch = 'x64'] = /arm64|x64|ia32/.exec(name) ?? [];
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { platform: 'win32', arch, name, size: bytes.length, sha256 };
    });
  if (files.length > 0) return files;
  throw updateFailure(
    'UPDATE_NOTHING',
    `There is no installer of version ${version} in ${folder}. Build it first, with \`npm run build:windows\`.`,
  );
}

function newsOf(language: 'en' | 'fr', version: string): string[] {
  const lines = newsIn(language).find((one) => one.version === version)?.lines ?? [];
  if (lines.length > 0) return [...lines];
  throw updateFailure(
    'UPDATE_NOTHING',
    `src/update/news/${language}.json says nothing of version ${version}. Write it first.`,
  );
}

function unsigned(message: string, cause?: unknown) {
  return updateFailure('UPDATE_UNSIGNED', message, cause);
}

/** A private key from PEM text. @throws UPDATE_UNSIGNED */
export function signerFrom(pem: string, where: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, without what was read.
  }
  throw unsigned(`${where} holds no private Ed25519 key in PEM form. Make one with \`npm run release -- key FILE\`.`);
}

function signers(files: readonly string[]): KeyObject[] {
  const { RELEASE_KEY, RELEASE_KEY_PEM } = process.env;
  const named = files.length > 0 ? files : (RELEASE_KEY ?? '').split(',').filter((file) => file !== '');
  const read = named.map((file) => {
    if (!existsSync(file)) throw unsigned(`There is no key file ${file}. Check --key or RELEASE_KEY.`);
    mustBeOutside(file);
    return signerFrom(readFileSync(file, 'utf8'), file);
  });
  return named.length === 0 && RELEASE_KEY_PEM !== undefined ? [signerFrom(RELEASE_KEY_PEM, 'RELEASE_KEY_PEM')] : read;
}

function mustBeOutside(file: string): void {
  if (!relative(ROOT, resolve(file)).startsWith('..'))
    throw unsigned(`${file} lies in the project, where a private key must never be. Keep it elsewhere.`);
}

/** Makes a key, and writes the public one among those that builds trust. */
export function newKey(file: string, trusted: string): PublicKey {
  mustBeOutside(file);
  if (existsSync(file)) throw unsigned(`${file} is there already, and was left as it is. Name another file.`);
  const { privateKey } = generateKeyPairSync('ed25519');
  writePrivately(file, String(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  const key = publicKeyOf(privateKey);
  const { keys } = JSON.parse(readFileSync(trusted, 'utf8')) as { keys: PublicKey[] };
  writeFileSync(trusted, `${JSON.stringify({ keys: [...keys, key] }, null, 2)}\n`);
  return key;
}

const TRUSTED = join(ROOT, 'src', 'update', 'trusted-keys.json');
const USAGE = `npm run release -- key FILE
npm run release -- [sign] [--channel stable|preview] [--key FILE]… [--folder DIR] [--rollout PERCENT] [--minimum VERSION] [--days N] [--next-key PUBLIC]…
`;

function main(args: string[]): string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      channel: { type: 'string', default: 'stable' },
      key: { type: 'string', multiple: true, default: [] },
      folder: { type: 'string', default: join(ROOT, 'dist', 'windows') },
      rollout: { type: 'string', default: '100' },
      minimum: { type: 'string', default: '0.1.0' },
      days: { type: 'string', default: '90' },
      'next-key': { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  const [deed = 'sign', file] = positionals;
  if (values.help || (deed !== 'sign' && deed !== 'key')) return USAGE;
  if (deed === 'key') {
    if (file === undefined) return USAGE;
    const key = newKey(resolve(file), TRUSTED);
    return `Wrote the private key to ${file}: keep it safe and apart. Builds from now on trust ${key} (key ${keyId(key)}, in src/update/trusted-keys.json).\n`;
  }
  const channel = CHANNELS.find((one) => one === values.channel);
  if (channel === undefined) return USAGE;
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const made = release({
    ...{ folder: values.folder, channel, version, minimum: values.minimum, now: Date.now() },
    ...{ rollout: Number(values.rollout), days: Number(values.days) },
    ...{ signers: signers(values.key), nextKeys: values['next-key'] },
  });
  return `Wrote ${made}: version ${version} for ${values.rollout} % of the installations on the channel ${channel}.\n`;
}

if (import.meta.main) {
  try {
    process.stdout.write(main(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = isFailure(error) ? 2 : 1;
  }
}
