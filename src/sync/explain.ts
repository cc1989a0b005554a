/**
 * An action in words, for the user's own screen: the same words in a dry run and in a report, in English and French.
 */
import type { Deed, Line, LineOutcome } from './report.ts';
import type { RuleId } from './rules.ts';
import type { SideName } from './side.ts';

export type Locale = 'en' | 'fr';

/** `what` is to be done or was done, `why` the reason, `outcome` what became of it ('' when it went well or is only planned). */
export type Explanation = { readonly what: string; readonly why: string; readonly outcome: string };

type Words = Readonly<Record<Locale, string>>;

/** Says a line in words. Titles stand between the quotation marks of the language. */
export function explain(line: Line, locale: Locale): Explanation {
  const on = line.on === undefined ? undefined : SIDES[line.on][locale];
  const deed = DEEDS[line.do];
  const words = on === undefined ? deed.both[locale] : deed.one[locale].replace('{side}', on);
  const title = line.title === '' ? UNTITLED[locale] : line.title;
  const what = WHAT[locale].replace('{deed}', () => words).replace('{title}', () => title);
  const why = explainRule(line.rule, line.on, locale);
  const outcome = OUTCOMES[line.outcome][locale];
  return { what, why, outcome: line.detail === '' || outcome === '' ? outcome : `${outcome} (${line.detail})` };
}

/** Why something was done, or left, on a side: the reason of a rule as a sentence. */
export function explainRule(rule: RuleId, on: SideName | undefined, locale: Locale): string {
  const side = on === undefined ? '' : SIDES[on][locale];
  const other = on === undefined ? '' : SIDES[on === 'server' ? 'outlook' : 'server'][locale];
  return WHY[rule][locale].replaceAll('{side}', side).replaceAll('{other}', other);
}

const WHAT: Words = { en: '{deed}: “{title}”', fr: '{deed} : « {title} »' };
const UNTITLED: Words = { en: 'no title', fr: 'sans titre' };

const SIDES = {
  server: { en: 'BlueMind', fr: 'BlueMind' },
  outlook: { en: 'Outlook', fr: 'Outlook' },
} as const satisfies Record<SideName, Words>;

const DEEDS = {
  link: {
    one: { en: 'Leave as it is in {side}', fr: 'Laisser tel quel dans {side}' },
    both: { en: 'Leave as it is', fr: 'Laisser tel quel' },
  },
  create: {
    one: { en: 'Create in {side}', fr: 'Créer dans {side}' },
    both: { en: 'Create', fr: 'Créer' },
  },
  update: {
    one: { en: 'Update in {side}', fr: 'Mettre à jour dans {side}' },
    both: { en: 'Update', fr: 'Mettre à jour' },
  },
  merge: {
    one: { en: 'Merge, in {side}', fr: 'Fusionner, dans {side}' },
    both: { en: 'Merge the changes of both sides', fr: 'Fusionner les modifications des deux côtés' },
  },
  delete: {
    one: { en: 'Delete in {side}', fr: 'Supprimer dans {side}' },
    both: { en: 'Delete', fr: 'Supprimer' },
  },
  forget: {
    one: { en: 'Nothing left to do in {side}', fr: 'Plus rien à faire dans {side}' },
    both: { en: 'Nothing left to do', fr: 'Plus rien à faire' },
  },
} as const satisfies Record<Deed, { one: Words; both: Words }>;

const OUTCOMES = {
  planned: { en: '', fr: '' },
  done: { en: '', fr: '' },
  held: { en: 'Not done', fr: 'Non effectué' },
  stale: { en: 'Put off to the next run', fr: 'Reporté à la prochaine synchronisation' },
  gone: { en: 'Put off to the next run', fr: 'Reporté à la prochaine synchronisation' },
  refused: { en: 'Refused', fr: 'Refusé' },
  failed: { en: 'Failed, tried again in the next run', fr: 'Échec, nouvel essai à la prochaine synchronisation' },
} as const satisfies Record<LineOutcome, Words>;

