import type { ServerResponse } from 'node:http';
import type { AgentEvent } from '../api/shapes.ts';

/** Tells every open window what happens, as server-sent events. */
export type EventStream = {
  /** Writes the answer of a listener; it stays open. @returns false when there are too many already */
  join(response: ServerResponse, first: AgentEvent): boolean;
  tell(event: AgentEvent): void;
  close(): void;
};

/** Windows that listen at once. */
const MOST = 40;
/** @units milliseconds between two signs of life, so that a listener that went away is noticed */
const BEAT = 20_000;
/** @units bytes a listener may be behind; one that does not read is cut, and asks again */
const BEHIND = 1_000_000;

export function eventStream(): EventStream {
  const listeners = new Set<ServerResponse>();
  const send = (response: ServerResponse, text: string) => {
    if (response.writableLength > BEHIND) response.destroy();
    else response.write(text);
  };
  const beat = setInterval(() => {
    for (const response of listeners) send(response, ':\n\n');
  }, BEAT).unref();
  return {
    join: (response, first) => {
      if (listeners.size >= MOST) return false;
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      send(response, textOf(first));
      return true;
    },
    tell: (event) => {
      const text = textOf(event);
      for (const response of listeners) send(response, text);
    },
    close: () => {
      clearInterval(beat);
      for (const response of listeners) response.end();
    },
  };
}

function textOf(event: AgentEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
