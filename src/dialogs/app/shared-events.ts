/**
 * The agent's events in every window, over one stream: a browser opens six connections to a place at the most, and a stream for each
 * window would leave none for their questions. The window that holds the lock listens and passes on; when it closes, the next
 * one gets the lock.
 */
import type { Client, Listener } from '../../agent/api/client.ts';
import type { AgentEvent } from '../../agent/api/shapes.ts';

type Message = { readonly event: AgentEvent } | { readonly connected: boolean };

/** Follows the events until it is stopped; the status is asked for once, for the stream's first one may be long past. */
export function followShared(agent: Client, base: string, listener: Required<Listener>): () => void {
  const name = `connector events ${base}`;
  const channel = new BroadcastChannel(name);
  const stopped = new AbortController();
  let heard = false;
  const take = (message: Message) => {
    heard = true;
    if ('event' in message) listener.event(message.event);
    else listener.connected(message.connected);
  };
  const pass = (message: Message) => {
    take(message);
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => take(data);
  const listen = () =>
    new Promise<void>((resolve) => {
      // The lock may have been given before the window was left, and be told only after.
      if (stopped.signal.aborted) return resolve();
      const following = agent.follow({
        event: (event) => pass({ event }),
        connected: (connected) => pass({ connected }),
      });
      stopped.signal.addEventListener('abort', () => {
        following.stop();
        resolve();
      });
    });
  navigator.locks.request(name, { signal: stopped.signal }, listen).catch(() => undefined);
  agent.get('status').then(
    (status) => {
      if (!heard && !stopped.signal.aborted) take({ event: { kind: 'status', status } });
    },
    () => undefined,
  );
  return () => {
    stopped.abort();
    channel.close();
  };
}
