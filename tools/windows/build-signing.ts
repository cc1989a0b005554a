/**
 * Signing by osslsigncode, when there is a certificate. Each file is verified after it was signed, so that a build never hands out one
 * that Windows would refuse. docs/windows-build.md tells of the variables.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';

export type Certificate = {
  /** Certificate with its chain, PEM. */
  readonly certificates: string;
  /** Private key, PEM; or a PKCS #11 URI of a token, with `module`. */
  readonly key: string;
  readonly module: string | undefined;
  /** File with the key's password. */
  readonly password: string | undefined;
  /** Address of a time-stamping authority (RFC 3161): a signature without its stamp ends with the certificate. */
  readonly stamp: string | undefined;
  /** What the signature is verified against, PEM: the certificate's own authority where that is not one of the public ones. */
  readonly authority: string | undefined;
};

const WHO = 'BlueMind Connector for Outlook';

/** By the variables SIGN_CERTIFICATES, SIGN_KEY, SIGN_MODULE, SIGN_PASSWORD_FILE, SIGN_STAMP_URL and SIGN_AUTHORITY; undefined: unsigned. */
export function certificateOf(env: Readonly<Record<string, string | undefined>>): Certificate | undefined {
  const [certificates, key] = [env['SIGN_CERTIFICATES'], env['SIGN_KEY']];
  if (certificates === undefined && key === undefined) return undefined;
  if (certificates === undefined || key === undefined)
    throw new Error('Signing needs both SIGN_CERTIFICATES and SIGN_KEY.');
  return {
    ...{ certificates, key, module: env['SIGN_MODULE'], password: env['SIGN_PASSWORD_FILE'] },
    ...{ stamp: env['SIGN_STAMP_URL'], authority: env['SIGN_AUTHORITY'] },
  };
}

/** Signs a program or library in its place. @throws Error when it cannot be signed, or the signature does not hold */
export function sign(file: string, certificate: Certificate): void {
  const signed = `${file}.signed`;
  rmSync(signed, { force: true });
  run([...signingWords(certificate), '-in', file, '-out', signed]);
  renameSync(signed, file);
  verifySignature(file, certificate);
}

/** @throws Error when the file is not signed by it, or was changed since */
export function verifySignature(file: string, { authority, certificates }: Certificate): void {
  run(['verify', '-CAfile', authority ?? certificates, '-in', file]);
}

/** What makensis runs for the uninstaller, which exists only inside it; the file's name follows. */
export function signingCommand(certificate: Certificate, script: string): string {
  if (!existsSync(certificate.key) && certificate.module === undefined)
    throw new Error('The key of SIGN_KEY is not there.');
  return `"${process.execPath}" "${script}"`;
}

function signingWords({ certificates, key, module, password, stamp }: Certificate): string[] {
  return [
    ...['sign', '-certs', certificates, '-key', key, '-h', 'sha256', '-n', WHO],
    ...(module === undefined ? [] : ['-pkcs11module', module]),
    ...(password === undefined ? [] : ['-readpass', password]),
    ...(stamp === undefined ? [] : ['-ts', stamp]),
  ];
}

function run(words: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync('osslsigncode', [...words], { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`osslsigncode ${words[0]} failed: ${error?.message ?? `${stdout}${stderr}`.trim()}`);
}

// For the uninstaller: makensis names the file.
if (import.meta.main) {
  const [file] = process.argv.slice(2);
  const certificate = certificateOf(process.env);
  if (file !== undefined && certificate !== undefined) sign(file, certificate);
}
