import type { Clock } from '../../base/clock.ts';
import { type Failure, isFailure } from '../../base/failure.ts';
import { containerTopic, openPush, type Push, type PushNews, subscriptionsTopic } from '../../bluemind/push.ts';
import type { Session } from '../../bluemind/session.ts';
import type { PairRecord } from '../../storage/records.ts';
import type { Part } from './supervise.ts';

export type PushPartOptions = {
  /** The line to the server; undefined while there is no account, or its login is refused. */
  readonly session: () => Session | undefined;
  readonly pairs: () => readonly Pick<PairRecord, 'kind' | 'folders'>[];
  readonly clock: Clock;
  readonly onNews: (news: PushNews) => void;
  /** The login was refused here: whoever asks for the password must know. */
  readonly onRefused: (failure: Failure) => void;
  readonly onState: () => void;
};

export type PushState = 'on' | 'off' | 'connecting';

export type PushPart = Part & {
  state(): PushState;
  /** The folders are others now. */
  update(): void;
  /** The account or the network is another: the line is opened anew. */
  reopen(): void;
};

const NEEDS_PASSWORD = /^LOGIN_|^CREDENTIALS_/;
/** @units milliseconds between two looks whether there is an account now */
const BEAT = 1000;

/** Holds the server's line for news. A line that breaks is a failure, after which the supervisor has it opened again. */
export function pushPart(options: PushPartOptions): PushPart {
  const { clock, onNews, onState } = options;
  let push: Push | undefined;
  let state: PushState = 'off';
  const become = (next: PushState) => {
    if (state === next) return;
    state = next;
    onState();
  };
  const stay = async (session: Session, signal: AbortSignal): Promise<void> => {
    become('connecting');
    const topics = async () => topicsOf(await session.user(), options.pairs());
    push = await openPush({ session, topics, onNews, clock }, signal);
    become('on');
    try {
      await push.ended;
    } finally {
      push = undefined;
    }
  };
  /** A refused login is no failure of this part: it waits until there is a password that may be tried. */
  const unlessRefused = (error: unknown) => {
    if (!isFailure(error) || !NEEDS_PASSWORD.test(error.code)) throw error;
    options.onRefused(error);
  };
  return {
    name: 'push',
    state: () => state,
    update: () => void push?.update().catch(() => push?.close()),
    reopen: () => push?.close(),
    run: async (signal) => {
      try {
        while (!signal.aborted) {
          const session = options.session();
          if (session !== undefined) await stay(session, signal).catch(unlessRefused);
          else {
            become('off');
            await clock.sleep(BEAT, signal).catch(() => undefined);
          }
        }
      } finally {
        become(signal.aborted ? 'off' : 'connecting');
      }
    },
  };
}

type User = { readonly uid: string; readonly domainUid: string };

function topicsOf({ uid, domainUid }: User, pairs: ReturnType<PushPartOptions['pairs']>): readonly string[] {
  const containers = pairs.map(({ kind, folders }) =>
    containerTopic(kind === 'calendar' ? 'calendar' : 'addressbook', folders.server),
  );
  return [subscriptionsTopic(uid, domainUid), ...containers];
}
