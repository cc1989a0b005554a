/** Names of default books as they are stored, and what they are called in each language. @source fact sheet 2.2 */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  $$mycontacts$$: {
    en: 'My contacts',
    fr: 'Mes contacts',
    de: 'Meine Kontakte',
    es: 'Mis contactos',
    it: 'I miei contatti',
  },
  $$collected_contacts$$: {
    en: 'Collected contacts',
    fr: 'Contacts collectés',
    de: 'Gesammelte Kontakte',
    es: 'Contactos recopilados',
    it: 'Contatti raccolti',
  },
};

export const MY_CONTACTS = '$$mycontacts$$';
export const COLLECTED_CONTACTS = '$$collected_contacts$$';

/** The name as somebody of this language reads it; other names are as they are. */
export function localName(name: string, lang: string): string {
  const words = NAMES[name];
  return words === undefined ? name : (words[lang.slice(0, 2).toLowerCase()] ?? words['en'] ?? name);
}
