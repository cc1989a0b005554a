/** Run by Windows' Node: puts a certificate (a DER file) among the authorities that this user's Windows trusts. */
import { readFileSync } from 'node:fs';
import koffi from 'koffi';

const der = readFileSync(process.argv[2] ?? '');
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
