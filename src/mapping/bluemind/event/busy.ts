/**
 * Busy state ↔ transparency, with `status: Tentative` for tentative, as the server's own free/busy counts it. What the server has no
 * word for stands in a property of ours, which counts only while the transparency is the one written with it: whoever
 * changes the transparency on the web has the last word.
 * @source bluemind-api.md 4.11
 */
import type { Busy } from '../../../domain/event.ts';
import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, lossless, patching } from '../../field.ts';
import { OWN_PROPERTY, withOwnProperty } from './own-properties.ts';

/** Transparency that goes with a busy state. */
const TRANSPARENCY = {
  free: 'Transparent',
  tentative: 'Opaque',
  busy: 'Opaque',
  outOfOffice: 'Opaque',
  elsewhere: 'Transparent',
} as const satisfies Record<Busy, NonNullable<VEvent['transparency']>>;

/** Whether the time counts as taken. */
export const busy: Field<VEvent, Busy> = patching(lossless({ read: readBusy, write: writeBusy }));

function readBusy(event: VEvent): Busy {
  const own = event.properties?.[OWN_PROPERTY.busy];
  const transparency = transparencyOf(event);
  // A cancelled event has no status left to say tentative with.
  const isKept = own === 'outOfOffice' || own === 'elsewhere' || (own === 'tentative' && event.status === 'Cancelled');
  if (isKept && TRANSPARENCY[own] === transparency) return own;
  if (transparency === 'Transparent') return 'free';
  return isTentative(event) ? 'tentative' : 'busy';
}

/** The server's own default. @source bluemind-api.md 4.4 */
function transparencyOf(event: VEvent): NonNullable<VEvent['transparency']> {
  return event.transparency ?? (event.dtstart?.precision === 'Date' ? 'Transparent' : 'Opaque');
}

function isTentative(event: VEvent): boolean {
  return event.status === 'Tentative' || event.status === 'NeedsAction';
}

function writeBusy(event: VEvent, value: Busy): VEvent {
  const isCancelled = event.status === 'Cancelled';
  const needsProperty = value === 'outOfOffice' || value === 'elsewhere' || (value === 'tentative' && isCancelled);
  const written = withOwnProperty(
    { ...event, transparency: TRANSPARENCY[value] },
    'busy',
    needsProperty ? value : undefined,
  );
  if (value === 'tentative' && !isCancelled && !isTentative(event)) return { ...written, status: 'Tentative' };
  if (value === 'busy' && isTentative(event)) return { ...written, status: 'Confirmed' };
  return written;
}
