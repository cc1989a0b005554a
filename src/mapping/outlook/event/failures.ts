import { Failure } from '../../../base/failure.ts';

/** The series was changed in Outlook, which shows only a simpler form of it: what was meant cannot be told. */
export const SIMPLIFIED_SERIES_CHANGED = 'SIMPLIFIED_SERIES_CHANGED';

/** What reading an item throws when its recurrence is protected and no longer the one it was given. */
export function simplifiedSeriesChanged(): Failure {
  return new Failure(
    SIMPLIFIED_SERIES_CHANGED,
    'The recurrence was changed in Outlook, which cannot show all of it; change it in BlueMind instead.',
  );
}
