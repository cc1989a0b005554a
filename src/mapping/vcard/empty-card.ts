import type { VCard } from '../../wire/addressbook.ts';

/** A card of this kind with every part there and nothing in it, as the server writes one. */
export function emptyCard(kind: 'individual' | 'group' | 'location' | 'org') {
  return {
    kind,
    source: null,
    identification: {
      formatedName: { value: null, parameters: [] },
      name: {
        value: null,
        parameters: [],
        familyNames: null,
        givenNames: null,
        additionalNames: null,
        prefixes: null,
        suffixes: null,
      },
      nickname: { value: null, parameters: [] },
      photo: false,
      birthday: null,
      anniversary: null,
      gender: { value: null, text: null, parameters: [] },
    },
    deliveryAddressing: [],
    communications: { tels: [], emails: [], impps: [], langs: [] },
    organizational: {
      title: null,
      role: null,
      org: { company: null, division: null, department: null },
      member: [],
    },
    explanatory: { urls: [], categories: [], note: null },
    related: { spouse: null, manager: null, assistant: null },
    security: { keys: [] },
  } satisfies VCard;
}
