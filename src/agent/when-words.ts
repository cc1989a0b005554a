import type { Card } from '../domain/contact.ts';
import type { Series } from '../domain/event.ts';
import type { When } from '../domain/time.ts';
import type { Locale } from '../sync/explain.ts';
import { oftenInWords, tell } from './value-words.ts';

/** When an event is, or what a card says beside its name, in a few words. */
export function whenOf(content: Series | Card, locale: Locale): string {
  if (content.kind === 'group') {
    const n = content.members.length;
    return tell(n === 1 ? 'member' : 'members', locale, { n });
  }
  if (content.kind === 'contact') return content.emails[0]?.address ?? content.phones[0]?.number ?? '';
  const event = content.main ?? content.exceptions[0]?.event;
  if (event === undefined) return '';
  const { frequency, interval } = content.recurrence ?? {};
  const repeats = frequency === undefined ? '' : `, ${oftenInWords(frequency, interval ?? 1, locale)}`;
  return `${timeOf(event.when, locale)}${repeats}`;
}

function timeOf(when: When, locale: Locale): string {
  if (when.kind === 'date') return when.start;
  return `${when.start.wall.slice(0, 16).replace('T', ' ')} ${when.start.zone ?? tell('floating', locale)}`;
}
