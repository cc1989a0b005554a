import type { TSchema } from 'typebox';
import { fault } from './fault.ts';

/**
 * Reads JSON as Jackson does by the schemas of `wire/`: unknown members are dropped, absent ones become what the Java field
 * starts with (`default`, else null), scalars are converted where Java would, words of an enumeration are exact. Each schema is
 * compiled once into a chain of small functions. Rules [J1] to [J3] of docs/server.md.
 */
type Reader = (value: unknown, at: string) => unknown;

type Plain = {
  readonly type?: string;
  readonly anyOf?: readonly Plain[];
  readonly properties?: Readonly<Record<string, Plain>>;
  readonly patternProperties?: Readonly<Record<string, Plain>>;
  readonly additionalProperties?: Plain | boolean;
  readonly items?: Plain;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly nullAs?: unknown;
};

const compiled = new WeakMap<object, Reader>();

/** The value that `schema` reads from parsed JSON; null stays null at the top. @throws UNKNOWN when a type does not fit */
export function readValue(schema: TSchema, value: unknown): unknown {
  return value === null ? null : readerOf(schema as Plain)(value, 'body');
}

function readerOf(schema: Plain): Reader {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const reader = compile(schema);
  compiled.set(schema, reader);
  return reader;
}

function compile(schema: Plain): Reader {
  if (schema.anyOf !== undefined) return anyReader(schema, schema.anyOf);
  if (schema.enum !== undefined) return wordReader(schema.enum);
  if (schema.const !== undefined) return wordReader([String(schema.const)]);
  switch (schema.type) {
    case 'object':
      return schema.properties === undefined ? mapReader(schema) : objectReader(schema.properties);
    case 'array':
      return listReader(schema.items ?? {});
    case 'string':
      return readText;
    case 'integer':
      return readWhole;
    case 'number':
      return readNumber;
    case 'boolean':
      return readFlag;
    default:
      return (value) => value;
  }
}

function anyReader(schema: Plain, members: readonly Plain[]): Reader {
  const others = members.filter((member) => member.type !== 'null');
  const nullable = others.length < members.length;
  const words = others.flatMap((member) => (member.const === undefined ? (member.enum ?? []) : [String(member.const)]));
  const read = words.length > 0 ? wordReader(words) : readerOf(others[0] ?? {});
  const forNull = schema.nullAs ?? null;
  return (value, at) => {
    if (value !== null) return read(value, at);
    if (!nullable) throw unfit(at, 'a value');
    return forNull;
  };
}

function objectReader(properties: Readonly<Record<string, Plain>>): Reader {
  const members = Object.entries(properties).map(([name, schema]) => ({
    name,
    read: readerOf(schema),
    start: startOf(schema),
  }));
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unfit(at, 'an object');
    const given = value as Record<string, unknown>;
    const read: Record<string, unknown> = {};
    for (const member of members)
      read[member.name] = Object.hasOwn(given, member.name)
        ? member.read(given[member.name], `${at}.${member.name}`)
        : member.start();
    return read;
  };
}

function startOf(schema: Plain): () => unknown {
  const start = schema.default;
  if (Array.isArray(start)) return () => [];
  if (typeof start === 'object' && start !== null) return () => ({});
  return () => start ?? null;
}

function mapReader(schema: Plain): Reader {
  const entry = Object.values(schema.patternProperties ?? {})[0] ?? schema.additionalProperties;
  const read = typeof entry === 'object' ? readerOf(entry) : (value: unknown) => value;
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unfit(at, 'an object');
    // fromEntries defines own members: a key such as __proto__ stays a key.
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, read(member, `${at}.*`)]));
  };
}

function listReader(entry: Plain): Reader {
  const read = readerOf(entry);
  return (value, at) => {
    if (!Array.isArray(value)) throw unfit(at, 'a list');
    return value.map((member) => read(member, `${at}[]`));
  };
}

function wordReader(words: readonly string[]): Reader {
  const known = new Set(words);
  return (value, at) => {
    if (typeof value !== 'string' || !known.has(value)) throw unfit(at, `one of ${words.join(', ')}`);
    return value;
  };
}

function readText(value: unknown, at: string): unknown {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw unfit(at, 'text');
}

function readWhole(value: unknown, at: string): unknown {
  const number = Math.trunc(readNumber(value, at));
  if (!Number.isSafeInteger(number)) throw unfit(at, 'a whole number');
  return number;
}

function readNumber(value: unknown, at: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value.trim())) return Number(value);
  throw unfit(at, 'a number');
}

function readFlag(value: unknown, at: string): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (value === 'true' || value === 'false') return value === 'true';
  throw unfit(at, 'true or false');
}

function unfit(at: string, wanted: string): Error {
  return fault('UNKNOWN', `The request cannot be read: ${at} must be ${wanted}.`);
}
