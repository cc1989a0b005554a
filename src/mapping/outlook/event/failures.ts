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

/** The series repeats every few weeks that begin on another day than Monday, and it matters: the server has no such rule. */
export const SERIES_WEEK_START = 'SERIES_WEEK_START';

/** What reading such a series throws: a rule that is nearly right would put meetings on wrong days. */
export function seriesWeekStart(): Failure {
  return new Failure(
    SERIES_WEEK_START,
    'The series repeats by weeks that do not begin on Monday, which BlueMind cannot hold; make a series for each of its days.',
  );
}
