/** A time in Paris, in winter. */
export function paris(wall: string, offset = '+01:00'): object {
  return { iso8601: `${wall}:00.000${offset}`, timezone: 'Europe/Paris', precision: 'DateTime' };
}

export function day(iso8601: string): object {
  return { iso8601, timezone: null, precision: 'Date' };
}

/** One hour on Monday 9 March 2026, changed as told. */
export function event(change: object = {}): object {
  return {
    dtstart: paris('2026-03-09T09:00'),
    dtend: paris('2026-03-09T10:00'),
    summary: 'Point',
    classification: 'Public',
    ...change,
  };
}

export function series(change: object = {}, more: object = {}): object {
  return { main: event(change), occurrences: [], counters: [], properties: {}, acceptCounters: true, ...more };
}

/** A person's card with every part there. */
export function card(name: string, change: object = {}): object {
  return {
    kind: 'individual',
    identification: { formatedName: { value: name, parameters: [] } },
    deliveryAddressing: [],
    communications: { tels: [], emails: [], impps: [], langs: [] },
    organizational: { title: null, role: null, org: {}, member: [] },
    explanatory: { urls: [], categories: [], note: null },
    related: {},
    security: { keys: [] },
    ...change,
  };
}

export function mail(address: string): object {
  const emails = [{ value: address, parameters: [{ label: 'DEFAULT', value: 'true' }] }];
  return { communications: { tels: [], emails, impps: [], langs: [] } };
}
