/** What every window knows of the agent: its status as the event stream tells it, and whether it can be heard at all. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Client } from '../../agent/api/client.ts';
import { baseOf, openClient } from '../../agent/api/client.ts';
import type { AgentEvent, Progress, Status } from '../../agent/api/shapes.ts';
import { choose } from './language.ts';
import { followShared } from './shared-events.ts';

const BASE = baseOf(location.pathname);
export const agent: Client = openClient({ base: BASE });

/** What a window shows changed and should be asked for again. */
export type Changed = Extract<AgentEvent, { kind: 'changed' }>['what'];

export type Live = {
  /** Undefined until the agent said it for the first time. */
  readonly status: Status | undefined;
  readonly progress: Progress | null;
  readonly connected: boolean;
  /** Calls back whenever something of this kind changed. */
  listen(what: readonly Changed[], changed: () => void): () => void;
};

const LiveContext = createContext<Live>({
  status: undefined,
  progress: null,
  connected: true,
  listen: () => () => {},
});

export function useLive(): Live {
  return useContext(LiveContext);
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const [status, setStatus] = useState<Status>();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [connected, setConnected] = useState(true);
  const [changes] = useState(() => new EventTarget());

  useEffect(() => {
    return followShared(agent, BASE, {
      event: (event) => {
        if (event.kind === 'changed') changes.dispatchEvent(new Event(event.what));
        else if (event.kind === 'progress') setProgress(event.progress);
        else {
          setStatus(event.status);
          setProgress(event.status.progress);
          choose(event.status.language);
        }
      },
      connected: setConnected,
    });
  }, [changes]);

  const live = useMemo(
    (): Live => ({
      status,
      progress,
      connected,
      listen: (what, changed) => {
        for (const one of what) changes.addEventListener(one, changed);
        return () => {
          for (const one of what) changes.removeEventListener(one, changed);
        };
      },
    }),
    [status, progress, connected, changes],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}
