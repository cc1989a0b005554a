import type { RegistryValue } from '../registry-value.ts';
import type { RegistryReader } from '../windows-registry.ts';

/** A registry of these values, by `hive view key|name`; a view `*` is found in both halves. */
export function fakeRegistry(values: Readonly<Record<string, RegistryValue | undefined>>): RegistryReader {
  const found = (place: string, view: string) => values[place.replace(' * ', ` ${view} `)] ?? values[place];
  return {
    value: ({ hive, key, view = 'native' }, name) => found(`${hive} * ${key}|${name}`, view),
    values: ({ hive, key, view = 'native' }) => {
      const starts = [`${hive} * ${key}|`, `${hive} ${view} ${key}|`];
      const all = Object.entries(values).flatMap(([place, value]) => {
        const start = starts.find((one) => place.startsWith(one));
        return start === undefined || value === undefined ? [] : [[place.slice(start.length), value] as const];
      });
      return Object.fromEntries(all);
    },
    keys: () => [],
  };
}
