/** Settings of a user (IUserSettings); those of a calendar are in `calendar.ts`. */
import { Settings } from './common.ts';

/** User settings; the known keys are `lang`, `timezone`, `work_hours_start`, `default_event_alert` and so on. */
export const UserSettings = Settings;
export type UserSettings = Settings;
