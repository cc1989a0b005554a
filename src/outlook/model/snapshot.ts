import type { Appointment } from './appointment.ts';
import type { OutlookContact, OutlookDistList } from './contact.ts';

/** What one bulk read of an item gave. `lastModified` is UTC, `YYYY-MM-DDTHH:MM:SSZ`. */
export type Snapshot<V> = {
  readonly entryId: string;
  readonly lastModified: string;
  readonly messageClass: string;
  readonly value: V;
};

export type AppointmentSnapshot = Snapshot<Appointment>;
export type ContactSnapshot = Snapshot<OutlookContact>;
export type DistListSnapshot = Snapshot<OutlookDistList>;
