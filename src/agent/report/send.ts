/** Telling the server of the connector, where the server takes that: reports when the user sends one, and a sign of life after runs. */
import { Value } from 'typebox/value';
import type { Clock } from '../../base/clock.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import type { Session } from '../../bluemind/session.ts';
import { ConnectorInfo, type ConnectorState } from '../../wire/connector.ts';
import { type RunReport, totalsOf } from '../summary.ts';

/** What a server has for connectors; a real BlueMind has none of it. @throws what keeps it from being asked at all */
export async function askConnectorInfo(session: Session): Promise<ConnectorInfo> {
  try {
    const answer = await session.call({ method: 'GET', path: '/connector', beside: true });
    if (Value.Check(ConnectorInfo, answer)) return answer;
  } catch (error) {
    // Whatever else answers there, it is not this.
    if (!isFailure(error) || !NOT_THERE.has(error.code)) throw error;
  }
  return { reports: false, states: false };
}

const NOT_THERE: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'NO_RIGHT',
  'SERVER_NOT_BLUEMIND',
  'SERVER_BAD_ANSWER',
  'SERVER_REJECTED',
  'SERVER_ERROR',
  'SERVER_MOVED',
]);

/** @returns the number under which the administrator finds it @throws REPORT_NOT_TAKEN, and what keeps it from being sent */
export async function sendReport(session: Session, text: string): Promise<string> {
  const { reports } = await askConnectorInfo(session);
  if (!reports) throw notTaken();
  const raw = { type: 'application/json', text };
  const answer = (await session.call({ method: 'PUT', path: '/connector/reports', beside: true, raw })) as {
    readonly number?: unknown;
  } | null;
  if (typeof answer?.number !== 'string') throw notTaken();
  return answer.number;
}

function notTaken(): Failure {
  return new Failure(
    'REPORT_NOT_TAKEN',
    'The server takes no reports. Save it as a file, and send that to whoever helps you.',
  );
}

export type SignOfLife = {
  /** A run ended. Sends at once when something is other than last time, else once an hour; what fails is not tried again. */
  ran(report: RunReport): Promise<void>;
};

export type LifeOptions = {
  readonly session: () => Session | undefined;
  readonly version: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether the user lets the server know. */
  readonly wanted: () => boolean;
};

/** @units milliseconds */
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

export function signOfLife({ session, version, clock, wanted }: LifeOptions): SignOfLife {
  let sent: { readonly at: number; readonly words: string } | undefined;
  let asked: { readonly at: number; readonly states: boolean } | undefined;
  return {
    ran: async (report) => {
      const line = session();
      if (line === undefined || !wanted()) return;
      const state = stateOf(report, version);
      const words = JSON.stringify([state.version, state.run.failed, state.run.held, state.codes]);
      if (sent?.words === words && clock.now() - sent.at < HOUR) return;
      if (asked === undefined || clock.now() - asked.at > DAY)
        asked = { at: clock.now(), states: (await askConnectorInfo(line)).states };
      if (!asked.states) return;
      await line.call({ method: 'PUT', path: '/connector/state', beside: true, body: state });
      sent = { at: clock.now(), words };
    },
  };
}

/** Counts and codes; nothing that names anything. */
export function stateOf({ endedAt, folders }: RunReport, version: string): ConnectorState {
  const codes = folders.flatMap(({ report }) => report.failure?.code ?? []);
  return {
    version,
    platform: process.platform,
    run: { endedAt, ...totalsOf(folders), folders: folders.length },
    codes: [...new Set(codes)].filter((code) => /^[A-Z_]{2,40}$/.test(code)).slice(0, 20),
  };
}
