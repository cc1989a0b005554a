/**
 * Keys of ours in the `properties` map of an event: what the server has no member for and Outlook has. The server keeps the map
 * with each event and occurrence; keys of others stay as they are.
 */
export const OWN_PROPERTY = {
  /** `outOfOffice` or `elsewhere`, beside Opaque or Transparent, while the transparency is the one written with it. */
  busy: 'outlookConnectorBusy',
  /** `personal`, beside Private, while the classification is the one written with it. */
  privacy: 'outlookConnectorPrivacy',
} as const;
