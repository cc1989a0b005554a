/**
 * The proxy that Windows' settings name: written there, or found by a script that they name or the network offers. Scripts are run
 * by Windows itself (WinHTTP), away from our threads, because the network is asked for them.
 */
import type { RegistryReader } from '../outlook/com/windows-registry.ts';
import { registryReader } from '../outlook/com/windows-registry.ts';
import { askScript } from './auto-proxy.ts';
import type { FoundProxy } from './find-proxy.ts';
import { type ProxySettings, serverFor, windowsProxyFor } from './proxy-rules.ts';

const SETTINGS = String.raw`Software\Microsoft\Windows\CurrentVersion\Internet Settings`;
const POLICY = String.raw`Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings`;
/** In the ninth byte of the connection's settings: *Automatically detect settings*. Observed; WinINet writes it. */
const [FLAGS, DETECT] = [8, 0x08];

/** How long the answer of a script holds; networks come and go. @units milliseconds */
const LASTS = 5 * 60_000;
/** How long it holds that there was none: after logon, or a sleep, the network is there a little later than we are. @units milliseconds */
const SILENCE = 30_000;
/** How long a script is waited for. @units milliseconds */
const PATIENCE = 15_000;
/** How long one that gave no answer the last time: in most networks there is none, and no request is to be held up for that. @units milliseconds */
const GRACE = 1000;

export type WindowsProxySettings = ProxySettings & {
  /** The address of a script (PAC); '' for none. */
  readonly script: string;
  /** Whether the network is asked for one (WPAD). */
  readonly detect: boolean;
};

/** As they are now: a user changes them while the agent runs. */
export function readProxySettings(registry: Pick<RegistryReader, 'value'>): WindowsProxySettings {
  const forComputer = registry.value({ hive: 'localMachine', key: POLICY }, 'ProxySettingsPerUser') === 0;
  const place = { hive: forComputer ? 'localMachine' : 'currentUser', key: SETTINGS } as const;
  const text = (name: string) => {
    const value = registry.value(place, name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const flags = registry.value({ ...place, key: `${SETTINGS}\\Connections` }, 'DefaultConnectionSettings');
  return {
    servers: registry.value(place, 'ProxyEnable') === 1 ? text('ProxyServer') : '',
    exceptions: text('ProxyOverride'),
    script: text('AutoConfigURL'),
    detect: flags instanceof Uint8Array && ((flags[FLAGS] ?? 0) & DETECT) !== 0,
  };
}

/** What a script says of an address, as Windows writes proxies; '' for none, undefined when there is no script or no answer. */
export type AskScript = (
  url: string,
  where: { readonly script: string; readonly detect: boolean },
) => Promise<string | undefined>;

type Kept = { readonly until: number; readonly silent: boolean; readonly answer: Promise<string | undefined> };

/** As Windows itself does: a script, where there is one, before what is written there. */
export function windowsProxies(
  registry: Pick<RegistryReader, 'value'> = registryReader(),
  ask: AskScript = askScript,
  { now = () => performance.now(), grace = GRACE } = {},
): (url: URL) => Promise<FoundProxy> {
  const kept = new Map<string, Kept>();
  const scripted = (url: URL, where: { readonly script: string; readonly detect: boolean }) => {
    const key = JSON.stringify([url.origin, where.script, where.detect]);
    const known = kept.get(key);
    if (known !== undefined && known.until > now()) return known.answer;
    const said = Promise.race([ask(`${url.origin}/`, where).catch(() => undefined), silenceAfter(PATIENCE)]);
    const silent = known?.silent === true;
    const answer = silent ? Promise.race([said, silenceAfter(grace)]) : said;
    kept.set(key, { until: now() + LASTS, silent, answer });
    // One that comes too late for this request is there for the next.
    void said.then((text) => {
      const isSilent = text === undefined;
      kept.set(key, { until: now() + (isSilent ? SILENCE : LASTS), silent: isSilent, answer: said });
    });
    return answer;
  };
  return async (url) => {
    const { script, detect, ...settings } = readProxySettings(registry);
    if (script !== '' || detect) {
      const answer = await scripted(url, { script, detect });
      if (answer !== undefined) return { proxy: serverFor(url, answer), from: 'script' };
    }
    const proxy = windowsProxyFor(url, settings);
    return { proxy, from: settings.servers === '' ? 'nobody' : 'windows' };
  };
}

function silenceAfter(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => void setTimeout(() => resolve(undefined), milliseconds).unref());
}
