import type { VEvent, VEventSeries } from '../../wire/calendar.ts';

/** Whether a series is hidden from readers without ReadExtended; one without a main event never is. Rule [PV1]. */
export function isPrivate(series: VEventSeries): boolean {
  const classification = series.main?.classification;
  return classification === 'Private' || classification === 'Confidential';
}

/** What such a reader sees: when, how often, busy or not, and nothing of what or with whom. Rule [PV2]. */
export function blanked(series: VEventSeries): VEventSeries {
  return {
    ...series,
    main: series.main ? blankEvent(series.main) : null,
    occurrences: (series.occurrences ?? []).map(blankEvent),
  };
}

function blankEvent<E extends VEvent>(event: E): E {
  return {
    ...event,
    summary: 'Private',
    description: null,
    location: null,
    url: null,
    organizer: null,
    conference: null,
    conferenceId: null,
    conferenceConfiguration: null,
    attendees: [],
    attachments: [],
    categories: [],
  };
}
