/**
 * The dictionary of settings in a hidden item (PidTagRoamingDictionary): entries `<e k="18-name" v="9-15"/>`, whose values say their
 * type by a number: 3 Boolean, 9 whole number, 18 text.
 * @source MS-OXOCFG 2.2.5.1; outlook-calendar.md section 9
 */
import { escapedText } from './xml-text.ts';

/** A whole number of the dictionary; undefined when there is none of this name, or it is of another type. */
export function numberIn(xml: string, name: string): number | undefined {
  const found = entryOf(name).exec(xml);
  const [, digits] = /\sv\s*=\s*["']9-(-?\d{1,10})["']/.exec(found?.[0] ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The dictionary with this number in it; everything else, other entries above all, stays as it is. */
export function withNumber(xml: string, name: string, value: number): string {
  const entry = `<e k="18-${escapedText(name)}" v="9-${value}"/>`;
  if (entryOf(name).test(xml)) return xml.replace(entryOf(name), () => entry);
  return xml.replace(/<\/(?:\w+:)?Data\s*>/, (end) => entry + end);
}

function entryOf(name: string): RegExp {
  return new RegExp(`<e\\s[^<>]*\\bk\\s*=\\s*["']18-${name}["'][^<>]*>`);
}
