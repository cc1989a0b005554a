/**
 * The headings of Outlook's exports in English, French and German. French ones come twice with two meanings (`Titre`, `Début`): then the
 * place decides, see {@link columnsOf}.
 * @source public exports and programs that read them; as in docs/import.md
 */

/** What a column holds: a member of a contact or an appointment as this room reads it. */
export type ContactColumn =
  | `text.${'Title' | 'FirstName' | 'MiddleName' | 'LastName' | 'Suffix' | 'NickName' | 'CompanyName' | 'Department' | 'JobTitle'}`
  | `text.${'OfficeLocation' | 'Profession' | 'ManagerName' | 'AssistantName' | 'Spouse' | 'WebPage' | 'FullName'}`
  | `phone.${string}`
  | `${'business' | 'home' | 'other'}.${'street' | 'street2' | 'street3' | 'city' | 'state' | 'postalCode' | 'country' | 'postOfficeBox'}`
  | `email.${1 | 2 | 3}`
  | 'birthday'
  | 'anniversary'
  | 'gender'
  | 'categories'
  | 'notes';
export type EventColumn =
  | 'subject'
  | 'startDate'
  | 'startTime'
  | 'endDate'
  | 'endTime'
  | 'allDay'
  | 'reminder'
  | 'reminderDate'
  | 'reminderTime'
  | 'organizer'
  | 'required'
  | 'optional'
  | 'resources'
  | 'categories'
  | 'description'
  | 'location'
  | 'priority'
  | 'private'
  | 'sensitivity'
  | 'busy';

const PHONES: readonly (readonly [string, ...(readonly string[])])[] = [
  ['BusinessTelephoneNumber', 'business phone', 'téléphone (bureau)', 'telefon geschäftlich'],
  ['Business2TelephoneNumber', 'business phone 2', 'téléphone 2 (bureau)', 'telefon geschäftlich 2'],
  ['HomeTelephoneNumber', 'home phone', 'téléphone (domicile)', 'telefon (privat)', 'telefon privat'],
  ['Home2TelephoneNumber', 'home phone 2', 'téléphone 2 (domicile)', 'telefon (privat 2)', 'telefon privat 2'],
  ['MobileTelephoneNumber', 'mobile phone', 'tél. mobile', 'mobiltelefon'],
  ['BusinessFaxNumber', 'business fax', 'télécopie (bureau)', 'fax geschäftlich'],
  ['HomeFaxNumber', 'home fax', 'télécopie (domicile)', 'fax privat'],
  ['OtherFaxNumber', 'other fax', 'télécopie (autre)', 'weiteres fax'],
  ['PagerNumber', 'pager', 'récepteur de radiomessagerie', 'pager'],
  ['AssistantTelephoneNumber', "assistant's phone", "téléphone de l'assistant(e)", 'telefon assistent'],
  ['CompanyMainTelephoneNumber', 'company main phone', 'téléphone société', 'telefon firma'],
  ['CarTelephoneNumber', 'car phone', 'téléphone (voiture)', 'autotelefon'],
  ['RadioTelephoneNumber', 'radio phone', 'radio téléphone', 'mobiltelefon 2'],
  ['CallbackTelephoneNumber', 'callback', 'rappel', 'rückmeldung'],
  ['ISDNNumber', 'isdn', 'rnis'],
  ['TelexNumber', 'telex', 'télex'],
  ['TTYTDDTelephoneNumber', 'tty/tdd phone', 'téléphone tdd/tty', 'telefon für hörbehinderte'],
  ['PrimaryTelephoneNumber', 'primary phone', 'téléphone principal', 'haupttelefon'],
  ['OtherTelephoneNumber', 'other phone', 'téléphone (autre)', 'weiteres telefon'],
];

