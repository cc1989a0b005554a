/** What each policy is for, as the editor of group policies shows it. */
export type PolicyWords = {
  readonly en: { readonly title: string; readonly about: string };
  readonly fr: { readonly title: string; readonly about: string };
};

export const POLICY_WORDS = {
  Server: words(
    [
      'BlueMind server',
      'The address of the BlueMind server: https://mail.example.org. Users cannot connect to another one.',
    ],
    [
      'Serveur BlueMind',
      'L’adresse du serveur BlueMind : https://mail.example.org. Les utilisateurs ne peuvent pas en choisir un autre.',
    ],
  ),
  Updates: words(
    ['Updates', 'Off: the connector looks for no new versions; you deploy them.'],
    ['Mises à jour', 'off : le connecteur ne cherche pas de nouvelles versions ; vous les déployez vous-même.'],
  ),
  Interval: words(
    ['Interval', 'Minutes between two synchronizations when nothing hints at a change. 10 or more are enough.'],
    ['Intervalle', 'Minutes entre deux synchronisations quand rien n’annonce un changement. 10 ou plus suffisent.'],
  ),
  Language: words(
    ['Language', 'The language of the windows; system: that of Windows.'],
    ['Langue', 'La langue des fenêtres ; system : celle de Windows.'],
  ),
  ConflictRule: words(
    [
      'Conflicts',
      'Whose value stays where both sides changed one field. ask: neither is touched until the user decides.',
    ],
    [
      'Conflits',
      'Quelle valeur reste quand les deux côtés ont modifié un même champ. ask : aucune n’est touchée avant la décision de l’utilisateur.',
    ],
  ),
  ConflictDeletions: words(
    ['Deletions against changes', 'Whether a deletion loses or wins against a change made on the other side.'],
    [
      'Suppressions contre modifications',
      'Si une suppression perd (lose) ou gagne (win) contre une modification de l’autre côté.',
    ],
  ),
  GuardCount: words(
    ['Deletions without asking', 'Up to so many deletions in a folder are carried out without asking.'],
    ['Suppressions sans question', 'Jusqu’à ce nombre, les suppressions d’un dossier se font sans demander.'],
  ),
  GuardShare: words(
    [
      'Share of deletions without asking',
      'More deletions are carried out without asking only up to this percentage of the folder.',
    ],
    [
      'Part des suppressions sans question',
      'Au-delà, les suppressions se font sans demander jusqu’à ce pourcentage du dossier.',
    ],
  ),
  HistoryDays: words(
    ['Days of history', 'How many days overwritten and deleted versions are kept.'],
    ['Jours d’historique', 'Nombre de jours pendant lesquels les versions remplacées ou supprimées sont gardées.'],
  ),
  HistorySize: words(
    ['Size of the history', 'How many megabytes the history may take up; the oldest versions go first.'],
    [
      'Taille de l’historique',
      'Nombre de mégaoctets que l’historique peut occuper ; les plus anciennes versions partent d’abord.',
    ],
  ),
  ReportsDays: words(
    ['Days of reports', 'How many days reports of synchronizations are kept.'],
    ['Jours de rapports', 'Nombre de jours pendant lesquels les rapports de synchronisation sont gardés.'],
  ),
  Notices: words(
    ['Notices', 'Whether the icon beside the clock tells what waits for the user: held deletions, a refused password…'],
    [
      'Notifications',
      'Si l’icône près de l’horloge signale ce qui attend l’utilisateur : suppressions retenues, mot de passe refusé…',
    ],
  ),
  AdvancedLog: words(
    ['Advanced logging', 'Whether the log tells every call to the server and to Outlook, without contents.'],
    ['Journal détaillé', 'Si le journal note chaque appel au serveur et à Outlook, sans contenus.'],
  ),
} as const satisfies Readonly<Record<string, PolicyWords>>;

function words(en: readonly [string, string], fr: readonly [string, string]): PolicyWords {
  return { en: { title: en[0], about: en[1] }, fr: { title: fr[0], about: fr[1] } };
}
