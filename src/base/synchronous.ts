/** `T`, unless it is a promise: then nothing fits, so a transaction that would stay open across other work does not compile. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;
