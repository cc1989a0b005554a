/**
 * Outlook's work as data: a program is a list of late-bound steps on handles that earlier steps returned.
 * Programs can be printed, counted, compared and replayed; executors run them (emulator, COM, inside Outlook).
 */

/** A date without a zone, as VT_DATE carries it: `YYYY-MM-DDTHH:MM:SS`. */
export type OutlookDate = { readonly date: string };
/** A value standing for an error, as `GetProperties` puts in the slot of an absent property (VT_ERROR). */
export type OutlookError = { readonly error: number };
/** An object that stays alive in the executor until released; only the executor that gave it out understands it. */
export type ObjectRef = { readonly object: number };

/** What crosses the border to Outlook; `O` are objects, told from the records of dates and errors by whoever makes them. */
export type ValueWith<O> =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | OutlookDate
  | OutlookError
  | O
  | readonly ValueWith<O>[];

export type OutlookValue = ValueWith<ObjectRef>;

/** The name of a value inside one program. */
export type Handle = string;
/** A constant, or the value of a handle. */
export type Arg = OutlookValue | { readonly handle: Handle };

/**
 * One step. `guarded` marks a member behind Outlook's object model guard: it may prompt the user or be denied.
 * `optional`: an Outlook error of this step is stored as an {@link OutlookError} in `as` (when given) and the program goes on.
 */
export type Step =
  | {
      readonly do: 'get';
      readonly on: Handle;
      readonly member: string;
      readonly args?: readonly Arg[];
      readonly as: Handle;
      readonly guarded?: true;
      readonly optional?: true;
    }
  | {
      readonly do: 'put';
      readonly on: Handle;
      readonly member: string;
      readonly value: Arg;
      readonly guarded?: true;
      readonly optional?: true;
    }
  | {
      readonly do: 'call';
      readonly on: Handle;
      readonly member: string;
      readonly args?: readonly Arg[];
      readonly as?: Handle;
      readonly guarded?: true;
      readonly optional?: true;
    }
  /** Stops the program with {@link Outcome} `stale` unless the handle's value equals one of `values`. */
  | { readonly do: 'expect'; readonly handle: Handle; readonly values: readonly OutlookValue[] }
  /** Runs `steps` for each object of a 1-based collection, first to last; `collect` handles become arrays, one entry each. */
  | {
      readonly do: 'each';
      readonly of: Handle;
      readonly as: Handle;
      readonly steps: readonly Step[];
      readonly collect: readonly Handle[];
      readonly most?: number;
    }
  | { readonly do: 'release'; readonly handle: Handle };

export type Program = {
  /** What it does, for logs and counts: `read appointment`, `create contact`. */
  readonly label: string;
  /** Objects kept from earlier programs, by the handle they have here. The handle `application` is always there. */
  readonly given?: Readonly<Record<Handle, ObjectRef>>;
  readonly steps: readonly Step[];
  /** Handles whose values are wanted; an object among them stays alive until {@link Executor.release}. */
  readonly returns: readonly Handle[];
};

/**
 * What came of a program. Objects that are not returned are released in every case.
 * `failed.step` is the index of the failing step (outer list); what earlier steps did stays done.
 * `hresult`: the high 12 bits vary between runs of Outlook; compare with `lowBits`. `message`: what Outlook said, in its language;
 * empty when it said nothing.
 */
export type Outcome =
  | { readonly kind: 'done'; readonly values: Readonly<Record<Handle, OutlookValue>> }
  | { readonly kind: 'stale'; readonly handle: Handle; readonly value: OutlookValue }
  | {
      readonly kind: 'failed';
      readonly step: number;
      readonly member: string;
      readonly hresult: number;
      readonly message: string;
    };

/**
 * Runs programs, one at a time, in order. The calls it makes are counted per member.
 * @throws OUTLOOK_UNAVAILABLE (retry later) when Outlook is closed, restarting or stays busy
 */
export type Executor = {
  run(program: Program): Promise<Outcome>;
  release(objects: readonly ObjectRef[]): Promise<void>;
  /** Calls made so far: one for each get, put and call that reached Outlook. */
  calls(): number;
  close(): Promise<void>;
};
