import { describe, expect, it } from 'vitest';
import type { Series } from '../domain/event.ts';
import type { Attendee } from '../domain/person.ts';
import { anEvent, anException, aSeries } from '../domain/testing/samples.ts';
import { permitEvent, removableEvent } from './event-policy.ts';

const rights = { owner: new Set(['me@acme.test']), readPrivate: true };
const permit = (now: Series, wanted: Series, on: 'server' | 'outlook' = 'server', given = rights) =>
  permitEvent(given)({ on, now, wanted } as Parameters<ReturnType<typeof permitEvent>>[0]);

function person(name: string, response: Attendee['response']): Attendee {
  return { name, address: `${name.toLowerCase()}@acme.test`, role: 'required', kind: 'individual', response };
}

const ANN = { name: 'Ann', address: 'ann@acme.test' };
const INVITED = aSeries({
  main: anEvent({
    title: 'Hers',
    organizer: ANN,
    attendees: [person('Me', 'needsAction'), person('Bob', 'needsAction')],
  }),
  exceptions: [
    anException('2026-03-09T09:00:00', { title: 'Hers too', organizer: ANN, attendees: [person('Me', 'needsAction')] }),
  ],
});

describe('what of an edit in Outlook goes to the server', () => {
  it('[H16] on an attendee’s copy: the own answer, reminder, categories, show-as and privacy, and nothing else', () => {
    const own = {
      reminders: [{ minutes: 5, action: 'display' as const }],
      categories: ['Work'],
      busy: 'outOfOffice' as const,
      privacy: 'private' as const,
    };
    const wanted: Series = {
      ...INVITED,
      main: anEvent({
        ...INVITED.main,
        ...own,
        title: 'mine',
        location: 'elsewhere',
        when: { kind: 'date', start: '2026-01-01', end: '2026-01-02' },
        attendees: [person('Me', 'accepted'), person('Bob', 'declined'), person('Eve', 'accepted')],
      }),
      recurrence: undefined,
      excluded: ['2026-03-16T09:00:00'],
      exceptions: [
        anException('2026-03-09T09:00:00', { title: 'mine', organizer: ANN, attendees: [person('Me', 'declined')] }),
        anException('2026-03-23T09:00:00', { title: 'made here' }),
      ],
    };
    expect(permit(INVITED, wanted)).toEqual({
      ...INVITED,
      main: anEvent({ ...INVITED.main, ...own, attendees: [person('Me', 'accepted'), person('Bob', 'needsAction')] }),
      exceptions: [
        anException('2026-03-09T09:00:00', {
          title: 'Hers too',
          organizer: ANN,
          attendees: [person('Me', 'declined')],
        }),
      ],
    });
  });

  it('[H16] [H20] everything where the calendar’s owner is the organizer, and what the server says goes to Outlook as it is', () => {
    const wanted = aSeries({ main: anEvent({ title: 'edited' }) });
    const owned = { ...rights, owner: new Set(['ann@acme.test']) };
    expect(permit(INVITED, wanted, 'server', owned)).toBe(wanted);
    expect(permit(INVITED, wanted, 'outlook')).toBe(wanted);
  });

  it('[H20] nothing of a private event that this account sees blanked', () => {
    const blanked = aSeries({ main: anEvent({ privacy: 'private' }) });
    const given = { ...rights, readPrivate: false };
    expect(permit(blanked, aSeries(), 'server', given)).toBe(blanked);
    expect([removableEvent(given)('server', blanked), removableEvent(rights)('server', blanked)]).toEqual([
      false,
      true,
    ]);
  });
});
