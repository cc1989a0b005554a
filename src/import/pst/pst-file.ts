/** The appointments, contacts and lists of an Outlook data file, as domain values. */
import { digestText } from '../../base/digest.ts';
import { isFailure } from '../../base/failure.ts';
import { seriesKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import { outlookContact } from '../../mapping/outlook/contact/contact.ts';
import { outlookDistList } from '../../mapping/outlook/contact/dist-list.ts';
import { outlookEvent } from '../../mapping/outlook/event/event.ts';
import type { ByteSource } from '../byte-source.ts';
import { damagedFile, importFailure } from '../failures.ts';
import type { Found, ImportFile, ItemKind, ReadingContext } from '../found.ts';
import { appointmentOf } from './appointment.ts';
import { contactOf } from './contact.ts';
import { distListOf } from './dist-list.ts';
import { openPst, type PstItem } from './open-pst.ts';

/** @throws IMPORT_DAMAGED, IMPORT_ENCRYPTED, IMPORT_PASSWORD, IMPORT_KIND_UNKNOWN */
export function pstFile(source: ByteSource, context: ReadingContext): ImportFile {
  const pst = within(() => openPst(source));
  if (pst.password)
    throw importFailure(
      'IMPORT_PASSWORD',
      'The Outlook data file is protected by a password. Take the password off in Outlook (File, Account Settings, Data Files, Settings, ' +
        'Change Password) and import the file again.',
    );
  let done = 0;
  return {
    kind: 'pst',
    total: pst.items,
    done: () => done,
    found: function* () {
      done = 0;
      for (const entry of pst.entries()) {
        done++;
        yield readEntry(() => entry.item(), context);
      }
    },
  };
}

/** @throws IMPORT_DAMAGED also where a number of the file points beyond it */
function within<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw damagedFile('a place in it is beyond its end');
    throw error;
  }
}

/** What an item of this class is; undefined for what is not imported. @source MS-OXCMSG; outlook-calendar.md 1.1 */
export function kindOfClass(messageClass: string): ItemKind | undefined {
  const name = messageClass.toLowerCase();
  if (name === 'ipm.appointment' || name.startsWith('ipm.appointment.')) return 'event';
  if (name === 'ipm.contact' || name.startsWith('ipm.contact.')) return 'contact';
  return name === 'ipm.distlist' || name.startsWith('ipm.distlist.') ? 'group' : undefined;
}

function readEntry(open: () => PstItem, context: ReadingContext): Found {
  let item: PstItem | undefined;
  try {
    item = open();
    const what = kindOfClass(item.messageClass);
    return what === undefined ? { kind: 'other' } : readItem(item, what, context);
  } catch (error) {
    // A number of the file that points beyond it makes the runtime complain: that is damage, too.
    const damage = error instanceof RangeError ? damagedFile('a place in it is beyond its end') : error;
    if (!isFailure(damage) || damage.code === 'IMPORT_UNREADABLE') throw error;
    // What cannot even be told for what it is may be a mail, of which a mailbox has most.
    const what = item && kindOfClass(item.messageClass);
    if (item === undefined || what === undefined) return { kind: 'other' };
    const reason = RECURRENCES.has(damage.code) ? 'recurrence' : 'damaged';
    return { kind: 'refused', what, title: titleOf(item), reason, detail: damage.message, from: item.folder };
  }
}

/** The series is whole, and no rule of the server's says what it says. */
const RECURRENCES: ReadonlySet<string> = new Set([
  'OUTLOOK_UNSUPPORTED_RECURRENCE',
  'SERIES_WEEK_START',
  'SIMPLIFIED_SERIES_CHANGED',
]);

function readItem(item: PstItem, what: ItemKind, context: ReadingContext): Found {
  const { folder: from } = item;
  const refused = (reason: 'deleted' | 'no-start' | 'invalid', detail: string): Found => {
    return { kind: 'refused', what, title: titleOf(item), reason, detail, from };
  };
  if (item.deleted) return refused('deleted', 'it lies in Deleted Items');
  if (what === 'event') {
    const appointment = appointmentOf(item, { home: context.zone, ownAddress: context.ownAddress });
    if (typeof appointment === 'string') return refused('no-start', appointment);
    return { kind: 'event', series: withUid(outlookEvent.read(appointment, context)), from };
  }
  if (what === 'contact') {
    const { contact, photo } = contactOf(item);
    return { kind: 'card', card: outlookContact.read(contact), photo, from };
  }
  const group = outlookDistList.read(distListOf(item, uidOfNode));
  return { kind: 'card', card: { ...group, uid: uidOfNode(item.nid) }, photo: undefined, from };
}

/** Lists name each other by their nodes; whoever stores them finds other uids for these. */
function uidOfNode(nid: number): string {
  return `pst-node-${nid}`;
}

/** An appointment that was never saved by Outlook has no global id: its content is its key, the same at every import. */
function withUid(series: Series): Series {
  return series.uid === '' ? { ...series, uid: `import-${digestText(seriesKit.fingerprint(series))}` } : series;
}

const SUBJECT = 0x0037;
const DISPLAY_NAME = 0x3001;

function titleOf(item: PstItem): string {
  try {
    return item.properties.text(SUBJECT) || item.properties.text(DISPLAY_NAME) || '';
  } catch {
    return '';
  }
}
