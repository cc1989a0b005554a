/**
 * The custom fields of an item that were made with UserProperties.Add: a definition beside the value. Outlook keeps definitions
 * in a stream (PidLidPropertyDefinitionStream); here the stream's bytes are a list of names and types.
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import type { LiveItem } from './live-item.ts';
import { named, namedText, type PropKey, PSETID } from './property.ts';

/** `type` is OlUserPropertyType: 1 text, 3 number, 5 date, 6 yes/no, 11 keywords, 20 integer. */
export type UserPropertyDefinition = { readonly name: string; readonly type: number };

const DEFINITIONS = named(PSETID.common, 0x8540);

/** The definitions on the item. */
export function userPropertyDefinitions(item: LiveItem): readonly UserPropertyDefinition[] {
  const stream = item.bag.binary(DEFINITIONS);
  return stream === undefined ? [] : (JSON.parse(decodeUtf8(stream)) as UserPropertyDefinition[]);
}

/** Replaces the definitions on the item. */
export function putUserPropertyDefinitions(item: LiveItem, definitions: readonly UserPropertyDefinition[]): void {
  item.bag.setBinary(DEFINITIONS, encodeUtf8(JSON.stringify(definitions)));
}

/** Where a user property's value lies. */
export function userPropertyKey(name: string): PropKey {
  return namedText(PSETID.publicStrings, name);
}

/** Whether the item defines a user property whose value lies at `key`. */
export function definesUserProperty(item: LiveItem, key: PropKey): boolean {
  return userPropertyDefinitions(item).some(({ name }) => userPropertyKey(name) === key);
}
