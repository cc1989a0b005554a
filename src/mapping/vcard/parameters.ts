/**
 * Qualifiers of values: what vCards say with TYPE, PREF and Apple's labels, the wire says with parameters.
 * TYPE words are lower-case; `pref` becomes DEFAULT=true; an own label of Apple's is kept as X-ABLABEL.
 * @loss PREF other than the first; the difference between `TYPE=a,b` and `TYPE=a;TYPE=b`
 */
import type { Parameter } from '../../wire/addressbook.ts';
import { allValues, type ContentLine, firstValue } from './content-line.ts';

/** Parameters that say how the value is written, and those that have a place of their own. */
const READ_ELSEWHERE = new Set([
  'TYPE',
  'PREF',
  'ENCODING',
  'CHARSET',
  'VALUE',
  'LABEL',
  'X-CN',
  'X-MAILTO',
  'X-ABLABEL',
]);

/** Words that say nothing: every address is an internet address today. */
const EMPTY_WORDS = new Set(['pref', 'internet', 'smtp', '']);

/** Words of other programs, by what BlueMind calls the same. */
const SAME_WORDS: ReadonlyMap<string, string> = new Map([
  ['mobile', 'cell'],
  ['iphone', 'cell'],
  ['telex', 'tlx'],
  ['x-evolution-telex', 'tlx'],
  ['textphone', 'ttytdd'],
  ['tty/tdd', 'ttytdd'],
  ['x-evolution-ttytdd', 'ttytdd'],
  ['x-evolution-assistant', 'assistant'],
  ['x-evolution-company', 'company'],
  ['x-evolution-callback', 'callback'],
  ['x-evolution-radio', 'radio'],
  ['x-assistant', 'assistant'],
  ['x-company', 'company'],
  ['x-callback', 'callback'],
  ['x-radio', 'radio'],
  ['x-car', 'car'],
]);

/** Apple's own labels that are words of TYPE; `other` is said by no word. */
const APPLE_WORDS: ReadonlyMap<string, string> = new Map([
  ['home', 'home'],
  ['work', 'work'],
  ['mobile', 'cell'],
  ['iphone', 'cell'],
  ['pager', 'pager'],
  ['workfax', 'fax'],
  ['homefax', 'fax'],
  ['main', 'company'],
  ['other', ''],
]);

/** The TYPE words of a line, translated, each once. */
export function typeWords(line: ContentLine, label: string | undefined): string[] {
  const written = allValues(line.parameters, 'TYPE').flatMap((value) => value.toLowerCase().split(','));
  const apple = APPLE_WORDS.get(appleWord(label) ?? '') ?? '';
  const words = written.map((word) => word.trim().replace(/^type=/, '')).map((word) => SAME_WORDS.get(word) ?? word);
  return [...new Set([...words, apple].filter((word) => /^[\w-]+$/.test(word) && !EMPTY_WORDS.has(word)))];
}

/** The wire parameters of a line with these TYPE words; `main`: it is the one used first. */
export function wireParameters(
  line: ContentLine,
  from: { readonly words: readonly string[]; readonly label: string | undefined; readonly main: boolean },
): Parameter[] {
  const own = line.parameters
    .filter((parameter) => !READ_ELSEWHERE.has(parameter.name))
    .map((parameter) => ({ label: parameter.name, value: parameter.values.join(',') }));
  const label = from.label !== undefined && appleWord(from.label) === undefined ? from.label : undefined;
  return [
    ...(from.main ? [{ label: 'DEFAULT', value: 'true' }] : []),
    ...from.words.map((word) => ({ label: 'TYPE', value: word })),
    ...own.filter((parameter) => parameter.value !== ''),
    ...(label === undefined ? [] : [{ label: 'X-ABLABEL', value: label }]),
  ];
}

/** How strongly a line asks to be used first: 1 most, 101 not at all. @source RFC 6350 5.3 */
export function preference(line: ContentLine): number {
  const rank = Number(firstValue(line.parameters, 'PREF'));
  if (Number.isInteger(rank) && rank >= 1 && rank <= 100) return rank;
  return allValues(line.parameters, 'TYPE').some((value) => /(^|,)pref(,|$)/i.test(value)) ? 1 : 101;
}

/** The index of the line used first among `lines`, or -1 when none asks for it. */
export function mainLine(lines: readonly ContentLine[]): number {
  const ranks = lines.map(preference);
  const best = Math.min(101, ...ranks);
  return best === 101 ? -1 : ranks.indexOf(best);
}

/** The word inside one of Apple's own labels (`_$!<Home>!$_`), lower-case. */
export function appleWord(label: string | undefined): string | undefined {
  return /^_\$!<(.*)>!\$_$/.exec(label ?? '')?.[1]?.toLowerCase();
}

/** Wire parameters as text before the colon, without Apple's label, which takes a line of its own. */
export function writeParameters(parameters: readonly Parameter[] | null | undefined): string {
  const words = valuesOf(parameters, 'TYPE').filter((word) => /^[\w-]+$/.test(word));
  if (valuesOf(parameters, 'DEFAULT').includes('true')) words.push('pref');
  const own = (parameters ?? []).flatMap(({ label, value }) => {
    const name = label?.toUpperCase() ?? '';
    const writable = /^[A-Z0-9-]+$/.test(name) && !READ_ELSEWHERE.has(name) && name !== 'DEFAULT';
    return writable && value ? [`;${name}=${writeParameterValue(value)}`] : [];
  });
  return `${words.length > 0 ? `;TYPE=${words.join(',')}` : ''}${own.join('')}`;
}

/** The values of the wire parameters called `label`. */
export function valuesOf(parameters: readonly Parameter[] | null | undefined, label: string): string[] {
  return (parameters ?? []).flatMap((parameter) =>
    parameter.label?.toUpperCase() === label && parameter.value ? [parameter.value] : [],
  );
}

/** A parameter value, quoted where it must be, its own quotes and line ends as RFC 6868 says. */
export function writeParameterValue(value: string): string {
  const encoded = value
    .replaceAll('^', '^^')
    .replaceAll('"', "^'")
    .replace(/\r\n|\r|\n/g, '^n');
  return /[:;,]/.test(encoded) ? `"${encoded}"` : encoded;
}
