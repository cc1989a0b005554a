/**
 * Where Outlook keeps how its calendar is set up, in the order in which it believes it: what a group policy says; the roaming
 * settings, hidden items of the default calendar, where there are any; the user's registry.
 * @source Microsoft support 2573406 (order, names); outlook-calendar.md section 9; MS-OXOCFG 2.2.5.1.1, 2.2.5.2.1
 */

/** All places as they are, with everything in them that we know nothing of. */
export type CalendarOptions = {
  /** Numbers of the key `Outlook\Options\Calendar` of the user, by name. */
  readonly registry: Readonly<Record<string, number>>;
  /** The same of the policies: what stands here holds, and is not ours to change. */
  readonly policy: Readonly<Record<string, number>>;
  /** The XML of the hidden item `IPM.Configuration.WorkHours`; undefined: there is none that can be read. */
  readonly workHours: string | undefined;
  /** The XML of the dictionary in the hidden item `IPM.Configuration.Calendar`; undefined: there is none that can be read. */
  readonly dictionary: string | undefined;
  /** The time scale of the calendar's view, one of {@link TIME_SCALES}; undefined: it is no day or week view. @units minutes */
  readonly timeScale: number | undefined;
};

/** The user's registry, as far as Outlook's options go (HKEY_CURRENT_USER, values of type DWORD). */
export type Registry = {
  /** Values of other types are left out; a key that is not there has none. */
  numbers(key: string): Promise<Readonly<Record<string, number>>>;
  /** Makes the key when it is not there. */
  setNumber(key: string, name: string, value: number): Promise<void>;
};

/** The keys of a version of Outlook. @param version its major version, 16 for 2016 and later */
export function optionKeys(version: number): { readonly registry: string; readonly policy: string } {
  const options = `Microsoft\\Office\\${version}.0\\Outlook\\Options\\Calendar`;
  return { registry: `Software\\${options}`, policy: `Software\\Policies\\${options}` };
}

/** Names in the registry, and those of the same in the roaming dictionary. */
export const OPTION = {
  /** Bits of {@link workDayMask}. */
  workDays: { registry: 'WorkDay', roaming: 'piWorkday' },
  /** Minutes since midnight. */
  dayStart: { registry: 'CalDefStart', roaming: 'piCalDefStart' },
  dayEnd: { registry: 'CalDefEnd', roaming: 'piCalDefEnd' },
  /** 0 = Sunday */
  weekStart: { registry: 'FirstDOW', roaming: undefined },
  /** Minutes before the start. */
  reminder: { registry: 'RemindDefault', roaming: 'piRemindDefault' },
} as const;

/** OlDayWeekTimeScale → minutes. */
export const TIME_SCALES: readonly number[] = [5, 6, 10, 15, 30, 60];

/** Sunday has the highest of eight bits, Saturday the second lowest; Monday to Friday are 0x7C. */
export function workDayMask(daysFromSunday: readonly number[]): number {
  return daysFromSunday.reduce((mask, day) => mask | (0x80 >> day), 0);
}

/** What {@link workDayMask} was made of, ascending: 0 = Sunday. */
export function daysOfMask(mask: number): readonly number[] {
  return [0, 1, 2, 3, 4, 5, 6].filter((day) => (mask & (0x80 >> day)) !== 0);
}
