import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Trusts what this computer trusts, beside what Node brings: an organisation's own authority, and a proxy's that looks into
 * connections, are known to Windows and not to Node.
 */
export function trustSystemCertificates(): void {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}
