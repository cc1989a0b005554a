/** Data files written and read again, and data files that were made to harm. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { runs } from '../../base/testing/runs.ts';
import type { Card } from '../../domain/contact.ts';
import type { Series } from '../../domain/event.ts';
import { isLocalDate } from '../../domain/time-civil.ts';
import { instantOf, wallAt } from '../../domain/zones.ts';
import { outlookContact } from '../../mapping/outlook/contact/contact.ts';
import { outlookDistList } from '../../mapping/outlook/contact/dist-list.ts';
import { outlookEvent } from '../../mapping/outlook/event/event.ts';
import { items } from '../../mapping/testing/arbitrary-appointment.ts';
import { outlookContacts, outlookDistLists } from '../../mapping/testing/card-samples.ts';
import type { Appointment } from '../../outlook/model/appointment.ts';
import { decodeAppointmentRecur, encodeAppointmentRecur } from '../../outlook/model/recurrence-meaning.ts';
import { ianaZoneOf } from '../../outlook/model/windows-zones.ts';
import { memorySource } from '../byte-source.ts';
import type { Found } from '../found.ts';
import { importOf } from '../open-import.ts';
import { appointmentItem, contactItem, distListItem } from '../testing/item-values.ts';
import { buildPst, type NewItem } from '../testing/pst-items.ts';
import { memorySink, type PstForm } from '../testing/pst-writer.ts';

const CONTEXT = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
const forms: fc.Arbitrary<PstForm> = fc.record({ unicode: fc.boolean(), compressible: fc.boolean() });

function fileWith(form: PstForm, contents: readonly NewItem[]): Uint8Array {
  const sink = memorySink();
  const file = buildPst(sink, form);
  const folder = file.folder('Top');
  for (const content of contents) file.item(folder, content);
  file.finish();
  return sink.bytes();
}

function read(bytes: Uint8Array): Found[] {
  return [...importOf(memorySource(bytes), CONTEXT, 'a.pst').found()];
}

/** What a file can keep of an item: no tags of ours, times that exist, a recurrence as its bytes say it. */
function kept(item: Appointment): Appointment {
  const real = (wall: string, windows: string) => {
    const zone = ianaZoneOf(windows) ?? 'UTC';
    return wallAt(instantOf(wall, zone), zone);
  };
  const plain = { ...item, tags: {}, organizer: item.meetingStatus === 0 ? undefined : item.organizer };
  const recipients = item.meetingStatus === 0 ? [] : item.recipients.filter(({ type }) => type !== 0);
  if (item.recurrence === undefined)
    return { ...plain, recipients, start: real(item.start, item.startZone), end: real(item.end, item.endZone) };
  return { ...plain, recipients, recurrence: decodeAppointmentRecur(encodeAppointmentRecur(item.recurrence)) };
}

function seriesOf(item: Appointment): Series | string {
  try {
    return outlookEvent.read(item, CONTEXT);
  } catch (error) {
    return isFailure(error) ? error.message : String(error);
  }
}

it('[I7] an appointment says the same from a data file as from Outlook', () => {
  fc.assert(
    fc.property(items, forms, (item, form) => {
      // Narrow texts have the letters of one code page only.
      fc.pre(form.unicode || /^[\x20-\x7e\r\n]*$/.test(JSON.stringify(item)));
      const [found] = read(fileWith(form, [appointmentItem(item)]));
      const expected = seriesOf(kept(item));
      if (typeof expected === 'string') {
        expect(found).toMatchObject({ kind: 'refused', detail: expected });
        return;
      }
      const series = found?.kind === 'event' ? found.series : found;
      expect(series).toEqual({ ...expected, uid: expected.uid || expect.stringMatching(/^import-/) });
    }),
    runs(100),
  );
});

it('[I7] contacts and lists say the same from a data file as from Outlook', () => {
  const photo = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3);
  fc.assert(
    fc.property(outlookContacts, outlookDistLists, fc.boolean(), (contact, list, compressible) => {
      // Texts end at their first zero.
      fc.pre(!JSON.stringify([contact, list]).includes('\\u0000'));
      fc.pre(contact.emails.every(({ address, type }) => type !== 'EX' && (address === '' || address.includes('@'))));
      fc.pre([contact.birthday, contact.anniversary].every((day) => day === undefined || isLocalDate(day)));
      const bytes = fileWith({ unicode: true, compressible }, [contactItem(contact, photo), distListItem(list)]);
      const [first, second] = read(bytes).map((found) => (found.kind === 'card' ? found : undefined));
      const { uid: _, ...expected } = outlookContact.read({ ...contact, tags: {}, picture: '' });
      expect(first?.card).toMatchObject(withoutPhoto(expected as Card));
      expect([...(first?.photo ?? [])]).toEqual([...photo]);
      const named = { ...list, tags: {}, members: list.members.filter(({ address }) => address.includes('@')) };
      const { uid: __, ...group } = outlookDistList.read(named);
      expect(second?.card).toMatchObject(group);
    }),
    runs(40),
  );
});

function withoutPhoto(card: Card): object {
  const { photo: _, ...rest } = card as Card & { photo?: string };
  return rest;
}

const SAMPLES = fc.tuple(items, items, outlookContacts, outlookDistLists);

/** Ends in items, or in one sentence of ours: never in a fault of the program. */
function endsWell(bytes: Uint8Array): void {
  try {
    read(bytes);
  } catch (error) {
    if (!isFailure(error)) throw error;
    expect(error.code).toMatch(/^IMPORT_/);
    expect(error.message).toMatch(/^[A-Z][^\n]+\.$/);
  }
}

it('[I6] bits that were changed anywhere end in items or in a sentence, with and without checksums', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(SAMPLES, forms, fc.boolean(), changes, ([a, b, contact, list], form, unchecked, flips) => {
      const contents = [appointmentItem(a), appointmentItem(b), contactItem(contact), distListItem(list)];
      const bytes = fileWith({ ...form, unchecked }, contents);
      for (const [at, value] of flips) bytes[0x4800 + (at % (bytes.length - 0x4800))] = value;
      endsWell(bytes);
      for (const [at, value] of flips.slice(0, 2)) bytes[at % 564] = value;
      endsWell(bytes);
    }),
    runs(80),
  );
});

it('[I6] a file that was cut off anywhere ends in items or in a sentence', () => {
  fc.assert(
    fc.property(SAMPLES, forms, fc.double({ min: 0, max: 1, noNaN: true }), ([a, b, contact, list], form, share) => {
      const contents = [appointmentItem(a), appointmentItem(b), contactItem(contact), distListItem(list)];
      const bytes = fileWith(form, contents);
      endsWell(bytes.subarray(0, Math.floor(bytes.length * share)));
    }),
    runs(40),
  );
});
