/**
 * Properties as MAPI knows them. A {@link PropKey} names a property without its type:
 * `t:3001` a tag below 0x8000, `i:{GUID}:8005` a numbered name, `n:{GUID}:Keywords` a text name. GUIDs are upper case.
 */
export type PropKey = string;

/** The property types the emulator stores. */
export const PT = {
  I2: 0x0002,
  LONG: 0x0003,
  DOUBLE: 0x0005,
  BOOLEAN: 0x000b,
  I8: 0x0014,
  UNICODE: 0x001f,
  SYSTIME: 0x0040,
  BINARY: 0x0102,
  MV_LONG: 0x1003,
  MV_UNICODE: 0x101f,
  MV_BINARY: 0x1102,
} as const satisfies Record<string, number>;
export type PropType = (typeof PT)[keyof typeof PT];

/**
 * A property's value. SYSTIME is UTC text `YYYY-MM-DDTHH:MM:SS`; lists stand for the multi-valued types.
 */
export type TypedValue = {
  readonly type: PropType;
  readonly value: string | number | boolean | Uint8Array | readonly (string | number | Uint8Array)[];
};

export const PSETID = {
  address: '{00062004-0000-0000-C000-000000000046}',
  appointment: '{00062002-0000-0000-C000-000000000046}',
  common: '{00062008-0000-0000-C000-000000000046}',
  meeting: '{6ED8DA90-450B-101B-98DA-00AA003F1305}',
  publicStrings: '{00020329-0000-0000-C000-000000000046}',
  internetHeaders: '{00020386-0000-0000-C000-000000000046}',
} as const;

/** The key of a tag: `tag(0x3001)`. */
export function tag(id: number): PropKey {
  return `t:${hex4(id)}`;
}

/** The key of a numbered name: `named(PSETID.address, 0x8005)`. */
export function named(set: string, id: number): PropKey {
  return `i:${set}:${hex4(id)}`;
}

/** The key of a text name. */
export function namedText(set: string, name: string): PropKey {
  return `n:${set}:${name}`;
}

function hex4(id: number): string {
  return id.toString(16).toUpperCase().padStart(4, '0');
}

/** Tags and names that several files use. @source outlook-objects.md section 6; outlook-calendar.md section 8.1 */
export const PROP = {
  messageClass: tag(0x001a),
  importance: tag(0x0017),
  sensitivity: tag(0x0036),
  subject: tag(0x0037),
  normalizedSubject: tag(0x0e1d),
  conversationTopic: tag(0x0070),
  body: tag(0x1000),
  rtf: tag(0x1009),
  displayName: tag(0x3001),
  comment: tag(0x3004),
  created: tag(0x3007),
  modified: tag(0x3008),
  searchKey: tag(0x300b),
  recordKey: tag(0x0ff9),
  entryId: tag(0x0fff),
  size: tag(0x0e08),
  containerClass: tag(0x3613),
  keywords: namedText(PSETID.publicStrings, 'Keywords'),
  private: named(PSETID.common, 0x8506),
  reminderSet: named(PSETID.common, 0x8503),
  reminderTime: named(PSETID.common, 0x8502),
  reminderDelta: named(PSETID.common, 0x8501),
  companies: named(PSETID.common, 0x8539),
  mileage: named(PSETID.common, 0x8534),
  billing: named(PSETID.common, 0x8535),
  attachData: tag(0x3701),
  attachMethod: tag(0x3705),
  attachFileName: tag(0x3707),
  attachHidden: tag(0x7ffe),
  contactPhoto: tag(0x7fff),
  smtpAddress: tag(0x39fe),
} as const;
