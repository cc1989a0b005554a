/** Which proxy leads to an address, by the rules of an environment or of Windows' settings. Pure. */

/** Undefined: these rules say nothing, ask the next ones; '': no proxy. @units `http://proxy:3128` */
export type ProxyAnswer = string | undefined;

/** This computer itself is never reached by a proxy. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

/**
 * HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in small letters or capitals.
 * @source no standard; as curl has them: a name stands for itself and all below it, `*` for everything
 */
export function environmentProxy(url: URL, env: Readonly<Record<string, string | undefined>>): ProxyAnswer {
  const value = (name: string) => env[name.toLowerCase()] || env[name] || undefined;
  const named = value(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (named === undefined) return undefined;
  const without = (value('NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return without.some((entry) => isNamed(url, entry)) ? '' : addressOf(named);
}

function isNamed({ hostname, port, protocol }: URL, entry: string): boolean {
  if (entry === '*') return true;
  const [, name = '', wanted] = /^(?:\*?\.)?(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  const host = hostname.toLowerCase();
  const fits = host === name || host.endsWith(`.${name}`);
  return name !== '' && fits && (wanted === undefined || wanted === portOf(port, protocol));
}

/** What Windows' settings say (*Internet options ▸ LAN settings*). */
export type ProxySettings = {
  /** `proxy:8080` for everything, or `http=a:80;https=b:443`; '' for none. */
  readonly servers: string;
  /** Hosts that are reached without it, separated by `;`. */
  readonly exceptions: string;
};

/** @source "WinHTTP_PROXY_INFO", "Internet Explorer: proxy settings" in Microsoft's documents */
export function windowsProxyFor(url: URL, { servers, exceptions }: ProxySettings): string {
  const proxy = serverFor(url, servers);
  if (proxy === '') return '';
  return exceptions.split(/[\s;]+/).some((entry) => isExcepted(url, entry)) ? '' : proxy;
}

/** The one for the address's protocol, or the one for all; SOCKS is not spoken here. */
export function serverFor({ protocol }: URL, servers: string): string {
  const entries = servers
    .split(/[\s;]+/)
    .filter((entry) => entry !== '')
    .map((entry) => entry.split('=', 2) as [string, string?]);
  const own = entries.find(([kind, server]) => server !== undefined && `${kind.toLowerCase()}:` === protocol)?.[1];
  const any = entries.find(([, server]) => server === undefined)?.[0];
  return addressOf(own ?? any ?? '');
}

/** Names with `*` in them, with or without protocol and port; `<local>`: names without a dot. */
function isExcepted({ hostname, port, protocol }: URL, entry: string): boolean {
  if (entry === '') return false;
  if (entry.toLowerCase() === '<local>') return !hostname.includes('.') && !hostname.includes(':');
  const [, scheme, pattern = '', wanted] = /^(?:([a-z]+):\/\/)?(\[.*\]|[^:/]*)(?::(\d+))?\/?$/i.exec(entry) ?? [];
  if (pattern === '' || (scheme !== undefined && `${scheme.toLowerCase()}:` !== protocol)) return false;
  if (wanted !== undefined && wanted !== portOf(port, protocol)) return false;
  // Piece by piece: what stands between the stars must follow in order.
  const pieces = pattern.toLowerCase().split('*');
  const host = hostname.toLowerCase();
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return host === first;
  if (!host.startsWith(first) || !host.endsWith(last) || host.length < first.length + last.length) return false;
  let at = first.length;
  return pieces.slice(1, -1).every((piece) => {
    const found = host.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0 && at <= host.length - last.length;
  });
}

function portOf(port: string, protocol: string): string {
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port;
}

/** `proxy:8080` as an address; what cannot be one, or is no proxy for HTTP, is none. */
function addressOf(server: string): string {
  const url = URL.parse(/^[a-z\d]+:\/\//i.test(server) ? server : `http://${server}`);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== ''
    ? url.origin.replace('//', `//${loginOf(url)}`)
    : '';
}

function loginOf({ username, password }: URL): string {
  return username === '' ? '' : `${username}${password === '' ? '' : `:${password}`}@`;
}
