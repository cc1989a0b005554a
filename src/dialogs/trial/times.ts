/** Days and times of a form, in the browser's zone, and the moments that the agent is told. */
export type Times = {
  readonly allDay: boolean;
  /** `YYYY-MM-DD` and `HH:MM`; the last day of an all-day event is the last on which it takes place. */
  readonly startDate: string;
  readonly startTime: string;
  readonly endDate: string;
  readonly endTime: string;
};
export type Moments = { readonly start: string; readonly end: string; readonly allDay: boolean };

const DAY = 86_400_000;

export function timesOf({ start, end, allDay }: Moments): Times {
  if (allDay) {
    const last = dayPlus(end, -1);
    return { allDay, startDate: start, startTime: '09:00', endDate: last, endTime: '10:00' };
  }
  const [from, to] = [localOf(new Date(start)), localOf(new Date(end))];
  return { allDay, startDate: from.date, startTime: from.time, endDate: to.date, endTime: to.time };
}

/** Undefined where something is missing, or the end is before the start. */
export function momentsOf({ allDay, startDate, startTime, endDate, endTime }: Times): Moments | undefined {
  if (startDate === '' || endDate === '') return undefined;
  if (allDay) {
    return endDate < startDate ? undefined : { allDay, start: startDate, end: dayPlus(endDate, 1) };
  }
  const [start, end] = [new Date(`${startDate}T${startTime}`), new Date(`${endDate}T${endTime}`)];
  if (!(start.getTime() <= end.getTime())) return undefined;
  return { allDay, start: start.toISOString(), end: end.toISOString() };
}

/** Moments later by so much; `longer` moves the end alone. @param minutes of an all-day event as many days as they make */
export function shifted({ start, end, allDay }: Moments, minutes: number, longer = false): Moments {
  const days = Math.sign(minutes) * Math.max(1, Math.round(Math.abs(minutes) / 1440));
  const move = (at: string) => (allDay ? dayPlus(at, days) : new Date(wallShift(new Date(at), minutes)).toISOString());
  const moved = { allDay, start: longer ? start : move(start), end: move(end) };
  return moved.end > moved.start ? moved : { start, end, allDay };
}

/** A day later is the same time of day, also where clocks change. */
function wallShift(at: Date, minutes: number): number {
  const moved = new Date(at);
  moved.setMinutes(moved.getMinutes() + minutes);
  return moved.getTime();
}

/** @param days may be negative */
export function dayPlus(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

export function localOf(at: Date): { readonly date: string; readonly time: string } {
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  };
}
