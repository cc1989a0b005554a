/** The address members of a contact: full text and parts of each address, and the mailing address that mirrors one of them. */
import { long, text } from './arguments.ts';
import { type AddressParts, composeAddress, parseAddress } from './contact-address-text.ts';
import type { Member, MemberTable } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Column } from './item-class.ts';
import type { LiveItem } from './live-item.ts';
import { named, type PropKey, PSETID, PT, tag } from './property.ts';

type Kind = 'Home' | 'Business' | 'Other';
type AddressKeys = { readonly full: PropKey } & Readonly<Record<keyof AddressParts, PropKey>>;

const contact = (id: number) => named(PSETID.address, id);

const KEYS: Readonly<Record<Kind | 'Mailing', AddressKeys>> = {
  Home: {
    full: contact(0x801a),
    street: tag(0x3a5d),
    city: tag(0x3a59),
    state: tag(0x3a5c),
    postalCode: tag(0x3a5b),
    country: tag(0x3a5a),
    postOfficeBox: tag(0x3a5e),
  },
  Business: {
    full: contact(0x801b),
    street: contact(0x8045),
    city: contact(0x8046),
    state: contact(0x8047),
    postalCode: contact(0x8048),
    country: contact(0x8049),
    postOfficeBox: contact(0x804a),
  },
  Other: {
    full: contact(0x801c),
    street: tag(0x3a63),
    city: tag(0x3a5f),
    state: tag(0x3a62),
    postalCode: tag(0x3a61),
    country: tag(0x3a60),
    postOfficeBox: tag(0x3a64),
  },
  Mailing: {
    full: tag(0x3a15),
    street: tag(0x3a29),
    city: tag(0x3a27),
    state: tag(0x3a28),
    postalCode: tag(0x3a2a),
    country: tag(0x3a26),
    postOfficeBox: tag(0x3a2b),
  },
};

const PARTS: readonly (readonly [suffix: string, part: keyof AddressParts])[] = [
  ['Street', 'street'],
  ['City', 'city'],
  ['State', 'state'],
  ['PostalCode', 'postalCode'],
  ['Country', 'country'],
  ['PostOfficeBox', 'postOfficeBox'],
];

/** OlMailingAddress: 0 none, 1 home, 2 business, 3 other. */
const SELECTED = contact(0x8022);
const SELECTABLE: readonly (Kind | undefined)[] = [undefined, 'Home', 'Business', 'Other'];

function partsOf(item: LiveItem, keys: AddressKeys): AddressParts {
  const entries = PARTS.map(([, part]) => [part, item.bag.text(keys[part])] as const);
  return Object.fromEntries(entries) as AddressParts;
}

/** Writing a part builds the full text again. */
function putPart(item: LiveItem, kind: Kind | 'Mailing', part: keyof AddressParts, value: string): void {
  const keys = KEYS[kind];
  item.bag.setText(keys[part], value);
  item.bag.setText(keys.full, composeAddress(partsOf(item, keys), item.session.locale().language));
  changed(item, kind, value);
}

/** Writing the full text overwrites the parts. */
function putFull(item: LiveItem, kind: Kind | 'Mailing', value: string): void {
  const keys = KEYS[kind];
  item.bag.setText(keys.full, value);
  const parts = parseAddress(value);
  for (const [, part] of PARTS) item.bag.setText(keys[part], parts[part]);
  changed(item, kind, value);
}

/** The first address entered becomes the mailing address; a change of the chosen one is mirrored. */
function changed(item: LiveItem, kind: Kind | 'Mailing', value: string): void {
  if (kind === 'Mailing') return;
  const number = SELECTABLE.indexOf(kind);
  if (item.bag.long(SELECTED) === 0 && value !== '') item.bag.setLong(SELECTED, number);
  if (item.bag.long(SELECTED) === number) mirror(item, kind);
}

function mirror(item: LiveItem, kind: Kind): void {
  item.bag.setText(KEYS.Mailing.full, item.bag.text(KEYS[kind].full));
  for (const [, part] of PARTS) item.bag.setText(KEYS.Mailing[part], item.bag.text(KEYS[kind][part]));
}

function membersOf(kind: Kind | 'Mailing'): MemberTable<LiveItem> {
  const full: Member<LiveItem> = {
    get: (item) => item.bag.text(KEYS[kind].full),
    put: (item, value) => putFull(item, kind, text(value)),
  };
  const parts = PARTS.map(([suffix, part]): [string, Member<LiveItem>] => [
    `${kind}Address${suffix}`,
    {
      get: (item) => item.bag.text(KEYS[kind][part]),
      put: (item, value) => putPart(item, kind, part, text(value)),
    },
  ]);
  return { [`${kind}Address`]: full, ...Object.fromEntries(parts) };
}

/** The members. */
export const CONTACT_ADDRESS_MEMBERS: MemberTable<LiveItem> = {
  ...membersOf('Home'),
  ...membersOf('Business'),
  ...membersOf('Other'),
  ...membersOf('Mailing'),
  SelectedMailingAddress: {
    get: (item) => item.bag.long(SELECTED),
    put: (item, value) => {
      const number = long(value);
      if (number < 0 || number > 3) fail('INVALID_ARGUMENT');
      item.bag.setLong(SELECTED, number);
      const kind = SELECTABLE[number];
      if (kind !== undefined) mirror(item, kind);
    },
  },
};

/** The columns, for tables and filters. */
export const CONTACT_ADDRESS_COLUMNS: Readonly<Record<string, Column>> = Object.fromEntries(
  (['Home', 'Business', 'Other', 'Mailing'] as const).flatMap((kind) => [
    [`${kind}Address`, { key: KEYS[kind].full, type: PT.UNICODE }] as const,
    ...PARTS.map(([suffix, part]) => [`${kind}Address${suffix}`, { key: KEYS[kind][part], type: PT.UNICODE }] as const),
  ]),
);
