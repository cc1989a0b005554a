/** The name members of a contact and what follows from them: FullName and FileAs. */
import { text } from './arguments.ts';
import {
  composeFullName,
  FILE_AS_BY_USER,
  fileAs,
  isDoubleByte,
  joined,
  type NameParts,
  orderOf,
  parseFullName,
} from './contact-names.ts';
import type { Member, MemberTable } from './dispatch.ts';
import type { LiveItem } from './live-item.ts';
import { named, PROP, type PropKey, PSETID, tag } from './property.ts';

const PARTS = {
  title: tag(0x3a45),
  first: tag(0x3a06),
  middle: tag(0x3a44),
  last: tag(0x3a11),
  suffix: tag(0x3a05),
} as const satisfies Record<keyof NameParts, PropKey>;
const COMPANY = tag(0x3a16);
const FILE_AS = named(PSETID.address, 0x8005);
const FILE_AS_ID = named(PSETID.address, 0x8006);

/** Names of the text members, for columns. */
export const NAME_TEXTS: Readonly<Record<string, PropKey>> = {
  Title: PARTS.title,
  FirstName: PARTS.first,
  MiddleName: PARTS.middle,
  LastName: PARTS.last,
  Suffix: PARTS.suffix,
  FullName: PROP.displayName,
  FileAs: FILE_AS,
  CompanyName: COMPANY,
};

/** A new contact files itself by the user's option. */
export function startNames(item: LiveItem): void {
  item.bag.setLong(FILE_AS_ID, item.session.switches.fileAsOrder);
}

function partsOf({ bag }: LiveItem): NameParts {
  const part = (key: PropKey) => bag.text(key);
  return {
    title: part(PARTS.title),
    first: part(PARTS.first),
    middle: part(PARTS.middle),
    last: part(PARTS.last),
    suffix: part(PARTS.suffix),
  };
}

/** "File as" follows name and company until the user writes it. */
function refile(item: LiveItem): void {
  const order = item.bag.long(FILE_AS_ID, item.session.switches.fileAsOrder);
  if (order === FILE_AS_BY_USER) return;
  item.bag.setText(FILE_AS, fileAs(order, partsOf(item), item.bag.text(PROP.displayName), item.bag.text(COMPANY)));
}

function partMember(key: PropKey): Member<LiveItem> {
  return {
    get: (item) => item.bag.text(key),
    put: (item, value) => {
      item.bag.setText(key, text(value));
      item.bag.setText(PROP.displayName, composeFullName(partsOf(item)));
      refile(item);
    },
  };
}

/** Writing the full name overwrites the parts. */
function putFullName(item: LiveItem, fullName: string): void {
  const parts = parseFullName(fullName);
  for (const part of Object.keys(PARTS) as (keyof NameParts)[]) item.bag.setText(PARTS[part], parts[part]);
  item.bag.setText(PROP.displayName, fullName.trim());
  refile(item);
}

/** A text that is one of the computed forms selects its order; any other is the user's own and stays. */
function putFileAs(item: LiveItem, written: string): void {
  const order = orderOf(written, partsOf(item), item.bag.text(PROP.displayName), item.bag.text(COMPANY));
  item.bag.setText(FILE_AS, written);
  item.bag.setLong(FILE_AS_ID, order ?? FILE_AS_BY_USER);
}

/** Filled only where the parts are of a double-byte script. */
function doubleByteOnly(make: (parts: NameParts, company: string) => string): Member<LiveItem> {
  return {
    get: (item) => {
      const parts = partsOf(item);
      return isDoubleByte(parts.first + parts.last) ? make(parts, item.bag.text(COMPANY)) : '';
    },
  };
}

function read(make: (parts: NameParts, fullName: string, company: string) => string): Member<LiveItem> {
  return { get: (item) => make(partsOf(item), item.bag.text(PROP.displayName), item.bag.text(COMPANY)) };
}

/** The members. */
export const CONTACT_NAME_MEMBERS: MemberTable<LiveItem> = {
  Title: partMember(PARTS.title),
  FirstName: partMember(PARTS.first),
  MiddleName: partMember(PARTS.middle),
  LastName: partMember(PARTS.last),
  Suffix: partMember(PARTS.suffix),
  FullName: {
    get: (item) => item.bag.text(PROP.displayName),
    put: (item, value) => putFullName(item, text(value)),
  },
  CompanyName: {
    get: (item) => item.bag.text(COMPANY),
    put: (item, value) => {
      item.bag.setText(COMPANY, text(value));
      refile(item);
    },
  },
  FileAs: {
    get: (item) => item.bag.text(FILE_AS),
    put: (item, value) => putFileAs(item, text(value)),
  },
  LastNameAndFirstName: read(({ last, first, middle }) => joined(', ', last, joined(' ', first, middle))),
  FullNameAndCompany: read((_, fullName, company) => joined('\r\n', fullName, company)),
  CompanyAndFullName: read((_, fullName, company) => joined('\r\n', company, fullName)),
  LastFirstNoSpace: doubleByteOnly(({ last, first }) => `${last}${first}`),
  LastFirstSpaceOnly: doubleByteOnly(({ last, first }) => joined(' ', last, first)),
  LastFirstAndSuffix: doubleByteOnly(({ last, first, suffix }) => joined(' ', last, first, suffix)),
  LastFirstNoSpaceAndSuffix: doubleByteOnly(({ last, first, suffix }) => joined(' ', `${last}${first}`, suffix)),
  LastFirstNoSpaceCompany: doubleByteOnly(({ last, first }, company) => joined('\r\n', `${last}${first}`, company)),
  LastFirstSpaceOnlyCompany: doubleByteOnly(({ last, first }, company) =>
    joined('\r\n', joined(' ', last, first), company),
  ),
  CompanyLastFirstNoSpace: doubleByteOnly(({ last, first }, company) => joined('\r\n', company, `${last}${first}`)),
  CompanyLastFirstSpaceOnly: doubleByteOnly(({ last, first }, company) =>
    joined('\r\n', company, joined(' ', last, first)),
  ),
};