const WHY = {
  T1: { en: 'It is new in {other}.', fr: 'Nouveau dans {other}.' },
  T2: { en: 'It was changed in {other}.', fr: 'Modifié dans {other}.' },
  T3: { en: 'It was changed on both sides.', fr: 'Modifié des deux côtés.' },
  T4: { en: 'It was deleted in {other}.', fr: 'Supprimé dans {other}.' },
  T5: {
    en: 'It was deleted in {side} but changed in {other}; the change is kept.',
    fr: 'Supprimé dans {side} mais modifié dans {other} ; la modification est conservée.',
  },
  T6: { en: 'It was deleted on both sides.', fr: 'Supprimé des deux côtés.' },
  T7: {
    en: 'It cannot be shown whole in {side}; the part that is shown moves on with time.',
    fr: 'Impossible de tout montrer dans {side} ; la partie montrée avance avec le temps.',
  },
  L1: { en: 'It is on both sides already.', fr: 'Déjà présent des deux côtés.' },
  L2: { en: 'It is on both sides already (same identifier).', fr: 'Déjà présent des deux côtés (même identifiant).' },
  L3: { en: 'It is on both sides already (same content).', fr: 'Déjà présent des deux côtés (même contenu).' },
  L4: {
    en: 'Several items look the same; nobody can tell which belongs to which.',
    fr: 'Plusieurs éléments se ressemblent ; impossible de savoir lequel correspond à lequel.',
  },
  L5: { en: 'It is a copy made in {other}.', fr: 'Il s’agit d’une copie faite dans {other}.' },
  L6: { en: 'It was moved or made anew and is the same item.', fr: 'Déplacé ou recréé, c’est le même élément.' },
  L7: { en: 'Both sides agree.', fr: 'Les deux côtés concordent.' },
  P1: {
    en: '{other} may only be read; the change made in {side} is undone and kept in the history.',
    fr: '{other} est en lecture seule ; la modification faite dans {side} est annulée et conservée dans l’historique.',
  },
  P2: {
    en: 'This item, or this part of it, may not be changed; the change is undone and kept in the history.',
    fr: 'Cet élément, ou cette partie, ne peut pas être modifié ; la modification est annulée et conservée dans l’historique.',
  },
  P3: {
    en: 'It may not be deleted in {other}, so it comes back.',
    fr: 'Il ne peut pas être supprimé dans {other}, il est donc rétabli.',
  },
  P4: {
    en: 'It was deleted in {other}, which may only be read; your version is kept in the history.',
    fr: 'Supprimé dans {other}, en lecture seule ; votre version est conservée dans l’historique.',
  },
  P5: {
    en: '{side} may only be read; the new item stays where it is.',
    fr: '{side} est en lecture seule ; le nouvel élément reste où il est.',
  },
  P6: { en: 'You asked for it back.', fr: 'Vous avez demandé à le rétablir.' },
  P7: { en: 'It may not be changed on either side.', fr: 'Il ne peut être modifié d’aucun côté.' },
  P8: {
    en: 'The same was changed on both sides, and you want to be asked.',
    fr: 'La même chose a été modifiée des deux côtés, et vous voulez être consulté.',
  },
  P9: {
    en: 'It was deleted in {other} and changed in {side}; you chose that deletions win, and the change is kept in the history.',
    fr: 'Supprimé dans {other} et modifié dans {side} ; vous avez choisi que les suppressions l’emportent, la modification est conservée dans l’historique.',
  },
  U1: { en: 'You took it back from the history.', fr: 'Vous l’avez repris de l’historique.' },
  U2: { en: 'You reset the folder.', fr: 'Vous avez réinitialisé le dossier.' },
  U3: {
    en: 'The whole calendar or address book was deleted.',
    fr: 'Tout le calendrier ou carnet d’adresses a été supprimé.',
  },
  U4: {
    en: 'It could not be sent before its folder was taken out of Outlook.',
    fr: 'Il n’a pas pu être envoyé avant que son dossier soit retiré d’Outlook.',
  },
  G1: {
    en: 'Many items would be deleted at once; your consent is needed.',
    fr: 'De nombreux éléments seraient supprimés à la fois ; votre accord est nécessaire.',
  },
  G2: {
    en: 'The whole folder would be emptied; your consent is needed.',
    fr: 'Tout le dossier serait vidé ; votre accord est nécessaire.',
  },
  G3: {
    en: 'The list of items seems incomplete; nothing is deleted on its word.',
    fr: 'La liste des éléments semble incomplète ; rien n’est supprimé sur cette base.',
  },
  G4: {
    en: 'Everything had to be compared anew; it is asked again before anything is deleted.',
    fr: 'Il a fallu tout comparer à nouveau ; une nouvelle vérification précède toute suppression.',
  },
  G5: {
    en: 'The whole folder is gone in {other}; your consent is needed.',
    fr: 'Tout le dossier a disparu dans {other} ; votre accord est nécessaire.',
  },
  G6: {
    en: 'The same change was made three times within an hour and came back each time; two programs may be working against each other.',
    fr: 'La même modification a été faite trois fois en une heure et a été défaite à chaque fois ; deux programmes se contredisent peut-être.',
  },
  E1: { en: 'It was changed again in the meantime.', fr: 'Modifié de nouveau entre-temps.' },
  E2: { en: 'It went away in the meantime.', fr: 'Disparu entre-temps.' },
  E3: {
    en: '{side} does not take this content; it is sent again once it is changed.',
    fr: '{side} n’accepte pas ce contenu ; il sera renvoyé une fois modifié.',
  },
  E4: { en: '{side} failed with this item.', fr: 'Échec de {side} pour cet élément.' },
  E5: { en: 'It cannot be read at present.', fr: 'Illisible pour le moment.' },
} as const satisfies Record<RuleId, Words>;
