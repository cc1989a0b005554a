/** Kinds whose content is Outlook's own value: the side without any mapping, for tests of the side itself. */
import { lossless } from '../../mapping/field.ts';
import type { Appointment } from '../model/appointment.ts';
import type { OutlookContact, OutlookDistList } from '../model/contact.ts';
import { appointmentKind, cardKind } from '../side-kind.ts';
import { emptyContact, sampleAppointment, sampleDistList } from './samples.ts';

type Card = OutlookContact | OutlookDistList;

/** The tags and the calendar-world id are Outlook's business and no content. */
function withoutIdentity<V extends { readonly tags: Readonly<Record<string, string>> }>(value: V): V {
  const globalId = 'globalId' in value ? { globalId: '' } : {};
  return { ...value, body: bodyOf(value), ...globalId, tags: {} };
}

function bodyOf(value: object): string {
  return 'body' in value ? String(value.body).trimEnd() : '';
}

export const PLAIN_APPOINTMENTS = appointmentKind<Appointment>({
  mapping: lossless({
    read: (value) => withoutIdentity(value),
    write: (value, content) => ({ ...content, globalId: value.globalId, tags: value.tags }),
  }),
  blank: () => ({ ...sampleAppointment(), globalId: '', tags: {} }),
});

export const PLAIN_CARDS = cardKind<Card>({
  mapping: lossless({
    read: (value) => withoutIdentity(value),
    write: (value, content) => ({ ...content, tags: value.tags }),
  }),
  blank: (content) => ({ ...('members' in content ? sampleDistList() : emptyContact()), tags: {} }),
  fits: (value, content) => 'members' in value === 'members' in content,
});
