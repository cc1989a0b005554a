import type { Place } from '../../../domain/contact.ts';
import type { Parameter } from '../../../wire/addressbook.ts';

type Parameters = readonly Parameter[] | null | undefined;

/** The lower-case words of the TYPE parameters. */
export function typesOf(parameters: Parameters): ReadonlySet<string> {
  return new Set(
    (parameters ?? [])
      .filter((parameter) => parameter.label?.toUpperCase() === 'TYPE')
      .flatMap((parameter) => (parameter.value ?? '').toLowerCase().split(',')),
  );
}

/** Whether the value is the main one of its list. */
export function isMain(parameters: Parameters): boolean {
  return (parameters ?? []).some(isMainMark);
}

/** The parameters with the mark of the main value, or without it. */
export function withMain(parameters: Parameters, main: boolean): readonly Parameter[] {
  const rest = (parameters ?? []).filter((parameter) => !isMainMark(parameter));
  return main ? [{ label: 'DEFAULT', value: 'true' }, ...rest] : rest;
}

/** The parameters with these TYPE words instead of those in `replaced`; all others stay. */
export function withTypes(
  parameters: Parameters,
  words: readonly string[],
  replaced: ReadonlySet<string>,
): readonly Parameter[] {
  const rest = (parameters ?? []).flatMap((parameter) => withoutWords(parameter, replaced));
  const missing = words.filter((word) => !typesOf(rest).has(word));
  return [...missing.map((value) => ({ label: 'TYPE', value })), ...rest];
}

/** Where an e-mail address, a postal address or a web page belongs; no word for it: `other`. */
export function placeOf(parameters: Parameters): Place {
  const types = typesOf(parameters);
  return types.has('work') ? 'work' : types.has('home') ? 'home' : 'other';
}

/** The parameters with the words of this place; as they are when they say it. */
export function withPlace(parameters: Parameters, place: Place): readonly Parameter[] {
  if (placeOf(parameters) === place) return parameters ?? [];
  return withTypes(parameters, place === 'other' ? [] : [place], PLACES);
}

const PLACES: ReadonlySet<string> = new Set(['work', 'home']);

/** The parameter without these TYPE words; one value may list several. */
function withoutWords(parameter: Parameter, replaced: ReadonlySet<string>): readonly Parameter[] {
  if (parameter.label?.toUpperCase() !== 'TYPE') return [parameter];
  const words = (parameter.value ?? '').split(',');
  const kept = words.filter((word) => !replaced.has(word.toLowerCase()));
  if (kept.length === words.length) return [parameter];
  return kept.length === 0 ? [] : [{ ...parameter, value: kept.join(',') }];
}

function isMainMark({ label, value }: Parameter): boolean {
  return label?.toUpperCase() === 'DEFAULT' && value === 'true';
}
