import type { Card } from '../domain/contact.ts';
import type { Series } from '../domain/event.ts';
import type { When } from '../domain/time.ts';
import { dateFor, languageOf, momentFor, type Reader } from './reader.ts';
import { oftenInWords, tell } from './value-words.ts';

/** When an event is, or what a card says beside its name, in a few words. */
export function whenOf(content: Series | Card, reader: Reader): string {
  if (content.kind === 'group') {
    const n = content.members.length;
    return tell(n === 1 ? 'member' : 'members', languageOf(reader), { n });
  }
  if (content.kind === 'contact') return content.emails[0]?.address ?? content.phones[0]?.number ?? '';
  const event = content.main ?? content.exceptions[0]?.event;
  if (event === undefined) return '';
  const { frequency, interval } = content.recurrence ?? {};
  const repeats = frequency === undefined ? '' : `, ${oftenInWords(frequency, interval ?? 1, languageOf(reader))}`;
  return `${timeOf(event.when, reader)}${repeats}`;
}

function timeOf(when: When, reader: Reader): string {
  if (when.kind === 'date') return dateFor(when.start, reader);
  const said = momentFor(when.start, reader);
  if (when.start.zone === undefined) return `${said} ${tell('floating', languageOf(reader))}`;
  return typeof reader === 'string' ? `${said} ${when.start.zone}` : said;
}
