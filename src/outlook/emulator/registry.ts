/** The user's registry, as far as Outlook's options go: numbers by key and name, in the file, so that every process sees them. */
import type { Registry } from '../model/calendar-options.ts';
import type { Session } from './session.ts';

type Numbers = Readonly<Record<string, number>>;

export function emulatedRegistry(session: Session): Registry {
  const nameOf = (key: string) => `registry.${key.toLowerCase()}`;
  const stored = (key: string): Numbers => JSON.parse(session.setting(nameOf(key)) ?? '{}') as Numbers;
  return {
    numbers: async (key) => stored(key),
    setNumber: async (key, name, value) =>
      session.database.transaction(() => {
        // Names keep the case in which they were written first, and are found in any.
        const known = Object.keys(stored(key)).find((other) => other.toLowerCase() === name.toLowerCase());
        session.putSetting(nameOf(key), JSON.stringify({ ...stored(key), [known ?? name]: value >>> 0 }));
      }),
  };
}
