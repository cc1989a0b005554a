/** The BlueMind account: signing in to look, to connect and to change the password. Nothing is stored unless the server agreed. */
import type { Clock } from '../base/clock.ts';
import { Failure } from '../base/failure.ts';
import { type BlueMindUser, type Credentials, openSession, type Session } from '../bluemind/session.ts';
import { parseServer, type TransportOptions } from '../bluemind/transport.ts';
import type { AccountRecord } from '../storage/records.ts';
import type { CredentialStore } from './credentials.ts';

/** Where an account is, and how one gets there. */
export type AccountAddress = {
  readonly server: string;
  readonly login: string;
  /** `http://proxy:3128`; '' for none. */
  readonly proxy?: string | undefined;
  /** Further certificates to trust, PEM; '' for none. */
  readonly certificates?: string | undefined;
};
export type NewAccount = AccountAddress & Credentials;

/** The name in the memory's settings under which it is told that the login was refused; see host/runner.ts. */
export const PAUSE = 'agent.pause';

/** What signing in told. */
export type SignedIn = {
  readonly server: string;
  readonly user: BlueMindUser;
  /** '' where the server does not tell it. */
  readonly serverVersion: string;
};

export type LineTools = {
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly version: string;
  readonly trace?: TransportOptions['trace'];
  readonly findProxy?: TransportOptions['findProxy'];
};

/**
 * Signs in and out again. A person waits for it, so it tells at once what the agent's own runs would try again.
 * @throws SERVER_…, LOGIN_…, PROXY_…, CERTIFICATES_INVALID, CLIENT_REFUSED
 */
export async function signIn(tools: LineTools, account: NewAccount): Promise<SignedIn> {
  const server = parseServer(account.server).origin;
  const line = openSession({
    ...lineOptions(tools, { ...account, server }),
    credentials: async () => account,
    timeout: 20_000,
    backoff: { attempts: 1, first: 0, longest: 0, patience: 0 },
  });
  try {
    const user = await line.user();
    return { server, user, serverVersion: await versionOf(line) };
  } finally {
    await line.close();
  }
}

async function versionOf(line: Session): Promise<string> {
  const infos = (await line.call({ method: 'GET', path: '/system/installation/_infos' })) as {
    readonly softwareVersion?: unknown;
  } | null;
  return typeof infos?.softwareVersion === 'string' ? infos.softwareVersion : '';
}

/** What is remembered of an account that signed in; the password lies elsewhere. */
export function accountRecord({ server, user, serverVersion }: SignedIn, address: AccountAddress): AccountRecord {
  return {
    id: `${user.loginAtDomain} on ${server}`,
    server,
    login: user.loginAtDomain,
    value: {
      userUid: user.uid,
      domainUid: user.domainUid,
      displayName: user.displayName,
      mailboxCopyGuid: user.mailboxCopyGuid ?? null,
      serverVersion,
      proxy: address.proxy ?? '',
      certificates: address.certificates ?? '',
    },
  };
}

/** How a connected account is reached. */
export function addressOf({ server, login, value }: AccountRecord): {
  readonly [K in keyof AccountAddress]-?: string;
} {
  const text = (name: string): string => {
    const kept = value[name];
    return typeof kept === 'string' ? kept : '';
  };
  return { server, login, proxy: text('proxy'), certificates: text('certificates') };
}

/** The line that runs use; the password is read when a session must be opened. */
export function accountLine(tools: LineTools, account: AccountRecord): Session {
  const credentials = async (): Promise<Credentials> => ({
    login: account.login,
    password: passwordOf(tools.credentials, account.id),
  });
  return openSession({ ...lineOptions(tools, addressOf(account)), credentials });
}

/** @throws CREDENTIALS_UNREADABLE */
export function passwordOf(credentials: CredentialStore, account: string): string {
  const password = credentials.get(account);
  if (password !== undefined) return password;
  throw new Failure('CREDENTIALS_UNREADABLE', 'The stored password cannot be read. Enter it again to store it anew.');
}

function lineOptions({ version, clock, random, trace, findProxy }: LineTools, address: AccountAddress) {
  const { server, proxy, certificates: ca } = address;
  return { server, proxy, ca, version, clock, random, trace, findProxy };
}
