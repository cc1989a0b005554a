/**
 * Outlook's global object id ↔ the iCalendar UID.
 *
 * The id is 16 fixed bytes, the date of the occurrence it speaks of (zero for a series and for single items), a creation
 * time, 8 zero bytes, and data behind its length. An id made by Outlook is, as hex without the date, itself the UID; a UID made
 * elsewhere lies in the data behind a marker. Ids are handled as upper-case hex, the form of GlobalAppointmentID.
 * @source MS-OXOCAL 2.2.1.27; MS-OXCICAL 2.1.3.1.1.20.26; bluemind-api.md 4.10
 */
import { decodeUtf8, encodeUtf8, fromHex, toHex } from '../../base/utf8.ts';
import { byteWriter } from './bytes.ts';

const CLASS_ID = '040000008200E00074C5B7101A82E008';
/** `vCal-Uid` and a version of 1. */
const UID_MARKER = '7643616C2D55696401000000';
/** Hex digits before the data: class id, date, creation time, zeros, length. */
const HEAD_DIGITS = 80;
const DATE_FROM = 32;
const DATE_TO = 40;

/** The UID that an id stands for, the same for a series and its occurrences; undefined when `id` is not an id. */
export function uidOfGlobalId(id: string): string | undefined {
  if (!isGlobalId(id)) return undefined;
  const data = id.slice(HEAD_DIGITS).toUpperCase();
  if (!data.startsWith(UID_MARKER)) return cleanGlobalId(id);
  const uid = decodeUtf8(fromHex(data.slice(UID_MARKER.length)));
  const end = uid.indexOf('\0');
  return end < 0 ? uid : uid.slice(0, end);
}

/** The id for a UID: the UID itself where it is one of Outlook's, else one that wraps it. */
export function globalIdOfUid(uid: string): string {
  if (isGlobalId(uid)) return cleanGlobalId(uid);
  const text = encodeUtf8(uid);
  const length = UID_MARKER.length / 2 + text.length + 1;
  const head = byteWriter().bytes(fromHex(CLASS_ID)).bytes(new Uint8Array(20)).u32(length).bytes(fromHex(UID_MARKER));
  return toHex(head.bytes(text).u8(0).done());
}

/** Whether the UID can be told from its id alone: not so for Outlook ids in small letters or with a date. */
export function globalIdKeepsUid(uid: string): boolean {
  return uid !== '' && uidOfGlobalId(globalIdOfUid(uid)) === uid;
}

/** The date of the occurrence that the id speaks of, `YYYY-MM-DD`. */
export function instanceDateOf(id: string): string | undefined {
  if (!isGlobalId(id)) return undefined;
  const [yearHigh = 0, yearLow = 0, month = 0, day = 0] = fromHex(id.slice(DATE_FROM, DATE_TO));
  const year = yearHigh * 256 + yearLow;
  if (year === 0 || month === 0 || day === 0) return undefined;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The id of one occurrence of a series; `date` is its original date, `YYYY-MM-DD`. */
export function withInstanceDate(id: string, date: string): string {
  const [year = 0, month = 0, day = 0] = date.slice(0, 10).split('-').map(Number);
  return (
    id.slice(0, DATE_FROM) + toHex(Uint8Array.of(year >> 8, year & 0xff, month, day)) + id.slice(DATE_TO).toUpperCase()
  );
}

/** The id without a date (PidLidCleanGlobalObjectId): the same for a series and all its occurrences. */
export function cleanGlobalId(id: string): string {
  return `${id.slice(0, DATE_FROM)}00000000${id.slice(DATE_TO)}`.toUpperCase();
}

/**
 * A new id, as Outlook gives to an item at its first save.
 * @param created @units milliseconds since 1970-01-01
 * @param random 16 bytes
 */
export function newGlobalId(created: number, random: Uint8Array): string {
  const fileTime = (BigInt(Math.trunc(created)) + 11_644_473_600_000n) * 10_000n;
  const head = byteWriter().bytes(fromHex(CLASS_ID)).u32(0);
  head
    .u32(Number(fileTime & 0xffffffffn))
    .u32(Number(fileTime >> 32n))
    .bytes(new Uint8Array(8));
  return toHex(head.u32(random.length).bytes(random).done());
}

/** Hex of either case, with the class id and at least one byte of data, as BlueMind's converter demands. */
function isGlobalId(text: string): boolean {
  return (
    text.length >= HEAD_DIGITS + 2 &&
    text.length % 2 === 0 &&
    text.slice(0, CLASS_ID.length).toUpperCase() === CLASS_ID &&
    /^[0-9A-Fa-f]+$/.test(text)
  );
}
