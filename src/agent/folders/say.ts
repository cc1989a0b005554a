/** What becomes of whole folders, in words: English and French, as done and as planned. */
import type { RunNote } from '../../storage/run-records.ts';
import type { Locale } from '../../sync/explain.ts';
import type { Deed } from './plan-folders.ts';

type Words = Readonly<Record<Locale, string>>;
type Said = { readonly done: Words; readonly planned: Words };

/** What a deed has to say, as data; undefined for what need not be told. `kept`: changes that could not be sent. */
export function noteOf(deed: Deed, how: 'run' | 'rehearse', kept = 0): RunNote | undefined {
  const told = tell(deed);
  if (told === undefined) return undefined;
  const gaps = kept === 0 ? told.gaps : { ...told.gaps, kept: String(kept) };
  return { say: told.say, planned: how === 'rehearse', gaps };
}

/** What a deed that failed has to say. */
export function failureNote(
  name: string,
  { code, message }: { readonly code: string; readonly message: string },
): RunNote {
  return { say: 'failed', planned: false, gaps: { name, code, message } };
}

/** A note as a sentence. Files of earlier versions hold sentences instead of notes, and later ones may hold others than these. */
export function noteInWords(note: RunNote | string, locale: Locale): string {
  if (typeof note === 'string') return note;
  const { say, planned, gaps } = note;
  const said = Object.hasOwn(SAID, say) ? SAID[say as keyof typeof SAID] : undefined;
  if (said === undefined) return [say, ...Object.values(gaps)].join(', ');
  const sentence = fill(said[planned ? 'planned' : 'done'][locale], gaps);
  return gaps['kept'] === undefined ? sentence : `${sentence} ${fill(KEPT[locale], gaps)}`;
}

function tell(
  deed: Deed,
): { readonly say: keyof typeof SAID; readonly gaps: Readonly<Record<string, string>> } | undefined {
  switch (deed.do) {
    case 'pair':
      return deed.folder === undefined ? { say: 'folderMade', gaps: { name: deed.name } } : undefined;
    case 'renameFolder':
      return { say: deed.why === 'server' ? 'renamed' : 'renamedBack', gaps: { from: deed.from, name: deed.name } };
    case 'renameContainer':
      return { say: 'containerRenamed', gaps: { from: deed.from, name: deed.name } };
    case 'putBack':
      return { say: PUT_BACK[deed.why], gaps: { name: deed.pair.name } };
    case 'make':
      return { say: deed.was?.life === 'steady' ? 'madeAgain' : 'made', gaps: { name: deed.folder.name } };
    case 'delete':
      return { say: 'deleted', gaps: { name: deed.was.record.name } };
    case 'hold':
      return { say: HELD[deed.on], gaps: { name: deed.was.record.name, items: String(deed.items) } };
    case 'takeDown':
      return {
        say: deed.folder === undefined ? 'left' : deed.why === 'gone' ? 'goneDown' : 'takenDown',
        gaps: { name: deed.was.record.name },
      };
    case 'wait':
      return { say: deed.why, gaps: { name: deed.name } };
    case 'forget':
      return undefined;
  }
}

const PUT_BACK = { default: 'backDefault', notYours: 'backShared', asked: 'backAsked' } as const;
const HELD = { server: 'heldServer', outlook: 'heldOutlook' } as const;

const KEPT: Words = {
  en: 'Changes that could not be sent ({kept}) are kept in the history.',
  fr: 'Les modifications qui n’ont pas pu être envoyées ({kept}) sont conservées dans l’historique.',
};

/** Where one sentence serves both tenses. */
function always(en: string, fr: string): Said {
  return { done: { en, fr }, planned: { en, fr } };
}

