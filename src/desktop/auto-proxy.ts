/** Scripts that say which proxy leads where, run by WinHTTP. @source winhttp.h, structures of 64 bits */
import koffi from 'koffi';
import { allocate, free, memoryAt, pointerAt, textAt } from '../outlook/com/native.ts';

type Native<Args extends readonly unknown[], Result = number> = (...args: Args) => Result;
type Handle = bigint | number;
type Where = { readonly script: string; readonly detect: boolean };

/** Nothing stands between WinHTTP and the script itself. */
const NO_PROXY = 1;
const [DETECT, BY_ADDRESS] = [1, 2];
/** By DHCP and by DNS. */
const ANY_WAY = 3;
/** WINHTTP_ACCESS_TYPE_NAMED_PROXY. */
const NAMED = 3;
const [OPTIONS_SIZE, INFO_SIZE] = [32, 24];

type WinHttp = ReturnType<typeof load>;
let loaded: WinHttp | undefined;

/** What a script says of an address, as Windows writes proxies; '' for none, undefined when there is no script or no answer. */
export async function askScript(url: string, where: Where): Promise<string | undefined> {
  // One after the other, in Windows' own order: the network's script is asked for otherwise than one that the settings name.
  if (where.detect && where.script !== '')
    return (await askScript(url, { ...where, script: '' })) ?? askScript(url, { ...where, detect: false });
  loaded ??= load();
  const { WinHttpOpen, WinHttpCloseHandle, WinHttpGetProxyForUrl } = loaded;
  const session = WinHttpOpen('BlueMind Connector', NO_PROXY, null, null, 0);
  const [options, info, script] = [allocate(OPTIONS_SIZE), allocate(INFO_SIZE), allocated(where.script)];
  try {
    fillOptions(memoryAt(options, OPTIONS_SIZE), where, script);
    const found = await new Promise<boolean>((resolve) =>
      WinHttpGetProxyForUrl.async(session, url, options, info, (error, answer) =>
        resolve(error === null && answer !== 0),
      ),
    );
    return found ? takeInfo(info) : undefined;
  } finally {
    WinHttpCloseHandle(session);
    for (const address of [options, info, script]) free(address);
  }
}

/** WINHTTP_AUTOPROXY_OPTIONS. */
function fillOptions(view: DataView, { script, detect }: Where, address: bigint): void {
  view.setUint32(0, (detect ? DETECT : 0) | (script === '' ? 0 : BY_ADDRESS), true);
  view.setUint32(4, detect ? ANY_WAY : 0, true);
  view.setBigUint64(8, script === '' ? 0n : address, true);
  // A server that the settings name is told who we are when it asks: the user of this session. Whoever answers in a network is not.
  view.setUint32(28, detect ? 0 : 1, true);
}

/** WINHTTP_PROXY_INFO, whose texts are ours to give back. */
function takeInfo(info: bigint): string {
  const [proxy, exceptions] = [pointerAt(info + 8n), pointerAt(info + 16n)];
  const named = memoryAt(info, INFO_SIZE).getUint32(0, true) === NAMED && proxy !== 0n ? textAt(proxy) : '';
  for (const text of [proxy, exceptions]) if (text !== 0n) loaded?.GlobalFree(text);
  return named;
}

/** A text that ends with a zero, at an address that stays. */
function allocated(text: string): bigint {
  const size = 2 * (text.length + 1);
  const address = allocate(size);
  const view = memoryAt(address, size);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), true);
  return address;
}

type Async = {
  async(
    session: Handle,
    url: string,
    options: bigint,
    info: bigint,
    done: (error: Error | null, answer: number) => void,
  ): void;
};

function load() {
  const http = koffi.load('winhttp.dll');
  const kernel = koffi.load('kernel32.dll');
  return {
    WinHttpOpen: http.func(
      'uintptr __stdcall WinHttpOpen(str16 agent, uint32 access, void *proxy, void *bypass, uint32 flags)',
    ) as Native<[string, number, null, null, number], Handle>,
    WinHttpCloseHandle: http.func('int32 __stdcall WinHttpCloseHandle(uintptr handle)') as Native<[Handle]>,
    WinHttpGetProxyForUrl: http.func(
      'int32 __stdcall WinHttpGetProxyForUrl(uintptr session, str16 url, void *options, void *info)',
    ) as unknown as Async,
    GlobalFree: kernel.func('uintptr __stdcall GlobalFree(void *memory)') as Native<[bigint], Handle>,
  };
}
