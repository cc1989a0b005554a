import type { View } from './calendar.tsx';
import { dayPlus, localOf } from './times.ts';

/** Days that a view shows around a day, the last exclusive; weeks begin on Monday. */
export type Span = { readonly view: View; readonly date: string; readonly from: string; readonly to: string };

export function today(): string {
  return localOf(new Date()).date;
}

export function spanOf(view: View, date: string): Span {
  switch (view) {
    case 'timeGridDay':
      return { view, date, from: date, to: dayPlus(date, 1) };
    case 'timeGridWeek': {
      const from = monday(date);
      return { view, date, from, to: dayPlus(from, 7) };
    }
    case 'dayGridMonth': {
      // Whole weeks, six of them at the most.
      const from = monday(`${date.slice(0, 8)}01`);
      return { view, date, from, to: dayPlus(from, 42) };
    }
  }
}

/** The same view further on or back. */
export function further(view: View, date: string, steps: 1 | -1): string {
  if (view !== 'dayGridMonth') return dayPlus(date, steps * (view === 'timeGridDay' ? 1 : 7));
  const first = new Date(`${date.slice(0, 8)}01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + steps);
  return first.toISOString().slice(0, 10);
}

function monday(date: string): string {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return dayPlus(date, -((day + 6) % 7));
}
