import { Failure, isFailure } from '../../base/failure.ts';
import { updateFailure } from '../../update/failures.ts';
import type { Routes } from '../api/routes.ts';
import { examineAgent } from '../doctor/examine.ts';
import { type Bundle, makeBundle, withNote } from '../report/bundle.ts';
import { askConnectorInfo, sendReport } from '../report/send.ts';
import { newsFor, type UpdateStatus, updateStatus } from '../updates.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './local-api.ts';
import { wishFor } from './update-part.ts';

type UpdateRoutes = Pick<Routes, 'updates' | 'updates/check' | 'updates/install' | 'news'>;
type ReportRoutes = Pick<Routes, 'report' | 'report/send'>;

/** New versions: what is known, asking for them, and when they may be installed. */
export function updateHandlers({ updates, version, clock, nudgeUpdates, tell }: Desk): Handlers<UpdateRoutes> {
  return {
    updates: ({ language }) => (updates === undefined ? without(version) : updateStatus(updates, language)),
    'updates/check': async ({ language }) => {
      if (updates === undefined) throw notHere();
      await updates.updater.check({ byHand: true, signal: new AbortController().signal });
      nudgeUpdates();
      return updateStatus(updates, language);
    },
    'updates/install': async ({ when, language }) => {
      if (updates === undefined) throw notHere();
      if (updates.updater.read().step.at !== 'staged')
        throw updateFailure('UPDATE_NOTHING', 'There is no update that waits to be installed. Ask for one first.');
      updates.updater.wish(wishFor(when, clock.now()));
      nudgeUpdates();
      tell('updates');
      return updateStatus(updates, language);
    },
    news: ({ language }) => newsFor(language),
  };
}

function notHere() {
  return updateFailure('UPDATE_OFF', 'This program was not installed, so it does not update itself.');
}

function without(installed: string): UpdateStatus {
  return {
    ...{ installed, off: 'not-installed', channel: 'stable', url: null, state: 'idle', offer: null, done: null },
    ...{ checked: null, next: null, outlook: false, wish: null, last: null },
  };
}

/** The report for whoever helps: made, shown, and sent only as it was shown. */
export function reportHandlers({ agent, logs, version, clock, updates, checks }: Desk): Handlers<ReportRoutes> {
  let shown: Bundle | undefined;
  return {
    report: async () => {
      const known = updates && reportedUpdates(await updateStatus(updates));
      const findings = [...(await examineAgent(agent)), ...((await checks?.()) ?? [])];
      shown = makeBundle({ agent, logs, version, now: clock.now(), updates: known, findings });
      return { ...shown, to: await taker(agent), size: shown.text.length };
    },
    'report/send': async ({ id, note = '' }) => {
      if (shown?.id !== id)
        throw new Failure(
          'REPORT_UNKNOWN',
          'This report is not the last that was made. Make it again, look at it, then send it.',
        );
      return { number: await sendReport(agent.session(), withNote(shown.text, note)) };
    },
  };
}

/** The host that takes reports; null where none does, or none can be asked. */
async function taker({ accounts, session }: Desk['agent']): Promise<string | null> {
  if (accounts().length === 0) return null;
  try {
    const line = session();
    return (await askConnectorInfo(line)).reports ? line.host : null;
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}

/** Updates in the program's own words. */
export function reportedUpdates({ off, channel, state, offer, checked, last }: UpdateStatus) {
  return {
    ...{ off: off ?? '', channel, state, offered: offer?.version ?? '', checked: checked?.at ?? '' },
    ...{ code: checked?.failure?.code ?? '', last: last === null ? '' : `${last.did} ${last.version}` },
  };
}
