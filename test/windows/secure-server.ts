import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SecureServer = {
  readonly url: string;
  /** Its own authority, a DER file. */
  readonly certificate: string;
  close(): Promise<void>;
};

/** A server on this computer whose certificate nobody knows. Answers everything with `"here"`. */
export async function secureServer(): Promise<SecureServer> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-'));
  const [key, pem, certificate] = [join(folder, 'key.pem'), join(folder, 'own.pem'), join(folder, 'own.der')];
  const name = ['-subj', '/CN=Authority of a test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...name, '-keyout', key, '-out', pem];
  execFileSync('openssl', words, { stdio: 'ignore' });
  execFileSync('openssl', ['x509', '-in', pem, '-outform', 'DER', '-out', certificate]);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(pem) }, (_request, answer) =>
    answer.setHeader('content-type', 'application/json').end('"here"'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}
