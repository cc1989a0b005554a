import { type Static, type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';

/**
 * How BlueMind's shapes are said: TypeBox schemas that are as lenient as the Jackson reader of the original. Every member may
 * be absent or null; unknown members are ignored; words of an enumeration are case-sensitive. The server reads bodies by these
 * schemas (see `server/kernel/read-body.ts`), the API page is generated from them, and the client takes its types from them.
 *
 * `default` on a member is what the Java field starts with: it stands for an absent member, never for a null one.
 */
type Shaped<P extends Record<string, TSchema>> = Readonly<Static<ReturnType<typeof Type.Object<P>>>>;

/** A member that may be absent or null. */
export function maybe<T extends TSchema>(schema: T, start?: unknown): TOptional<TUnsafe<Static<T> | null | undefined>> {
  const annotations = start === undefined ? {} : { default: start };
  return Type.Optional(
    Type.Unsafe<Static<T> | null | undefined>({ anyOf: [schema, { type: 'null' }], ...annotations }),
  );
}

/** A member of a Java primitive type: null and absent mean its `start` value. */
export function primitive<T extends TSchema>(
  schema: T,
  start: Static<T> & (boolean | number),
): TOptional<TUnsafe<Static<T> | null | undefined>> {
  return Type.Optional(
    Type.Unsafe<Static<T> | null | undefined>({ anyOf: [schema, { type: 'null' }], default: start, nullAs: start }),
  );
}

/** An object with these members; others are ignored. */
export function shape<P extends Record<string, TSchema>>(members: P, title?: string): TUnsafe<Shaped<P>> {
  return Type.Unsafe<Shaped<P>>({ ...Type.Object(members), ...(title === undefined ? {} : { title }) });
}

/** A list; entries may be null only where the schema of the entry says so. */
export function list<T extends TSchema>(entry: T): TUnsafe<readonly Static<T>[]> {
  return Type.Unsafe<readonly Static<T>[]>({ type: 'array', items: entry });
}

/** A map from text to `entry`. */
export function mapOf<T extends TSchema>(entry: T): TUnsafe<Readonly<Record<string, Static<T>>>> {
  return Type.Unsafe<Readonly<Record<string, Static<T>>>>({ type: 'object', additionalProperties: entry });
}

/** One of these words, exactly. */
export function word<const W extends readonly string[]>(words: W): TUnsafe<W[number]> {
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...words] });
}

/** Text. */
export const text = Type.String();
/** A whole number. */
export const whole = Type.Integer();
/** @units milliseconds since 1970-01-01T00:00:00Z, the form of `java.util.Date` */
export const epoch = Type.Integer({ description: 'milliseconds since 1970-01-01T00:00:00Z' });
/** true or false. */
export const flag = Type.Boolean();
