import type { Clock } from '../../base/clock.ts';
import type { Agent } from '../agent.ts';
import type { Dialog } from '../api/routes.ts';
import type { AgentEvent, Status, Why } from '../api/shapes.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Log } from '../log.ts';
import type { Updates } from '../updates.ts';
import type { Runner } from './runner.ts';

/** What the routes work with. */
export type Desk = {
  readonly agent: Agent;
  readonly runner: Runner;
  readonly log: Log;
  /** The folder of the log. */
  readonly logs: string;
  /** The folder where files to import are kept as long as they are needed. */
  readonly uploads: string;
  readonly version: string;
  readonly clock: Pick<Clock, 'now'>;
  want(why: Why): boolean;
  status(): Status;
  /** The status is another: the windows are told. */
  touch(): void;
  tell(what: Changed): void;
  link(dialog: Dialog): string;
  /** Undefined: this program does not update itself. */
  readonly updates: Updates | undefined;
  /** Something about updates is to be looked at now. */
  nudgeUpdates(): void;
  /** Further checks of the installation, for reports. */
  readonly checks: (() => Promise<readonly Finding[]>) | undefined;
  /** The account is another: the line for news is opened anew. */
  reopen(): void;
  /** Ends the agent. */
  stop(): void;
};

type Changed = Extract<AgentEvent, { readonly kind: 'changed' }>['what'];
