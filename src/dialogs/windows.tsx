/** Each window by its path; its code is loaded when it is opened. */
import type { Windows } from './app/app.tsx';

export const DIALOG_WINDOWS: Windows = {
  connect: async () => (await import('./connect/connect.tsx')).Connect,
  synchronize: async () => (await import('./synchronize/synchronize.tsx')).Synchronize,
  calendars: async () => (await import('./subscribe/subscribe.tsx')).Calendars,
  books: async () => (await import('./subscribe/subscribe.tsx')).Books,
  'own-books': async () => (await import('./own-books/own-books.tsx')).OwnBooks,
  options: async () => (await import('./options/options.tsx')).Options,
  history: async () => (await import('./history/history.tsx')).History,
  import: async () => (await import('./import/import.tsx')).Import,
  held: async () => (await import('./held/held.tsx')).Held,
  updates: async () => (await import('./updates/updates.tsx')).Updates,
  report: async () => (await import('./report/report.tsx')).Report,
  status: async () => (await import('./status/status.tsx')).StatusWindow,
};
