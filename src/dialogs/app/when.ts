import { currentLanguage } from './language.ts';

/** The reader's own way of writing dates and numbers, where it is one of the language that is shown: British English, Canadian French. */
function habits(): string {
  const language = currentLanguage();
  return navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}

/** For whom the agent is to write dates, as {@link moment} does. */
export function reader() {
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  return { language: currentLanguage(), habits: habits(), zone };
}

/** A moment as people write it here: today only the time. */
export function moment(time: string): string {
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  const style: Intl.DateTimeFormatOptions = today
    ? { timeStyle: 'short' }
    : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(habits(), style).format(date);
}

/** How long something took. */
export function lasted(from: string, to: string): string {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  const unit = seconds < 90 ? 'second' : 'minute';
  const value = unit === 'second' ? seconds : seconds / 60;
  return new Intl.NumberFormat(habits(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
