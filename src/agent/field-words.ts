/**
 * What a changed field is called on the user's screen, in English and French. The names come from the shapes of the domain
 * (`domain/shape-diff.ts`): `main.title`, `exceptions[2026-03-09T09:00:00].location`, `name.family`, `emails.address`. A member that has
 * no word of its own goes by the word of what it belongs to.
 */
import type { Locale } from '../sync/explain.ts';
import type { Words } from './value-words.ts';

const EVENT: Readonly<Record<string, Words>> = {
  main: { en: 'the whole series', fr: 'toute la série' },
  recurrence: { en: 'repetition', fr: 'périodicité' },
  excluded: { en: 'deleted occurrences', fr: 'occurrences supprimées' },
  added: { en: 'further dates', fr: 'dates ajoutées' },
  when: { en: 'time', fr: 'horaire' },
  original: { en: 'original time', fr: 'horaire d’origine' },
  location: { en: 'place', fr: 'lieu' },
  body: { en: 'text', fr: 'texte' },
  reminders: { en: 'reminder', fr: 'rappel' },
  busy: { en: 'shown as', fr: 'disponibilité' },
  privacy: { en: 'privacy', fr: 'confidentialité' },
  importance: { en: 'importance', fr: 'importance' },
  organizer: { en: 'organizer', fr: 'organisateur' },
  attendees: { en: 'attendees', fr: 'participants' },
  'attendees.response': { en: 'answers of attendees', fr: 'réponses des participants' },
  cancelled: { en: 'cancellation', fr: 'annulation' },
  url: { en: 'link', fr: 'lien' },
  conference: { en: 'online meeting', fr: 'visioconférence' },
  files: { en: 'attached files', fr: 'pièces jointes' },
};

const CARD: Readonly<Record<string, Words>> = {
  name: { en: 'name', fr: 'nom' },
  'name.family': { en: 'family name', fr: 'nom de famille' },
  'name.given': { en: 'given name', fr: 'prénom' },
  'name.additional': { en: 'middle name', fr: 'deuxième prénom' },
  'name.prefixes': { en: 'title before the name', fr: 'titre devant le nom' },
  'name.suffixes': { en: 'suffix of the name', fr: 'suffixe du nom' },
  formattedName: { en: 'name as shown', fr: 'nom affiché' },
  nickname: { en: 'nickname', fr: 'surnom' },
  company: { en: 'company', fr: 'société' },
  division: { en: 'division', fr: 'division' },
  department: { en: 'department', fr: 'service' },
  role: { en: 'profession', fr: 'profession' },
  emails: { en: 'e-mail', fr: 'adresse e-mail' },
  phones: { en: 'telephone', fr: 'téléphone' },
  addresses: { en: 'address', fr: 'adresse' },
  webPages: { en: 'web page', fr: 'page web' },
  instantMessaging: { en: 'instant messaging', fr: 'messagerie instantanée' },
  birthday: { en: 'birthday', fr: 'anniversaire' },
  anniversary: { en: 'anniversary', fr: 'anniversaire de mariage' },
  spouse: { en: 'spouse', fr: 'conjoint' },
  manager: { en: 'manager', fr: 'responsable' },
  assistant: { en: 'assistant', fr: 'assistant' },
  note: { en: 'note', fr: 'note' },
  photo: { en: 'photo', fr: 'photo' },
  gender: { en: 'gender', fr: 'genre' },
  certificates: { en: 'certificates', fr: 'certificats' },
  members: { en: 'members', fr: 'membres' },
};

const WORDS: Readonly<Record<string, Words>> = {
  ...EVENT,
  ...CARD,
  title: { en: 'title', fr: 'titre' },
  categories: { en: 'categories', fr: 'catégories' },
  kind: { en: 'kind of item', fr: 'type d’élément' },
  uid: { en: 'identifier', fr: 'identifiant' },
};

const OCCURRENCE: Words = { en: 'the occurrence of {at}', fr: 'l’occurrence du {at}' };
const OF_OCCURRENCE: Words = { en: '{field} of {occurrence}', fr: '{field} de {occurrence}' };

/** The words for changed fields, each once, in the order given. */
export function fieldsInWords(names: readonly string[], locale: Locale): readonly string[] {
  return [...new Set(names.map((name) => fieldInWords(name, locale)))];
}

/** The words for one field; a name that nobody taught us is shown as it is. */
export function fieldInWords(name: string, locale: Locale): string {
  const [, at, member] = /^exceptions\[([^\]]*)\](?:\.(.+))?$/.exec(name) ?? [];
  if (at === undefined) return wordOf(name.replace(/^main\./, ''), locale);
  const occurrence = OCCURRENCE[locale].replace('{at}', () => dayAndTime(at));
  if (member === undefined) return occurrence;
  return OF_OCCURRENCE[locale]
    .replace('{field}', () => wordOf(member, locale))
    .replace('{occurrence}', () => occurrence);
}

function wordOf(name: string, locale: Locale): string {
  const plain = name.replace(/\[.*\]/, '');
  for (let at = plain; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const words = WORDS[at];
    if (words !== undefined) return words[locale];
  }
  return name;
}

/** `2026-03-09 09:00` of `2026-03-09T09:00:00@Europe/Paris`: the zone is the series' own, as everywhere on the screen. */
function dayAndTime(original: string): string {
  return original
    .replace(/@.*$/, '')
    .replace('T', ' ')
    .replace(/(:\d\d):00$/, '$1');
}
