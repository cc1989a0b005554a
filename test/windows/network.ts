/**
 * Run by Windows' Node: asks a server as the agent does, by the proxy of Windows' settings and with the trust of Windows' store.
 * `node network.ts SERVER [CERTIFICATE]`: puts a certificate (DER) among those that Windows trusts first. Prints the answer, or its code.
 */
import { readFileSync } from 'node:fs';
import koffi from 'koffi';
import { isFailure } from '../../src/base/failure.ts';
import { openTransport } from '../../src/bluemind/transport.ts';
import { systemProxies } from '../../src/desktop/find-proxy.ts';
import { trustSystemCertificates } from '../../src/node/system-trust.ts';

const [server = '', certificate] = process.argv.slice(2);
if (certificate !== undefined) trust(readFileSync(certificate));
trustSystemCertificates();
const findProxy = systemProxies();
const { from } = await findProxy(server);
const transport = openTransport({ server, findProxy, timeout: 20_000 });
try {
  const answer = await transport.send({ method: 'GET', path: '/x' }, undefined);
  console.log(JSON.stringify({ answer, from }));
} catch (error) {
  console.log(JSON.stringify({ code: isFailure(error) ? error.code : String(error), from }));
}
await transport.close();

/** Among the user's trusted root authorities. */
function trust(der: Buffer): void {
  const crypt = koffi.load('crypt32.dll');
  const CertOpenSystemStoreW = crypt.func('uintptr __stdcall CertOpenSystemStoreW(uintptr provider, str16 name)');
  const CertAddEncodedCertificateToStore = crypt.func(
    'int32 __stdcall CertAddEncodedCertificateToStore(uintptr store, uint32 encoding, void *bytes, uint32 size, uint32 how, void *context)',
  );
  const CertCloseStore = crypt.func('int32 __stdcall CertCloseStore(uintptr store, uint32 flags)');
  const [X509_ASN, REPLACE] = [1, 3];
  const store = CertOpenSystemStoreW(0, 'ROOT');
  if (CertAddEncodedCertificateToStore(store, X509_ASN, der, der.length, REPLACE, null) === 0)
    throw new Error('the certificate was not taken');
  CertCloseStore(store, 0);
}
