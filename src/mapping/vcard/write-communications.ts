/** The lines of a card that say how to reach it, and those that make it a group. */
import type { Parameter, VCard, VCardMember } from '../../wire/addressbook.ts';
import { valuesOf, writeParameters, writeParameterValue } from './parameters.ts';
import { escapeLine, escapeText } from './text-value.ts';

type Qualified = {
  readonly value?: string | null | undefined;
  readonly parameters?: readonly Parameter[] | null | undefined;
};

/** The kind of the card and, for a group, its members. */
export function groupLines(value: VCard): string[] {
  if (value.kind !== 'group') return [`KIND:${value.kind ?? 'individual'}`];
  return ['X-ADDRESSBOOKSERVER-KIND:group', ...(value.organizational?.member ?? []).map(memberLine)];
}

function memberLine(member: VCardMember): string {
  const name = member.commonName ? `;X-CN=${writeParameterValue(member.commonName)}` : '';
  const mail = member.mailto ? `;X-MAILTO=${writeParameterValue(member.mailto)}` : '';
  const uid = member.itemUid ? `urn:uuid:${member.containerUid ? `${member.containerUid},` : ''}${member.itemUid}` : '';
  return `X-ADDRESSBOOKSERVER-MEMBER${name}${mail}:${escapeLine(uid)}`;
}

/** Telephones, e-mail, messaging, web pages and languages. */
export function communicationLines(value: VCard): string[] {
  const { tels = [], emails = [], impps = [], langs = [] } = value.communications ?? {};
  const number = (tel: NonNullable<typeof tels>[number]) =>
    tel.ext ? escapeLine(`tel:${tel.value ?? ''};ext=${tel.ext}`) : escapeText(tel.value ?? '');
  return [
    ...(tels ?? []).flatMap((tel, at) => qualifiedLines('TEL', tel, { text: number(tel), group: `tel${at + 1}` })),
    ...listLines('EMAIL', emails, 'mail', escapeText),
    ...listLines('IMPP', impps, 'im', escapeLine),
    ...listLines('URL', value.explanatory?.urls ?? [], 'url', escapeLine),
    ...listLines('LANG', langs, 'lang', escapeText),
  ];
}

function listLines(
  name: string,
  list: readonly Qualified[] | null | undefined,
  group: string,
  escaped: (text: string) => string,
): string[] {
  return (list ?? []).flatMap((entry, at) =>
    qualifiedLines(name, entry, { text: escaped(entry.value ?? ''), group: `${group}${at + 1}` }),
  );
}

/** A value with its parameters; one with an own label is grouped with the line of that label, as Apple's programs do. */
function qualifiedLines(
  name: string,
  entry: Qualified,
  line: { readonly text: string; readonly group: string },
): string[] {
  if (!entry.value) return [];
  const text = `${name}${writeParameters(entry.parameters)}:${line.text}`;
  const [label] = valuesOf(entry.parameters, 'X-ABLABEL');
  return label === undefined ? [text] : [`${line.group}.${text}`, `${line.group}.X-ABLabel:${escapeText(label)}`];
}

/** Postal addresses; the label of one is tied to it by a group. */
export function addressLines(value: VCard): string[] {
  return (value.deliveryAddressing ?? []).flatMap(({ address }, at) => {
    const parts = [
      address?.postOfficeBox,
      address?.extentedAddress,
      address?.streetAddress,
      address?.locality,
      address?.region,
      address?.postalCode,
      address?.countryName,
    ];
    if (!parts.some(Boolean)) return [];
    const text = `ADR${writeParameters(address?.parameters)}:${parts.map((part) => escapeText(part ?? '')).join(';')}`;
    const [own] = valuesOf(address?.parameters, 'X-ABLABEL');
    if (!address?.value && own === undefined) return [text];
    return [
      `adr${at + 1}.${text}`,
      ...(address?.value ? [`adr${at + 1}.LABEL:${escapeText(address.value)}`] : []),
      ...(own === undefined ? [] : [`adr${at + 1}.X-ABLabel:${escapeText(own)}`]),
    ];
  });
}