const TEXTS: readonly (readonly [ContactColumn, ...(readonly string[])])[] = [
  ['text.Title', 'title', 'titre', 'anrede'],
  ['text.FirstName', 'first name', 'prénom', 'vorname'],
  ['text.MiddleName', 'middle name', 'deuxième prénom', 'weitere vornamen'],
  ['text.LastName', 'last name', 'nom', 'nachname'],
  ['text.Suffix', 'suffix', 'suffixe'],
  ['text.NickName', 'nickname', 'surnom', 'spitzname'],
  ['text.CompanyName', 'company', 'société', 'firma'],
  ['text.Department', 'department', 'service', 'abteilung'],
  ['text.JobTitle', 'job title', 'fonction', 'titre1', 'position'],
  ['text.OfficeLocation', 'office location', 'bureau', 'büro'],
  ['text.Profession', 'profession', 'beruf'],
  ['text.ManagerName', "manager's name", 'responsable', 'name des/der vorgesetzten', 'manager'],
  ['text.AssistantName', "assistant's name", "nom de l'assistant(e)", 'name assistent', 'name des assistenten'],
  ['text.Spouse', 'spouse', 'conjoint(e)', 'partner', 'partner/in'],
  ['text.WebPage', 'web page', 'page web', 'webseite'],
  ['email.1', 'e-mail address', 'adresse de messagerie', 'e-mail-adresse'],
  ['email.2', 'e-mail 2 address', 'adresse de messagerie 2', 'e-mail 2: adresse', 'e-mail 2 adresse'],
  ['email.3', 'e-mail 3 address', 'adresse de messagerie 3', 'e-mail 3: adresse', 'e-mail 3 adresse'],
  ['birthday', 'birthday', 'anniversaire', 'geburtstag'],
  ['anniversary', 'anniversary', 'anniversaire de mariage ou fête', 'jahrestag'],
  ['gender', 'gender', 'sexe', 'geschlecht'],
  ['categories', 'categories', 'catégories', 'kategorien'],
  ['notes', 'notes', 'notizen'],
  ['business.street', 'business street', 'rue (bureau)', 'straße geschäftlich'],
  ['business.street2', 'business street 2', 'rue (bureau) 2', 'straße geschäftlich 2'],
  ['business.street3', 'business street 3', 'rue (bureau) 3', 'straße geschäftlich 3'],
  ['business.city', 'business city', 'ville (bureau)', 'ort geschäftlich'],
  ['business.state', 'business state', 'dép/région (bureau)', 'region geschäftlich', 'bundesland/kanton geschäftlich'],
  ['business.postalCode', 'business postal code', 'code postal (bureau)', 'postleitzahl geschäftlich'],
  [
    'business.country',
    'business country/region',
    'business country',
    'pays (bureau)',
    'pays/région (bureau)',
    'land/region geschäftlich',
    'land geschäftlich',
  ],
  ['business.postOfficeBox', 'business address po box', 'po box', 'b.p. professionnelle', 'postfach geschäftlich'],
  ['home.street', 'home street', 'rue (domicile)', 'straße privat'],
  ['home.street2', 'home street 2', 'rue (domicile) 2', 'straße privat 2'],
  ['home.street3', 'home street 3', 'rue (domicile) 3', 'straße privat 3'],
  ['home.city', 'home city', 'ville (domicile)', 'ort privat'],
  ['home.state', 'home state', 'dép/région (domicile)', 'bundesland/kanton privat', 'region privat'],
  ['home.postalCode', 'home postal code', 'code postal (domicile)', 'postleitzahl privat'],
  [
    'home.country',
    'home country/region',
    'home country',
    'pays (domicile)',
    'pays/région (domicile)',
    'land/region privat',
    'land privat',
  ],
  ['home.postOfficeBox', 'home address po box', 'boîte postale du domicile', 'postfach privat'],
  ['other.street', 'other street', 'rue (autre)', 'weitere straße'],
  ['other.street2', 'other street 2', 'rue (autre) 2', 'weitere straße 2'],
  ['other.street3', 'other street 3', 'rue (autre) 3', 'weitere straße 3'],
  ['other.city', 'other city', 'ville (autre)', 'weiterer ort'],
  ['other.state', 'other state', 'dép/région (autre)', 'weiteres/r bundesland/kanton', 'weitere region'],
  ['other.postalCode', 'other postal code', 'code postal (autre)', 'weitere postleitzahl'],
  [
    'other.country',
    'other country/region',
    'other country',
    'pays (autre)',
    'pays/région (autre)',
    'weiteres/e land/region',
    'weiteres land',
  ],
  ['other.postOfficeBox', 'other address po box', 'autre boîte postale', 'weiteres postfach'],
];

