/** What Outlook tells without being asked: hints, never the truth. Tells the same of the emulator and of a real Outlook. */
import { assert } from '../../base/assert.ts';
import { type DispatchObject, isDispatchObject } from '../../outlook/emulator/dispatch.ts';
import type { Hint } from '../../outlook/emulator/events.ts';
import { OutlookFault } from '../../outlook/emulator/fault.ts';
import type { Emulator } from '../../outlook/emulator/open-emulator.ts';

export type OutlookNews = 'changed' | 'send-receive';

export type OutlookEvents = {
  /** Begins to listen; the answer ends it. */
  listen(listener: (news: OutlookNews) => void): () => void;
  /** Hands over what waits. */
  poll(): void;
  /** How often Outlook sends and receives by itself. @units minutes; undefined: it does not, or does not tell */
  minutes(): number | undefined;
};

const SOURCES: ReadonlySet<Hint['source']> = new Set(['Items', 'Folders', 'Folder', 'Stores']);

export function emulatorEvents(emulator: Emulator): OutlookEvents {
  return {
    listen: (listener) => {
      const unwatch = emulator.watch(({ source }) => {
        if (SOURCES.has(source)) listener('changed');
      });
      // Held for as long as they are listened to: a group that nobody holds is silent.
      const detached = groupsOf(emulator).map((group) =>
        emulator.advise(group, (event) => {
          if (event === 'SyncEnd') listener('send-receive');
          return undefined;
        }),
      );
      return () => {
        unwatch();
        for (const detach of detached) detach();
      };
    },
    poll: () => {
      emulator.sendReceive.tick();
      emulator.pump();
    },
    minutes: () => emulator.sendReceive.minutes(),
  };
}

/** The send/receive groups; a profile without any raises, or has none: the agent's own timer does then. */
function groupsOf(emulator: Emulator): readonly DispatchObject[] {
  try {
    const groups = objectOf(objectOf(emulator.application, 'Session'), 'SyncObjects');
    const count = Number(groups.invoke('get', 'Count', []));
    return Array.from({ length: count }, (_, at) => {
      const group = groups.invoke('call', 'Item', [at + 1]);
      assert(isDispatchObject(group), 'a group is an object');
      return group;
    });
  } catch (error) {
    if (error instanceof OutlookFault) return [];
    throw error;
  }
}

function objectOf(from: DispatchObject, member: string): DispatchObject {
  const value = from.invoke('get', member, []);
  assert(isDispatchObject(value), `${member} is an object`);
  return value;
}
