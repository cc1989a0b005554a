import type { Card } from '../domain/contact.ts';
import type { Series } from '../domain/event.ts';
import type { When } from '../domain/time.ts';

/** When an event is, or what a card says beside its name, in a few words. */
export function whenOf(content: Series | Card): string {
  if (content.kind === 'group') return content.members.length === 1 ? '1 member' : `${content.members.length} members`;
  if (content.kind === 'contact') return content.emails[0]?.address ?? content.phones[0]?.number ?? '';
  const event = content.main ?? content.exceptions[0]?.event;
  if (event === undefined) return '';
  const repeats = content.recurrence === undefined ? '' : `, ${content.recurrence.frequency.toLowerCase()}`;
  return `${timeOf(event.when)}${repeats}`;
}

function timeOf(when: When): string {
  if (when.kind === 'date') return when.start;
  const zone = when.start.zone === undefined ? 'floating' : when.start.zone;
  return `${when.start.wall.slice(0, 16).replace('T', ' ')} ${zone}`;
}
