/**
 * The two forms in which Outlook stores the zone of an item: TZREG (PidLidTimeZoneStruct, one pair of rules) and TZDEFINITION
 * (PidLidAppointmentTimeZoneDefinition…, the zone's key name and its rules over the years).
 * @source MS-OXOCAL 2.2.1.39, 2.2.1.41; client developer documentation "about persisting TZDEFINITION"
 */
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from './bytes.ts';
import { badStructure } from './structure-failure.ts';

/** SYSTEMTIME. With year 0 it is a rule: `day` is the week of the month, 5 = the last; month 0 = never. */
export type SystemTime = {
  readonly year: number;
  readonly month: number;
  /** 0 = Sunday */
  readonly dayOfWeek: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
};

/**
 * How a zone keeps time: UTC = local time + `bias` + `standardBias` or `daylightBias`.
 * @units biases in minutes; the dates are wall times before the change
 */
export type ZoneRule = {
  readonly bias: number;
  readonly standardBias: number;
  readonly daylightBias: number;
  readonly standardDate: SystemTime;
  readonly daylightDate: SystemTime;
};

/** TZREG. */
export type ZoneStruct = ZoneRule & { readonly standardYear: number; readonly daylightYear: number };

/** Flags of a rule in a TZDEFINITION. */
export const RULE_FLAG = { recurCurrent: 1, effective: 2 } as const;

export type DatedRule = ZoneRule & {
  readonly flags: number;
  /** From when on the rule holds (UTC); the year is what counts. */
  readonly from: SystemTime;
};

/** TZDEFINITION. */
export type ZoneDefinition = {
  /** The Windows id, '' where the writer gave none. */
  readonly keyName: string;
  readonly rules: readonly DatedRule[];
};

const VALID_KEY_NAME = 2;
const RULE_BYTES = 0x3e;
/** @source "about persisting TZDEFINITION": TZ_MAX_RULES */
const MOST_RULES = 1024;

/** @throws OUTLOOK_BAD_STRUCTURE */
export function readZoneStruct(bytes: Uint8Array): ZoneStruct {
  const from = byteReader(bytes, 'time zone');
  const biases = { bias: from.i32(), standardBias: from.i32(), daylightBias: from.i32() };
  const standard = { standardYear: from.u16(), standardDate: readTime(from) };
  return { ...biases, ...standard, daylightYear: from.u16(), daylightDate: readTime(from) };
}

export function writeZoneStruct(zone: ZoneStruct): Uint8Array {
  const to = byteWriter().i32(zone.bias).i32(zone.standardBias).i32(zone.daylightBias);
  writeTime(to.u16(zone.standardYear), zone.standardDate);
  writeTime(to.u16(zone.daylightYear), zone.daylightDate);
  return to.done();
}

/** @throws OUTLOOK_BAD_STRUCTURE */
export function readZoneDefinition(bytes: Uint8Array): ZoneDefinition {
  const from = byteReader(bytes, 'time zone');
  from.u16();
  const headerEnd = from.u16() + from.position();
  const keyName = (from.u16() & VALID_KEY_NAME) === 0 ? '' : from.utf16(from.u16());
  const count = from.u16();
  if (count > MOST_RULES) throw badStructure('time zone', `${count} rules`);
  if (headerEnd > from.position()) from.bytes(headerEnd - from.position());
  return { keyName: keyName.replace(/\0.*$/s, ''), rules: Array.from({ length: count }, () => readRule(from)) };
}

export function writeZoneDefinition({ keyName, rules }: ZoneDefinition): Uint8Array {
  const to = byteWriter().u8(2).u8(1);
  to.u16(6 + keyName.length * 2)
    .u16(VALID_KEY_NAME)
    .u16(keyName.length)
    .utf16(keyName)
    .u16(rules.length);
  for (const rule of rules) {
    to.u8(2).u8(1).u16(RULE_BYTES).u16(rule.flags);
    writeTime(to, rule.from);
    to.i32(rule.bias).i32(rule.standardBias).i32(rule.daylightBias);
    writeTime(to, rule.standardDate);
    writeTime(to, rule.daylightDate);
  }
  return to.done();
}

/** The rule that Outlook uses for the item: the one marked as effective, else the last one. */
export function effectiveRule({ rules }: ZoneDefinition): DatedRule | undefined {
  return rules.find(({ flags }) => (flags & RULE_FLAG.effective) !== 0) ?? rules.at(-1);
}

function readRule(from: ByteReader): DatedRule {
  from.u16();
  const length = from.u16();
  if (length < RULE_BYTES) throw badStructure('time zone', `a rule of ${length} bytes`);
  const rule = {
    flags: from.u16(),
    from: readTime(from),
    bias: from.i32(),
    standardBias: from.i32(),
    daylightBias: from.i32(),
    standardDate: readTime(from),
    daylightDate: readTime(from),
  };
  from.bytes(length - RULE_BYTES);
  return rule;
}

function readTime(from: ByteReader): SystemTime {
  return {
    year: from.u16(),
    month: from.u16(),
    dayOfWeek: from.u16(),
    day: from.u16(),
    hour: from.u16(),
    minute: from.u16(),
    second: from.u16(),
    millisecond: from.u16(),
  };
}

function writeTime(to: ByteWriter, time: SystemTime): void {
  to.u16(time.year).u16(time.month).u16(time.dayOfWeek).u16(time.day);
  to.u16(time.hour).u16(time.minute).u16(time.second).u16(time.millisecond);
}
