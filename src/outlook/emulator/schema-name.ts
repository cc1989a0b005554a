/**
 * Schema names by which PropertyAccessor, Table columns and DASL filters address a property. They are case-sensitive and begin
 * with http, not https.
 * @source VBA how-to, referencing properties by namespace; outlook-objects.md section 5
 */
import { named, namedText, PROP, type PropKey, PSETID, PT, tag } from './property.ts';

/** What a schema name says; `type` undefined where it leaves the type open. */
export type SchemaName = {
  readonly key: PropKey;
  readonly type: number | undefined;
  readonly form: 'tag' | 'id' | 'string' | 'urn';
};

const PREFIX = 'http://schemas.microsoft.com/mapi/';
const TAG = /^proptag\/0x([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})$/;
const ID = /^id\/(\{[0-9A-Fa-f-]{36}\})\/(?:0x)?([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})$/;
const STRING = /^string\/(\{[0-9A-Fa-f-]{36}\})\/(.+?)(?:\/0x0000([0-9A-Fa-f]{4}))?$/;

/** What `name` addresses; undefined when it is no schema name. */
export function parseSchemaName(name: string): SchemaName | undefined {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const made = parse(name);
  if (parsed.size > MOST_NAMES) parsed.clear();
  if (made !== undefined) parsed.set(name, made);
  return made;
}

/** A client asks for the same few names for every item. */
const parsed = new Map<string, SchemaName>();
const MOST_NAMES = 2000;

function parse(name: string): SchemaName | undefined {
  const urn = URNS.get(name);
  if (urn !== undefined) return { key: urn.key, type: urn.type, form: 'urn' };
  if (!name.startsWith(PREFIX)) return undefined;
  const rest = name.slice(PREFIX.length);
  const asTag = TAG.exec(rest);
  if (asTag !== null) {
    const id = Number.parseInt(asTag[1] ?? '', 16);
    return id < 0x8000 ? { key: tag(id), type: typeOf(asTag[2]), form: 'tag' } : undefined;
  }
  const asId = ID.exec(rest);
  if (asId !== null) {
    const key = named((asId[1] ?? '').toUpperCase(), Number.parseInt(asId[2] ?? '', 16));
    return { key, type: typeOf(asId[3]), form: 'id' };
  }
  const asString = STRING.exec(rest);
  if (asString === null) return undefined;
  const key = namedText((asString[1] ?? '').toUpperCase(), unescapeName(asString[2] ?? ''));
  return { key, type: asString[3] === undefined ? undefined : typeOf(asString[3]), form: 'string' };
}

/** Whether two type codes say the same: 8-bit and Unicode text are interchangeable. */
export function sameType(a: number, b: number): boolean {
  return normalType(a) === normalType(b);
}

/** The type as the emulator stores it. */
export function normalType(type: number): number {
  if (type === 0x001e) return PT.UNICODE;
  return type === 0x101e ? PT.MV_UNICODE : type;
}

function typeOf(hex: string | undefined): number {
  return normalType(Number.parseInt(hex ?? '0', 16));
}

function unescapeName(name: string): string {
  return name.replace(/%(20|22|27|25)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const contact = (id: number) => named(PSETID.address, id);
const calendar = (id: number) => named(PSETID.appointment, id);
const text = (key: PropKey) => ({ key, type: PT.UNICODE });
const time = (key: PropKey) => ({ key, type: PT.SYSTIME });

/** The urn and DAV names that sync programs use. */
const URNS: ReadonlyMap<string, { readonly key: PropKey; readonly type: number }> = new Map<
  string,
  { readonly key: PropKey; readonly type: number }
>([
  ['DAV:getlastmodified', time(PROP.modified)],
  ['DAV:creationdate', time(PROP.created)],
  ['DAV:contentclass', text(PROP.messageClass)],
  ['urn:schemas:httpmail:subject', text(PROP.subject)],
  ['urn:schemas:httpmail:normalizedsubject', text(PROP.normalizedSubject)],
  ['urn:schemas:httpmail:textdescription', text(PROP.body)],
  ['urn:schemas:httpmail:importance', { key: PROP.importance, type: PT.LONG }],
  ['urn:schemas-microsoft-com:office:office#Keywords', { key: PROP.keywords, type: PT.MV_UNICODE }],
  ['urn:schemas-microsoft-com:office:outlook#messageclass', text(PROP.messageClass)],
  ['urn:schemas:calendar:dtstart', time(calendar(0x820d))],
  ['urn:schemas:calendar:dtend', time(calendar(0x820e))],
  ['urn:schemas:calendar:location', text(calendar(0x8208))],
  ['urn:schemas:calendar:alldayevent', { key: calendar(0x8215), type: PT.BOOLEAN }],
  ['urn:schemas:contacts:givenName', text(tag(0x3a06))],
  ['urn:schemas:contacts:sn', text(tag(0x3a11))],
  ['urn:schemas:contacts:middlename', text(tag(0x3a44))],
  ['urn:schemas:contacts:cn', text(PROP.displayName)],
  ['urn:schemas:contacts:o', text(tag(0x3a16))],
  ['urn:schemas:contacts:department', text(tag(0x3a18))],
  ['urn:schemas:contacts:title', text(tag(0x3a17))],
  ['urn:schemas:contacts:fileas', text(contact(0x8005))],
  ['urn:schemas:contacts:email1', text(contact(0x8083))],
  ['urn:schemas:contacts:email2', text(contact(0x8093))],
  ['urn:schemas:contacts:email3', text(contact(0x80a3))],
  ['urn:schemas:contacts:bday', time(tag(0x3a42))],
]);
