/** A calendar folder of one side. Dragging and the keyboard move, click and Enter open, a click into an empty place makes. */
import FullCalendar, { type CalendarRef } from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import interaction from '@fullcalendar/react/interaction';
import english from '@fullcalendar/react/locales/en-gb';
import french from '@fullcalendar/react/locales/fr';
import classic from '@fullcalendar/react/themes/classic';
import timeGrid from '@fullcalendar/react/timegrid';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/language.ts';
import type { Occurrence } from './client.ts';
import { localOf, type Moments, shifted } from './times.ts';
import { useArrived } from './use-arrived.ts';

export const VIEWS = ['timeGridDay', 'timeGridWeek', 'dayGridMonth'] as const;
export type View = (typeof VIEWS)[number];

export type CalendarProps = {
  readonly rows: readonly Occurrence[];
  readonly view: View;
  /** A day of what is shown, `YYYY-MM-DD`. */
  readonly date: string;
  readonly editable: boolean;
  readonly onOpen: (row: Occurrence) => void;
  readonly onNew: (at: Moments) => void;
  readonly onMove: (row: Occurrence, to: Moments) => void;
  readonly onDelete: (row: Occurrence) => void;
};

const PLUGINS = [classic, dayGrid, timeGrid, interaction];

export function Calendar({ rows: latest, view, date, editable, onOpen, onNew, onMove, onDelete }: CalendarProps) {
  const { t } = useTranslation('trial');
  const ref = useRef<CalendarRef>(null);
  const whole = useRef<HTMLDivElement>(null);
  // What arrives while something is dragged would take it out of the hand.
  const [dragged, setDragged] = useState<readonly Occurrence[]>();
  const rows = dragged ?? latest;
  const hold = () => setDragged(rows);
  const release = () => setDragged(undefined);
  const byKey = useMemo(() => new Map(rows.map((row) => [keyOf(row), row])), [rows]);
  const arrived = useArrived(rows.map((row) => [keyOf(row), JSON.stringify([row.title, row.start, row.end])]));
  const events = useMemo(() => rows.map((row) => eventOf(row, arrived, t('noTitle'))), [rows, arrived, t]);
  useEffect(() => {
    ref.current?.getApi().changeView(view, date);
  }, [view, date]);
  useEffect(() => scrollByKeys(whole.current));
  const rowOf = (id: string) => byKey.get(id);
  const dropped = ({ event, revert }: Dropped) => {
    const row = rowOf(event.id);
    if (row === undefined || event.start === null) return revert();
    onMove(row, momentsOf(event, row));
  };
  const pressed = (key: KeyboardEvent<HTMLDivElement>) => {
    const id = (key.target as HTMLElement).closest<HTMLElement>('[data-event]')?.dataset['event'];
    const row = id === undefined ? undefined : rowOf(id);
    if (row === undefined || !editable) return;
    const to = key.key === 'Delete' ? undefined : movedBy(key, row);
    if (key.key === 'Delete') onDelete(row);
    else if (to === undefined) return;
    else onMove(row, to);
    key.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that its events let pass
    <div className="trial-calendar" ref={whole} onKeyDown={pressed}>
      <FullCalendar
        ref={ref}
        plugins={PLUGINS}
        initialView={view}
        initialDate={date}
        headerToolbar={false}
        locale={currentLanguage() === 'fr' ? french : english}
        height="100%"
        scrollTime="07:30:00"
        nowIndicator
        allDayText={t('allDay')}
        dayMaxEvents
        moreLinkText={(count) => t('more', { count })}
        events={events}
        eventInteractive
        editable={editable}
        selectable={editable}
        selectMirror
        eventDidMount={({ el, event }) => {
          el.dataset['event'] = event.id;
        }}
        eventClick={({ event, jsEvent }) => {
          jsEvent.preventDefault();
          const row = rowOf(event.id);
          if (row !== undefined) onOpen(row);
        }}
        eventDragStart={hold}
        eventDragStop={release}
        eventResizeStart={hold}
        eventResizeStop={release}
        eventDrop={dropped}
        eventResize={dropped}
        select={({ start, end, allDay, startStr, endStr, view: shown }) => {
          shown.calendar.unselect();
          onNew(allDay ? { allDay, start: startStr, end: endStr } : { allDay, ...instants(start, end) });
        }}
      />
    </div>
  );
}

/** Days without entries have nothing that the keyboard could come by, and must be scrolled all the same: their first column can be focused. */
function scrollByKeys(whole: HTMLElement | null): void {
  for (const one of whole?.querySelectorAll<HTMLElement>('[style*="overflow"]') ?? []) {
    const cell = one.querySelector<HTMLElement>('[role=cell]');
    if (cell === null || getComputedStyle(one).overflowY !== 'auto') continue;
    if (one.querySelector('[data-event]') === null) cell.tabIndex = 0;
    else cell.removeAttribute('tabindex');
  }
}

type Dropped = {
  readonly event: {
    readonly id: string;
    readonly start: Date | null;
    readonly end: Date | null;
    readonly allDay: boolean;
  };
  readonly revert: () => void;
};

/** Where it was dropped. Into or out of the row of whole days it gets a length of its own. */
function momentsOf({ start, end, allDay }: Dropped['event'], row: Occurrence): Moments {
  const from = start ?? new Date(row.start);
  if (allDay) {
    const first = localOf(from).date;
    return {
      allDay,
      start: first,
      end: end === null ? shifted({ start: first, end: first, allDay }, 1440, true).end : localOf(end).date,
    };
  }
  return { allDay, ...instants(from, end ?? new Date(from.getTime() + 3_600_000)) };
}

function instants(start: Date, end: Date) {
  return { start: start.toISOString(), end: end.toISOString() };
}

/** Alt and arrows move by half an hour or a day; with Shift they move the end alone. */
function movedBy({ key, altKey, shiftKey }: KeyboardEvent, row: Occurrence): Moments | undefined {
  const minutes = { ArrowUp: -30, ArrowDown: 30, ArrowLeft: -1440, ArrowRight: 1440 }[key];
  return altKey && minutes !== undefined ? shifted(row, minutes, shiftKey) : undefined;
}

export function keyOf({ item, at }: Pick<Occurrence, 'item' | 'at'>): string {
  return `${item} ${at ?? ''}`;
}

function eventOf(row: Occurrence, arrived: ReadonlySet<string>, noTitle: string) {
  const key = keyOf(row);
  const place = row.location === '' ? '' : `, ${row.location}`;
  const classes = [row.busy === 'free' ? 'trial-free' : '', arrived.has(key) ? 'trial-arrived' : ''];
  return {
    ...{ id: key, title: `${row.title || noTitle}${place}`, start: row.start, end: row.end, allDay: row.allDay },
    className: classes.filter((name) => name !== '').join(' '),
  };
}
