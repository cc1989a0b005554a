import type { Settings } from '../../../storage/records.ts';

/** Settings that end with the test. */
export function openSettings(): Settings {
  const values = new Map<string, unknown>();
  return {
    get: (name) => values.get(name),
    set: (name, value) => {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    },
  };
}
