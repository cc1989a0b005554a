/** That something changed in a container: its items, its name, its rights. */
export type ContainerChanged = {
  readonly type: string;
  readonly containerUid: string;
  readonly loginAtDomain: string;
};

/** Tells listeners inside the process what changed; push and caches listen. */
export type Hub = {
  changed(event: ContainerChanged): void;
  /** @returns how to stop listening */
  listen(listener: (event: ContainerChanged) => void): () => void;
};

export function newHub(): Hub {
  const listeners = new Set<(event: ContainerChanged) => void>();
  return {
    changed(event) {
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
