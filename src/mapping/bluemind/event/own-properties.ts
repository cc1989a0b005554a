import type { VEvent } from '../../../wire/calendar.ts';

/**
 * Keys of ours in the `properties` map of an event: what the server has no member for and Outlook has. The server keeps the map
 * with each event and occurrence; keys of others stay as they are.
 */
export const OWN_PROPERTY = {
  /** `outOfOffice` or `elsewhere`; `tentative` on a cancelled event. See `busy.ts`. */
  busy: 'outlookConnectorBusy',
  /** `personal`, beside Private. See `privacy.ts`. */
  privacy: 'outlookConnectorPrivacy',
} as const;

/** The event with a property of ours set, or taken away when `value` is undefined. */
export function withOwnProperty(event: VEvent, name: keyof typeof OWN_PROPERTY, value: string | undefined): VEvent {
  const key = OWN_PROPERTY[name];
  const { [key]: old, ...others } = event.properties ?? {};
  if (value !== undefined) return { ...event, properties: { ...others, [key]: value } };
  return old === undefined ? event : { ...event, properties: others };
}
