import type { Agent, Dispatcher, ProxyAgent } from 'undici';

/** The proxy that leads to an address where none was named: `http://proxy:3128`, '' for none. Never rejects. */
export type FindProxy = (url: string) => Promise<{ readonly proxy: string }>;

export type Route = {
  readonly dispatcher: Dispatcher;
  /** By which the last request went; '' for none. */
  proxy(): string;
  close(): Promise<void>;
};

/**
 * Sends each request by the way that is found for it: a computer that moves to another network has another one.
 * @param open a way by a proxy; each is opened once
 */
export function openRoute(find: FindProxy, direct: Agent, open: (proxy: string) => ProxyAgent): Route {
  const ways = new Map<string, ProxyAgent>();
  let last = '';
  let closed = false;
  const by = async (origin: string): Promise<ProxyAgent | undefined> => {
    const { proxy } = await find(origin);
    if (closed) throw new Error('The line to the server is closed');
    last = proxy;
    if (proxy === '') return undefined;
    const way = ways.get(proxy) ?? open(proxy);
    ways.set(proxy, way);
    return way;
  };
  return {
    dispatcher: direct.compose((dispatch) => (options, handler) => {
      by(String(options.origin))
        .then((way) => (way === undefined ? dispatch(options, handler) : way.dispatch(options, handler)))
        .catch((error: Error) => handler.onResponseError?.(undefined as never, error));
      return true;
    }),
    proxy: () => last,
    close: async () => {
      closed = true;
      await Promise.all([direct, ...ways.values()].map((way) => way.destroy()));
    },
  };
}
