/** A calendar date, `YYYY-MM-DD`, in no zone. */
export type LocalDate = string;

/** A wall-clock time, `YYYY-MM-DDTHH:MM:SS`, meaningful only beside its zone. */
export type WallTime = string;

/** An IANA zone id (`Europe/Paris`, `UTC`), as Temporal accepts it. */
export type ZoneId = string;

/** A point on a wall clock. `zone` undefined = floating: the same wall time wherever the reader is (RFC 5545 3.3.5 form 1). */
export type Moment = { readonly wall: WallTime; readonly zone: ZoneId | undefined };

/** When something happens. `end` is exclusive; an all-day event of one day ends on the next day. */
export type When =
  | { readonly kind: 'date'; readonly start: LocalDate; readonly end: LocalDate }
  | { readonly kind: 'time'; readonly start: Moment; readonly end: Moment };
