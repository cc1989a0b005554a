import type { Clock } from '../../base/clock.ts';
import type { SystemState } from '../../wire/auth.ts';
import type { SessionLife } from '../sessions/session-life.ts';
import type { Throttle } from '../sessions/throttle.ts';
import type { Store } from '../store/store.ts';
import type { Tasks } from '../tasks/tasks.ts';
import type { Hub } from './hub.ts';

/** What somebody who runs the server may set. */
export type Policy = {
  /** The domain that a bare login is completed with by clients. */
  readonly defaultDomain: string;
  readonly softwareVersion: string;
  /** @units bytes of a body that is not a stream */
  readonly maxBody: number;
  /** @units milliseconds without use after which a session ends */
  readonly sessionIdle: number;
  /** @units milliseconds that the change log remembers deletions */
  readonly tombstoneAge: number;
  /** @units milliseconds that changes of one container are gathered before they are pushed */
  readonly pushDelay: number;
  /** The address under which clients reach the server, for links that it gives out. */
  readonly publicUrl: string;
  /** @units bytes of one attachment */
  readonly maxAttachment: number;
  /** The N of scrypt for passwords that are set from now on, a power of two; each doubling doubles what one attempt costs. */
  readonly passwordCost: number;
  /** What the application files of the Downloads page are read from. */
  readonly downloads: string | undefined;
};

/** What every service is given. */
export type Kernel = {
  readonly store: Store;
  readonly clock: Clock;
  /** A new UUID. */
  readonly newId: () => string;
  /** A new unguessable key of 256 bits, as hex. */
  readonly newKey: () => string;
  readonly hub: Hub;
  readonly tasks: Tasks;
  readonly sessions: SessionLife;
  readonly throttle: Throttle;
  readonly policy: () => Policy;
  readonly state: { current: SystemState };
  /** Writes a line of the server's log; never contents. */
  readonly log: (line: string) => void;
};
