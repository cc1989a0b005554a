/**
 * Outlook's schedule for Send/Receive: "Schedule an automatic send/receive every n minutes" of the group of all accounts, which the
 * user sets in Send/Receive Groups and no program can read. @source outlook-objects.md section 10; product.md Y1
 */
import type { Session } from './session.ts';
import { sendAndReceive } from './sync-objects.ts';

export type SendReceive = {
  /** @units minutes; undefined: not by itself */
  minutes(): number | undefined;
  /** As the user does in Send/Receive Groups. @param minutes 1 to 1440; undefined: not by itself */
  schedule(minutes: number | undefined): void;
  /** Begins the groups when it is time; whoever plays Outlook's part calls it now and then. */
  tick(): void;
  /** The user presses F9. */
  now(): void;
};

const MINUTES = 30;
const [EVERY, LAST] = ['send-receive.minutes', 'send-receive.last'];

export function sendReceiveOf(session: Session): SendReceive {
  const minutes = () => {
    const stored = session.setting(EVERY) ?? String(MINUTES);
    return stored === 'off' ? undefined : Number(stored);
  };
  const begun = () => session.putSetting(LAST, String(session.clock.now()));
  return {
    minutes,
    schedule: (every) => session.putSetting(EVERY, every === undefined ? 'off' : String(every)),
    now: () => {
      begun();
      sendAndReceive(session);
    },
    tick: () =>
      session.database.transaction(() => {
        const every = minutes();
        if (every === undefined || session.switches.syncObjects !== 'one') return;
        const since = session.clock.now() - Number(session.setting(LAST) ?? Number.NaN);
        // The first time it only begins to count; a clock that was set back must not keep it from going on.
        if (since >= 0 && since < every * 60_000) return;
        begun();
        if (since >= 0) sendAndReceive(session);
      }),
  };
}
