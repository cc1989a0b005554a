/** What tests ask of the two processes of the add-in's world, and what these answer; over a socket, as ../messages.ts has it. */
import type { AddInCommand } from '../../../src/outlook/com/in-process/add-in-messages.ts';
import type { PlainFailure } from '../../../src/outlook/com/thread-messages.ts';
import type { ObjectRef, Outcome, Program } from '../../../src/outlook/program/program.ts';
import type { Arrangement } from '../../../src/outlook/testing/arrange.ts';

/** To the process that is Outlook. */
export type AskOutlook =
  /** Makes the add-in as COM makes it. Answers how long that took. @units milliseconds */
  | { readonly do: 'create' }
  /** IDTExtensibility2.OnConnection; Outlook's language as an LCID. Answers how long it took. */
  | { readonly do: 'connect'; readonly language: number }
  /** IRibbonExtensibility.GetCustomUI */
  | { readonly do: 'markup'; readonly ribbon: string }
  /** A callback of the ribbon for a control. */
  | { readonly do: 'callback'; readonly member: string; readonly control: string }
  /** IDTExtensibility2.OnDisconnection. */
  | { readonly do: 'disconnect' }
  /** What the person in front of it does; answers the program's outcome. */
  | { readonly do: 'work'; readonly program: Program }
  /** Lets Outlook's time pass. @units milliseconds */
  | { readonly do: 'advance'; readonly milliseconds: number }
  /** Lets something happen to it. */
  | { readonly do: 'happen'; readonly arrangement: Arrangement }
  /** Takes back what has happened to it. */
  | { readonly do: 'restore' }
  /** References that others hold to Outlook's objects. */
  | { readonly do: 'held' }
  /** Answers {@link Crossings}. */
  | { readonly do: 'crossings' }
  | { readonly do: 'end' };

/** To the process that is the agent. */
export type AskAgent =
  /** Answers {@link Ran}. */
  | { readonly do: 'run'; readonly by: 'add-in' | 'direct'; readonly program: Program; readonly budget?: number }
  | { readonly do: 'release'; readonly by: 'add-in' | 'direct'; readonly objects: readonly ObjectRef[] }
  | { readonly do: 'close'; readonly by: 'add-in' | 'direct' }
  /** A request as it is; answers the response in hex. */
  | { readonly do: 'raw'; readonly request: Uint8Array }
  | { readonly do: 'seen' }
  /** No more answers, and nothing is read: the event loop stands still. @units milliseconds */
  | { readonly do: 'hang'; readonly milliseconds: number }
  | { readonly do: 'end' };

/** What became of a program, and how many calls of Outlook it made. */
export type Ran = { readonly outcome: Outcome; readonly calls: number };

export type Seen = {
  /** Process ids of the Outlooks that came, and of those that went. */
  readonly came: readonly number[];
  readonly gone: readonly number[];
  readonly clicks: readonly AddInCommand[];
  readonly crossings: number;
};

/** Calls that came from other processes so far, to Outlook's own objects and to the add-in's. */
export type Crossings = {
  readonly asked: number;
  /** While Outlook told them of an event. */
  readonly within: number;
};

export type Timed<T> = { readonly value: T; readonly milliseconds: number };
export type Asked<Ask> = { readonly id: number; readonly ask: Ask };
export type Answered =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: PlainFailure };
