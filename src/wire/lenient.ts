import { type Static, type TObject, type TOptional, type TProperties, type TSchema, type TUnsafe, Type } from 'typebox';

/**
 * A member as Jackson reads it: it may be left out or be null.
 * The static type also allows `undefined`, so that spreads and conditionals need no special case.
 */
export function maybe<T extends TSchema>(schema: T): TOptional<TUnsafe<Static<T> | null | undefined>> {
  return Type.Optional(Type.Unsafe<Static<T> | null | undefined>(Type.Union([schema, Type.Null()])));
}

/** A list member that may be left out or be null; its entries may not be. */
export function maybeList<T extends TSchema>(schema: T): TOptional<TUnsafe<Static<T>[] | null | undefined>> {
  return maybe(Type.Array(schema)) as TOptional<TUnsafe<Static<T>[] | null | undefined>>;
}

/** A record whose unknown members are ignored, as Jackson does. */
export function record<T extends TProperties>(members: T): TObject<T> {
  return Type.Object(members);
}