const EVENTS: readonly (readonly [EventColumn, ...(readonly string[])])[] = [
  ['subject', 'subject', 'objet', 'betreff'],
  ['startDate', 'start date', 'début', 'date de début', 'beginnt am'],
  ['startTime', 'start time', 'heure de début', 'beginnt um'],
  ['endDate', 'end date', 'fin', 'date de fin', 'endet am'],
  ['endTime', 'end time', 'heure de fin', 'endet um'],
  ['allDay', 'all day event', 'journée entière', 'ganztägiges ereignis'],
  ['reminder', 'reminder on/off', 'rappel actif/inactif', 'erinnerung ein/aus'],
  ['reminderDate', 'reminder date', 'date de rappel', 'date du rappel', 'erinnerung am'],
  ['reminderTime', 'reminder time', 'heure du rappel', 'erinnerung um'],
  ['organizer', 'meeting organizer', "organisateur d'une réunion", 'besprechungsplanung'],
  ['required', 'required attendees', 'participants obligatoires', 'erforderliche teilnehmer'],
  ['optional', 'optional attendees', 'participants facultatifs', 'optionale teilnehmer'],
  ['resources', 'meeting resources', 'ressources de la réunion', 'besprechungsressourcen'],
  ['categories', 'categories', 'catégories', 'kategorien'],
  ['description', 'description', 'beschreibung'],
  ['location', 'location', 'emplacement', 'ort'],
  ['priority', 'priority', 'priorité', 'priorität'],
  ['private', 'private', 'privé', 'privat'],
  ['sensitivity', 'sensitivity', 'critère de diffusion', 'vertraulichkeit'],
  ['busy', 'show time as', 'afficher la disponibilité', 'zeitspanne zeigen als', 'anzeigen als'],
];

const CONTACT_HEADINGS: ReadonlyMap<string, ContactColumn> = new Map([
  ...TEXTS.flatMap(([column, ...names]) => names.map((name) => [name, column] as const)),
  ...PHONES.flatMap(([member, ...names]) => names.map((name) => [name, `phone.${member}` as ContactColumn] as const)),
]);
const EVENT_HEADINGS: ReadonlyMap<string, EventColumn> = new Map(
  EVENTS.flatMap(([column, ...names]) => names.map((name) => [name, column] as const)),
);

export type Columns =
  | { readonly kind: 'contact'; readonly columns: ReadonlyMap<number, ContactColumn>; readonly english: boolean }
  | { readonly kind: 'event'; readonly columns: ReadonlyMap<number, EventColumn>; readonly english: boolean };

/** What the columns of a file hold, told by its headings; undefined when they are not Outlook's. */
export function columnsOf(headings: readonly string[]): Columns | undefined {
  const names = headings.map(normal);
  const events = named(names, EVENT_HEADINGS);
  twice(names, events, { début: ['startDate', 'startTime'], fin: ['endDate', 'endTime'] });
  const held = new Set(events.values());
  if (held.has('subject') && held.has('startDate'))
    return { kind: 'event', columns: events, english: names.includes('start date') };
  const contacts = named(names, CONTACT_HEADINGS);
  twice(names, contacts, { titre: ['text.Title', 'text.JobTitle'], nom: ['text.FullName', 'text.LastName'] });
  const title = names.indexOf('titre');
  // One title alone is the one before the name, or the job after it.
  if (title >= 0 && title === names.lastIndexOf('titre') && title > names.indexOf('prénom'))
    contacts.set(title, 'text.JobTitle');
  const known = new Set(contacts.values());
  const names1: readonly ContactColumn[] = ['text.FirstName', 'text.LastName', 'text.CompanyName', 'email.1'];
  if (!names1.some((column) => known.has(column)) || known.size < 2) return undefined;
  return {
    kind: 'contact',
    columns: contacts,
    english: names.includes('first name') || names.includes('e-mail address'),
  };
}

function named<C>(names: readonly string[], headings: ReadonlyMap<string, C>): Map<number, C> {
  const found = new Map<number, C>();
  names.forEach((name, at) => {
    const column = headings.get(name);
    if (column !== undefined && ![...found.values()].includes(column)) found.set(at, column);
  });
  return found;
}

/** Of a heading that stands twice the two columns mean two things. */
function twice<C>(names: readonly string[], columns: Map<number, C>, meanings: Record<string, readonly [C, C]>): void {
  for (const [name, [first, second]] of Object.entries(meanings)) {
    const [one, two] = [names.indexOf(name), names.lastIndexOf(name)];
    if (one < 0 || one === two) continue;
    columns.set(one, first);
    columns.set(two, second);
  }
}

/** Small letters, one blank, straight apostrophes: as different versions write them. */
function normal(heading: string): string {
  return heading.normalize('NFC').replace(/[’`]/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
}
