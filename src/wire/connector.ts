/** What the connector tells the embedded server about itself, beside BlueMind's interface. A real BlueMind server has none of it. */
import { type Static, Type } from 'typebox';

/** `GET /connector`: what there is. */
export const ConnectorInfo = Type.Object({
  /** Whether `PUT /connector/reports` takes reports. */
  reports: Type.Boolean(),
  /** Whether `PUT /connector/state` takes signs of life. */
  states: Type.Boolean(),
});
export type ConnectorInfo = Static<typeof ConnectorInfo>;

const count = Type.Integer({ minimum: 0, maximum: 10_000_000 });

/** `PUT /connector/state`: how a user's connector is; never what it synchronises. */
export const ConnectorState = Type.Object(
  {
    version: Type.String({ pattern: '^[0-9A-Za-z.-]{1,40}$' }),
    platform: Type.String({ pattern: '^[0-9a-z]{1,20}$' }),
    run: Type.Object(
      {
        /** @units milliseconds since 1970-01-01T00:00:00Z */
        endedAt: Type.Integer({ minimum: 0, maximum: 8_000_000_000_000_000 }),
        changes: count,
        failed: count,
        held: count,
        folders: count,
      },
      { additionalProperties: false },
    ),
    /** Codes of what went wrong in the last run, each once. */
    codes: Type.Array(Type.String({ pattern: '^[A-Z_]{2,40}$' }), { maxItems: 20 }),
  },
  { additionalProperties: false },
);
export type ConnectorState = Static<typeof ConnectorState>;

/** @units bytes of a report */
export const LARGEST_REPORT = 5_000_000;
