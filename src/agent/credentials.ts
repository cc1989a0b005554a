import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../base/failure.ts';
import { makeFolder } from '../node/make-folder.ts';
import { writePrivately } from '../node/private-file.ts';

/** Where passwords are kept; never in clear on disk, never in a log. `account` is `login@domain on server`. */
export type CredentialStore = {
  get(account: string): string | undefined;
  set(account: string, password: string): void;
  remove(account: string): void;
};

/** Holds one secret outside the data folder: the operating system's keyring. */
type KeyHolder = { get(): Uint8Array | undefined; set(key: Uint8Array): void };

const SERVICE = 'BlueMind Connector for Outlook';
const KEY_BYTES = 32;

/**
 * Passwords in one file, each encrypted with AES-256-GCM. The key lies in the system's keyring (Credential Manager, Keychain, on Linux
 * what answers as Secret Service: GNOME Keyring, KWallet); where there is none, in a file of its own that only the user may read. Never in
 * the kernel's keyring, which is forgotten when the machine restarts.
 * @throws CREDENTIALS_UNREADABLE when the key went into a keyring that does not answer now: a new key would lose the passwords
 */
export async function openCredentialStore(folder: string): Promise<CredentialStore> {
  makeFolder(folder);
  const [file, keyFile] = [join(folder, 'credentials.json'), join(folder, 'credentials.key')];
  const keyring = await keyringHolder(folder);
  if (keyring === undefined && existsSync(file) && !existsSync(keyFile))
    throw new Failure(
      'CREDENTIALS_UNREADABLE',
      'The system’s keyring, which holds the key to the stored password, does not answer. Unlock it, or sign in to the desktop, and try again.',
    );
  return fileStore(file, keyOf(keyring ?? fileHolder(keyFile)));
}

function keyOf(holder: KeyHolder): Uint8Array {
  const known = holder.get();
  if (known?.length === KEY_BYTES) return known;
  const key = randomBytes(KEY_BYTES);
  holder.set(key);
  return key;
}

/** undefined where the machine has no keyring that answers; a data folder that began with a key file keeps to it. */
async function keyringHolder(folder: string): Promise<KeyHolder | undefined> {
  if (process.env['CONNECTOR_KEYRING'] === 'off' || existsSync(join(folder, 'credentials.key'))) return undefined;
  try {
    const entry = await keyringEntry(folder);
    const read = () => {
      const secret = entry.getSecret();
      return secret === null || secret === undefined ? undefined : Uint8Array.from(secret);
    };
    if (read() === undefined) entry.setSecret(randomBytes(KEY_BYTES));
    return read() === undefined ? undefined : { get: read, set: (key) => entry.setSecret(key) };
  } catch {
    return undefined;
  }
}

async function keyringEntry(folder: string) {
  const { Entry } = await import('@napi-rs/keyring');
  return new Entry(SERVICE, folder, { linux: { store: 'secret-service' } });
}

/** Takes the key out of the system's keyring, where there is one: the passwords in the folder are lost with it. */
export async function forgetKey(folder: string): Promise<void> {
  try {
    (await keyringEntry(folder)).deleteCredential();
  } catch {
    // None was kept, or there is no keyring.
  }
}

function fileHolder(file: string): KeyHolder {
  return {
    get: () => (existsSync(file) ? readFileSync(file) : undefined),
    set: (key) => writePrivately(file, key),
  };
}

type Sealed = { readonly iv: string; readonly tag: string; readonly text: string };

function fileStore(file: string, key: Uint8Array): CredentialStore {
  const load = (): Record<string, Sealed> => {
    if (!existsSync(file)) return {};
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Sealed>;
    } catch (error) {
      throw unreadable(error);
    }
  };
  const save = (sealed: Record<string, Sealed>) => writePrivately(file, JSON.stringify(sealed));
  return {
    get: (account) => {
      const sealed = load()[account];
      return sealed === undefined ? undefined : open(sealed, key, account);
    },
    set: (account, password) => save({ ...load(), [account]: seal(password, key, account) }),
    remove: (account) => {
      const { [account]: _, ...others } = load();
      save(others);
    },
  };
}

function seal(password: string, key: Uint8Array, account: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(account));
  const text = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), text: text.toString('base64') };
}

function open(sealed: Sealed, key: Uint8Array, account: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64')).setAAD(
      Buffer.from(account),
    );
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()]).toString('utf8');
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause: unknown): Failure {
  return new Failure(
    'CREDENTIALS_UNREADABLE',
    'The stored password cannot be read. Connect the account again to store it anew.',
    { cause },
  );
}
