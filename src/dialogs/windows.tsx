/** Each window by its path; its code is loaded when it is opened. */
import { lazy } from 'react';
import type { Windows } from './app/app.tsx';

export const DIALOG_WINDOWS: Windows = {
  connect: lazy(async () => ({ default: (await import('./connect/connect.tsx')).Connect })),
  synchronize: lazy(async () => ({ default: (await import('./synchronize/synchronize.tsx')).Synchronize })),
  calendars: lazy(async () => ({ default: (await import('./subscribe/subscribe.tsx')).Calendars })),
  books: lazy(async () => ({ default: (await import('./subscribe/subscribe.tsx')).Books })),
  'own-books': lazy(async () => ({ default: (await import('./own-books/own-books.tsx')).OwnBooks })),
  options: lazy(async () => ({ default: (await import('./options/options.tsx')).Options })),
  history: lazy(async () => ({ default: (await import('./history/history.tsx')).History })),
  import: lazy(async () => ({ default: (await import('./import/import.tsx')).Import })),
  held: lazy(async () => ({ default: (await import('./held/held.tsx')).Held })),
  updates: lazy(async () => ({ default: (await import('./updates/updates.tsx')).Updates })),
  report: lazy(async () => ({ default: (await import('./report/report.tsx')).Report })),
  status: lazy(async () => ({ default: (await import('./status/status.tsx')).StatusWindow })),
};
