import type { TSchema } from 'typebox';

type Plain = {
  readonly type?: string;
  readonly anyOf?: readonly Plain[];
  readonly properties?: Readonly<Record<string, Plain>>;
  readonly additionalProperties?: Plain | boolean;
  readonly items?: Plain;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
};

/** Texts that have broken servers before. */
const NASTY = [
  '',
  'known',
  'U1',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00',
  '\u0000',
  "'; DROP TABLE items; --",
  '\ud800',
  '𝒳'.repeat(50),
  'a'.repeat(5_000),
  '2026-03-09',
  '2026-03-09T09:00:00.000+01:00',
  '9999-12-31T23:59:59.999Z',
  '0000-00-00',
  'Europe/Paris',
  'calendar:Default:U1',
  'john@acme.test',
  'value.summary:(a OR',
  '(((((((((((((((((((((',
] as const;

const NUMBERS = [0, 1, -1, 1e9, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 0.5] as const;

/**
 * A value that fits the schema more or less, made by `random` (0 up to 1): now and then a member is missing, null, or of a wrong type.
 * @param depth how deep lists and objects may still nest
 */
export function sample(schema: TSchema, random: () => number, depth = 6): unknown {
  return make(schema as Plain, random, depth);
}

/** Any JSON at all. */
export function junk(random: () => number, depth = 4): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 7 : 5));
  switch (kind) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return pick(NUMBERS, random);
    case 3:
    case 4:
      return pick(NASTY, random);
    case 5:
      return Array.from({ length: Math.floor(random() * 4) }, () => junk(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: Math.floor(random() * 4) }, () => [pick(NASTY, random), junk(random, depth - 1)]),
      );
  }
}

export function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T;
}

function make(schema: Plain, random: () => number, depth: number): unknown {
  const luck = random();
  if (luck < 0.02) return junk(random, 2);
  if (schema.anyOf !== undefined) {
    if (luck > 0.9) return null;
    return make(pick(schema.anyOf, random), random, depth);
  }
  if (schema.enum !== undefined) return pick(schema.enum, random);
  if (schema.const !== undefined) return schema.const;
  switch (schema.type) {
    case 'object':
      return depth <= 0 ? {} : makeObject(schema, random, depth);
    case 'array':
      return Array.from({ length: depth <= 0 ? 0 : Math.floor(random() * 3) }, () =>
        make(schema.items ?? {}, random, depth - 1),
      );
    case 'string':
      return pick(NASTY, random);
    case 'integer':
    case 'number':
      return pick(NUMBERS, random);
    case 'boolean':
      return luck < 0.5;
    default:
      return null;
  }
}

function makeObject(schema: Plain, random: () => number, depth: number): unknown {
  const entry = schema.additionalProperties;
  if (schema.properties === undefined)
    return typeof entry === 'object' ? { [pick(NASTY, random)]: make(entry, random, depth - 1) } : {};
  return Object.fromEntries(
    Object.entries(schema.properties)
      .filter(() => random() < 0.8)
      .map(([name, member]) => [name, make(member, random, depth - 1)]),
  );
}
