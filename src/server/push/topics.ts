import type { Failure } from '../../base/failure.ts';
import { can } from '../containers/verbs.ts';
import { fault } from '../kernel/fault.ts';
import type { ContainerChanged } from '../kernel/hub.ts';
import type { Kernel } from '../kernel/kernel.ts';

/**
 * Who wants to hear of which container. Topics are `bm.<type>.hook.<containerUid>.changed`; what is told is who changed something,
 * never what, and no version; changes of half a second are gathered into one. Rules [PU1] to [PU6]. @source fact sheet 9
 */
export type Listener = {
  /** The session key that the topic was registered with. */
  readonly key: string;
  notify(topic: string, body: { readonly loginAtDomain: string }): void;
};

export type Topics = {
  /** @throws AUTHENTICATION_FAIL, NOT_FOUND, PERMISSION_DENIED without Read */
  register(topic: string, listener: Listener): void;
  unregister(topic: string, listener: Listener): void;
  /** Forgets everything that a closed connection had registered. */
  leave(listener: Pick<Listener, 'notify'>): void;
  close(): void;
};

const TYPES = ['calendar', 'addressbook', 'todolist', 'notes', 'owner_subscriptions'];

export function newTopics(kernel: Kernel): Topics {
  const listeners = new Map<string, Set<Listener>>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const tell = (topic: string, event: ContainerChanged) => {
    waiting.delete(topic);
    for (const listener of listeners.get(topic) ?? [])
      if (refusal(kernel, topic, listener.key) === undefined)
        listener.notify(topic, { loginAtDomain: event.loginAtDomain });
  };
  const stop = kernel.hub.listen((event) => {
    const topic = `bm.${event.type}.hook.${event.containerUid}.changed`;
    if (!listeners.has(topic)) return;
    clearTimeout(waiting.get(topic));
    waiting.set(
      topic,
      setTimeout(() => tell(topic, event), kernel.policy().pushDelay),
    );
  });
  const remove = (topic: string, isGone: (listener: Listener) => boolean) => {
    const known = listeners.get(topic);
    for (const listener of known ?? []) if (isGone(listener)) known?.delete(listener);
    if (known?.size === 0) listeners.delete(topic);
  };
  return {
    register(topic, listener) {
      const refused = refusal(kernel, topic, listener.key);
      if (refused !== undefined) throw refused;
      const known = listeners.get(topic) ?? new Set();
      listeners.set(topic, known.add(listener));
    },
    unregister: (topic, listener) => remove(topic, (known) => known.notify === listener.notify),
    leave({ notify }) {
      for (const topic of [...listeners.keys()]) remove(topic, (known) => known.notify === notify);
    },
    close() {
      stop();
      for (const timer of waiting.values()) clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** Why somebody may not hear of a topic (any more). */
function refusal(kernel: Kernel, topic: string, key: string): Failure | undefined {
  const [, type, uid] = /^bm\.([a-z_]+)\.hook\.(.+)\.changed$/.exec(topic) ?? [];
  if (type === undefined || uid === undefined || !TYPES.includes(type))
    return fault('NOT_FOUND', 'There is no such topic.');
  const session = kernel.sessions.find(key);
  if (session === undefined) return fault('AUTHENTICATION_FAIL', 'The session is unknown or has expired.');
  const container = kernel.store.containers.byUid(uid);
  if (container?.type !== type) return fault('NOT_FOUND', 'There is no such container.');
  if (!can(kernel, session, container, 'Read')) return fault('PERMISSION_DENIED', 'The right Read is missing.');
  return undefined;
}