const SAID = {
  failed: always('{name}: {message} [{code}]', '{name} : {message} [{code}]'),
  folderMade: always('{name}: a folder is made for it in Outlook.', '{name} : un dossier est créé dans Outlook.'),
  renamed: {
    done: {
      en: '{from} is called {name} in BlueMind now; so is its folder.',
      fr: '{from} s’appelle désormais {name} dans BlueMind ; son dossier aussi.',
    },
    planned: {
      en: '{from}: its folder will be called {name}, as in BlueMind.',
      fr: '{from} : son dossier s’appellera {name}, comme dans BlueMind.',
    },
  },
  renamedBack: {
    done: {
      en: '{from} is called {name} again: it cannot be renamed by you.',
      fr: '{from} s’appelle de nouveau {name} : vous ne pouvez pas le renommer.',
    },
    planned: {
      en: '{from} will be called {name} again: it cannot be renamed by you.',
      fr: '{from} s’appellera de nouveau {name} : vous ne pouvez pas le renommer.',
    },
  },
  containerRenamed: {
    done: {
      en: '{from} was renamed in Outlook; it is called {name} in BlueMind too.',
      fr: '{from} a été renommé dans Outlook ; il s’appelle aussi {name} dans BlueMind.',
    },
    planned: {
      en: '{from} was renamed in Outlook; it will be called {name} in BlueMind too.',
      fr: '{from} a été renommé dans Outlook ; il s’appellera aussi {name} dans BlueMind.',
    },
  },
  backDefault: {
    done: {
      en: '{name} was deleted in Outlook and was put back: it is one of your default folders and cannot be deleted.',
      fr: '{name} a été supprimé dans Outlook puis rétabli : c’est un de vos dossiers par défaut, il ne peut pas être supprimé.',
    },
    planned: {
      en: '{name} was deleted in Outlook and will be put back: it is one of your default folders.',
      fr: '{name} a été supprimé dans Outlook et sera rétabli : c’est un de vos dossiers par défaut.',
    },
  },
  backShared: {
    done: {
      en: '{name} was deleted in Outlook and was put back: it is not yours. To stop seeing it, unsubscribe.',
      fr: '{name} a été supprimé dans Outlook puis rétabli : il ne vous appartient pas. Pour ne plus le voir, désabonnez-vous.',
    },
    planned: {
      en: '{name} was deleted in Outlook and will be put back: it is not yours. To stop seeing it, unsubscribe.',
      fr: '{name} a été supprimé dans Outlook et sera rétabli : il ne vous appartient pas. Pour ne plus le voir, désabonnez-vous.',
    },
  },
  backAsked: {
    done: { en: '{name} was put back, as you asked.', fr: '{name} a été rétabli, comme vous l’avez demandé.' },
    planned: { en: '{name} will be put back, as you asked.', fr: '{name} sera rétabli, comme vous l’avez demandé.' },
  },
  made: {
    done: {
      en: '{name} was made in Outlook; BlueMind has it now too.',
      fr: '{name} a été créé dans Outlook ; il existe désormais aussi dans BlueMind.',
    },
    planned: {
      en: '{name} was made in Outlook; it will be made in BlueMind too.',
      fr: '{name} a été créé dans Outlook ; il sera aussi créé dans BlueMind.',
    },
  },
  madeAgain: {
    done: {
      en: '{name} was made in BlueMind again, as you asked.',
      fr: '{name} a été recréé dans BlueMind, comme vous l’avez demandé.',
    },
    planned: {
      en: '{name} will be made in BlueMind again, as you asked.',
      fr: '{name} sera recréé dans BlueMind, comme vous l’avez demandé.',
    },
  },
  deleted: {
    done: {
      en: '{name} was deleted in BlueMind and in Outlook; what it held is kept in the history.',
      fr: '{name} a été supprimé dans BlueMind et dans Outlook ; son contenu est conservé dans l’historique.',
    },
    planned: {
      en: '{name} will be deleted in BlueMind and in Outlook; what it holds is kept in the history.',
      fr: '{name} sera supprimé dans BlueMind et dans Outlook ; son contenu sera conservé dans l’historique.',
    },
  },
  heldServer: always(
    '{name}: its folder was deleted in Outlook. What BlueMind holds of it ({items}) stays until you decide: `connector held list`.',
    '{name} : son dossier a été supprimé dans Outlook. Ce que BlueMind en contient ({items}) reste jusqu’à votre décision : `connector held list`.',
  ),
  heldOutlook: always(
    '{name} is not on the server any more. Its folder in Outlook ({items}) was left as it is until you decide: `connector held list`.',
    '{name} n’existe plus sur le serveur. Son dossier dans Outlook ({items}) est laissé tel quel jusqu’à votre décision : `connector held list`.',
  ),
  takenDown: {
    done: {
      en: '{name}: you are not subscribed to it any more; its folder lies in Outlook’s Deleted Items.',
      fr: '{name} : vous n’y êtes plus abonné ; son dossier se trouve dans les éléments supprimés d’Outlook.',
    },
    planned: {
      en: '{name}: you are not subscribed to it any more; its folder will be taken out of Outlook once unsent changes are sent or kept.',
      fr: '{name} : vous n’y êtes plus abonné ; son dossier sera retiré d’Outlook une fois les modifications envoyées ou conservées.',
    },
  },
  goneDown: {
    done: {
      en: '{name} is not on the server any more; its folder lies in Outlook’s Deleted Items.',
      fr: '{name} n’existe plus sur le serveur ; son dossier se trouve dans les éléments supprimés d’Outlook.',
    },
    planned: {
      en: '{name} is not on the server any more; its folder will be taken out of Outlook.',
      fr: '{name} n’existe plus sur le serveur ; son dossier sera retiré d’Outlook.',
    },
  },
  left: always(
    '{name}: it is not kept in step any more; what Outlook shows of it was left alone.',
    '{name} : il n’est plus synchronisé ; ce qu’Outlook en montre a été laissé tel quel.',
  ),
  noRight: always(
    '{name}: you may not read it any more; what Outlook shows was left alone.',
    '{name} : vous n’avez plus le droit de le lire ; ce qu’Outlook montre a été laissé tel quel.',
  ),
  notFound: always(
    '{name}: it is not on the server; what Outlook shows was left alone.',
    '{name} : il n’est pas sur le serveur ; ce qu’Outlook montre a été laissé tel quel.',
  ),
  doubted: always(
    '{name}: the server does not tell of it; what Outlook shows was left alone.',
    '{name} : le serveur n’en dit rien ; ce qu’Outlook montre a été laissé tel quel.',
  ),
} as const satisfies Record<string, Said>;

function fill(text: string, gaps: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);
}
