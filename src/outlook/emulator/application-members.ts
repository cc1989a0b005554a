import { timeZonesObject } from './appointment/time-zones.ts';
import { long } from './arguments.ts';
import { comAddInsObject } from './com-add-ins.ts';
import type { MemberTable } from './dispatch.ts';
import { activeExplorer } from './explorer.ts';
import { remindersObject } from './reminders.ts';
import type { Session } from './session.ts';

const LANGUAGE_IDS = { 'en-US': 1033, 'en-GB': 2057, 'fr-FR': 1036, 'de-DE': 1031 } as const;

/** Members of Application that other parts bring: one line for each part. */
export const APPLICATION_MEMBERS: MemberTable<{ readonly session: Session }> = {
  ActiveExplorer: { call: ({ session }) => activeExplorer(session) },
  TimeZones: { get: ({ session }) => timeZonesObject(session) },
  Reminders: { get: ({ session }) => remindersObject(session) },
  COMAddIns: { get: ({ session }) => comAddInsObject(session) },
  LanguageSettings: { get: ({ session }) => session.make(LANGUAGE_SETTINGS, { session }) },
};

const LANGUAGE_SETTINGS = {
  name: 'LanguageSettings',
  members: {
    // 2 = msoLanguageIDUI
    LanguageID: {
      get: ({ session }: { readonly session: Session }, [which]: readonly unknown[]) =>
        long(which as number) === 2 ? LANGUAGE_IDS[session.locale().id] : 1033,
    },
  },
};
