/** The proxy between this computer and a server, where the account names none: the environment's, else that of Windows' settings. */
import { environmentProxy, isLoopback } from './proxy-rules.ts';

export type FoundProxy = {
  /** `http://proxy:3128`; '' for none. */
  readonly proxy: string;
  /** Who says so; `script`: one that Windows' settings name, or that the network offers. */
  readonly from: 'environment' | 'windows' | 'script' | 'nobody';
};

/** Never rejects: rules that cannot be had say nothing. */
export type FindProxy = (url: string) => Promise<FoundProxy>;

const NONE: FoundProxy = { proxy: '', from: 'nobody' };

/** @param settings what the system's settings say; undefined where it has none */
export function proxyFinder(
  env: Readonly<Record<string, string | undefined>>,
  settings?: (url: URL) => Promise<FoundProxy>,
): FindProxy {
  return async (address) => {
    const url = URL.parse(address);
    if (url === null || isLoopback(url.hostname)) return NONE;
    const proxy = environmentProxy(url, env);
    if (proxy !== undefined) return { proxy, from: 'environment' };
    return (await settings?.(url).catch(() => NONE)) ?? NONE;
  };
}

/** Of this computer. */
export function systemProxies(): FindProxy {
  if (process.platform !== 'win32') return proxyFinder(process.env);
  let settings: Promise<(url: URL) => Promise<FoundProxy>> | undefined;
  return proxyFinder(process.env, async (url) => {
    // Loaded here: elsewhere there is nothing that it could call.
    settings ??= import('./windows-proxy.ts').then(({ windowsProxies }) => windowsProxies());
    return (await settings)(url);
  });
}
