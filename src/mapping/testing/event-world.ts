/** An event that a server and Outlook hold, and what keeps them in step: for tests of both mappings with the merge between. */
import { isFailure } from '../../base/failure.ts';
import { seriesKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import type { Appointment } from '../../outlook/model/appointment.ts';
import type { VEventSeries } from '../../wire/calendar.ts';
import { bluemindEvent } from '../bluemind/event/event.ts';
import type { OutlookEventContext } from '../outlook/event/context.ts';
import { outlookEvent } from '../outlook/event/event.ts';
import { SERIES_WEEK_START, SIMPLIFIED_SERIES_CHANGED } from '../outlook/event/failures.ts';

/** An event on both sides, and what each side held when they last agreed. */
export type EventWorld = {
  readonly value: VEventSeries;
  readonly item: Appointment;
  readonly base: { readonly server: Series; readonly outlook: Series };
};

/** A server whose account has every tag. */
export const EVERY_LABEL = {
  tagOf: (label: string) => ({ containerUid: 'tags', itemUid: `t-${label.toLowerCase()}`, label, color: 'ff0000' }),
};

/** The event as the domain sees it on the server. */
export function readValue(value: VEventSeries): Series {
  return bluemindEvent.read(value, 'u1');
}

/** What Outlook shows; undefined where the item says nothing that can be sent: the run leaves it alone. */
export function readItem(item: Appointment, context: OutlookEventContext): Series | undefined {
  try {
    return outlookEvent.read(item, context);
  } catch (error) {
    if (isFailure(error, SIMPLIFIED_SERIES_CHANGED) || isFailure(error, SERIES_WEEK_START)) return undefined;
    throw error;
  }
}

/** An event of the server and the item that was made of it. */
export function beginEvent(value: VEventSeries, context: OutlookEventContext): EventWorld {
  const server = readValue(value);
  const item = outlookEvent.write(undefined, server, context);
  return { value, item, base: { server, outlook: outlookEvent.read(item, context) } };
}

/** One run: merge, write where a side shall change, read back. */
export function syncEvent(world: EventWorld, context: OutlookEventContext): EventWorld {
  const { value, item, base } = world;
  const server = readValue(value);
  const outlook = readItem(item, context);
  if (outlook === undefined) return world;
  const merged = seriesKit.merge({
    server: { base: base.server, now: server },
    outlook: { base: base.outlook, now: outlook },
    prefer: 'server',
  });
  const moved = (now: Series, next: Series) => seriesKit.digest(now) !== seriesKit.digest(next);
  const nextValue = moved(server, merged.server) ? bluemindEvent.write(value, merged.server, EVERY_LABEL) : value;
  const nextItem = moved(outlook, merged.outlook) ? outlookEvent.write(item, merged.outlook, context) : item;
  return {
    value: nextValue,
    item: nextItem,
    base: { server: readValue(nextValue), outlook: outlookEvent.read(nextItem, context) },
  };
}
