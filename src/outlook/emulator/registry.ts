/** The user's registry, as far as Outlook's options go: numbers by key and name, in the file, so that every process sees them. */
import { optionKeys, type Registry } from '../model/calendar-options.ts';
import type { Session } from './session.ts';

type Numbers = Readonly<Record<string, number>>;

export function emulatedRegistry(session: Session): Registry {
  return {
    numbers: async (key) => stored(session, key),
    setNumber: async (key, name, value) =>
      session.database.transaction(() => {
        const numbers = stored(session, key);
        // Names keep the case in which they were written first, and are found in any.
        const known = Object.keys(numbers).find((other) => other.toLowerCase() === name.toLowerCase());
        session.putSetting(nameOf(key), JSON.stringify({ ...numbers, [known ?? name]: value >>> 0 }));
      }),
  };
}

/** An option of the calendar as Outlook itself goes by it: what a policy says, else what the user chose. */
export function optionNumber(session: Session, name: string): number | undefined {
  const { policy, registry } = optionKeys(session.switches.version);
  return stored(session, policy)[name] ?? stored(session, registry)[name];
}

function nameOf(key: string): string {
  return `registry.${key.toLowerCase()}`;
}

function stored(session: Session, key: string): Numbers {
  return JSON.parse(session.setting(nameOf(key)) ?? '{}') as Numbers;
}
