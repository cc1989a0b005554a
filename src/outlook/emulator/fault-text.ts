import type { FaultText, OutlookFault } from './fault.ts';

/** Languages the emulator speaks in errors and default names. */
export type Language = 'en' | 'fr' | 'de';

/** Texts in English, French and German; `{0}` is what the fault is about. */
const TEXTS: Readonly<Record<FaultText, readonly [en: string, fr: string, de: string]>> = {
  NOT_FOUND: [
    'The attempted operation failed. An object could not be found.',
    "L'opération a échoué. Impossible de trouver un objet.",
    'Fehler beim Ausführen der Operation. Ein Objekt wurde nicht gefunden.',
  ],
  PROPERTY_UNKNOWN: [
    'The property "{0}" is unknown or cannot be found.',
    'La propriété « {0} » est inconnue ou introuvable.',
    'Die Eigenschaft "{0}" ist unbekannt oder kann nicht gefunden werden.',
  ],
  OBJECT_DELETED: [
    'The operation cannot be performed because the object has been deleted.',
    "Impossible d'effectuer l'opération : l'objet a été supprimé.",
    'Die Operation kann nicht ausgeführt werden, da das Objekt gelöscht wurde.',
  ],
  INVALID_ENTRY_ID: ['Invalid entry identifier.', "Identificateur d'entrée non valide.", 'Ungültige Eintragskennung.'],
  OBJECT_CHANGED: [
    'The operation cannot be performed because the message has been changed.',
    "Impossible d'effectuer l'opération : le message a été modifié.",
    'Die Operation kann nicht ausgeführt werden, da die Nachricht geändert wurde.',
  ],
  NO_SUPPORT: [
    'The operation is not supported.',
    "L'opération n'est pas prise en charge.",
    'Die Operation wird nicht unterstützt.',
  ],
  TOO_BIG: [
    'Your server administrator has limited the number of items you can open simultaneously.',
    "L'administrateur du serveur a limité le nombre d'éléments ouverts simultanément.",
    'Der Serveradministrator hat die Anzahl gleichzeitig geöffneter Elemente begrenzt.',
  ],
  NETWORK: [
    'Network problems are preventing connection to the server.',
    'Des problèmes de réseau empêchent la connexion au serveur.',
    'Netzwerkprobleme verhindern die Verbindung mit dem Server.',
  ],
  EXTENDED: [
    'Failed to get the Sync objects. This profile is not configured for off line mode.',
    "Impossible d'obtenir les groupes d'envoi/réception. Ce profil n'est pas configuré pour le mode hors connexion.",
    'Die Synchronisierungsobjekte konnten nicht abgerufen werden. Dieses Profil ist nicht für den Offlinemodus eingerichtet.',
  ],
  COLLISION: [
    'Cannot create the folder. A folder with this name already exists.',
    'Impossible de créer le dossier. Un dossier de ce nom existe déjà.',
    'Der Ordner kann nicht erstellt werden. Ein Ordner mit diesem Namen ist bereits vorhanden.',
  ],
  NO_MEMORY: [
    'Out of memory or system resources.',
    'Mémoire ou ressources système insuffisantes.',
    'Nicht genügend Arbeitsspeicher oder Systemressourcen.',
  ],
  INVALID_ARGUMENT: ['The parameter is incorrect.', 'Paramètre incorrect.', 'Falscher Parameter.'],
  ACCESS_DENIED: [
    'The property "{0}" does not support this operation.',
    'La propriété « {0} » ne prend pas en charge cette opération.',
    'Die Eigenschaft "{0}" unterstützt diese Operation nicht.',
  ],
  READ_ONLY: ['Property is read-only.', 'La propriété est en lecture seule.', 'Die Eigenschaft ist schreibgeschützt.'],
  FAILED: ['The operation failed.', "L'opération a échoué.", 'Fehler bei der Operation.'],
  OCCURRENCE_GONE: [
    'You changed one of the recurrences of this item, and this instance no longer exists. Close any open items and try again.',
    "Vous avez modifié une périodicité de cet élément et cette instance n'existe plus. Fermez les éléments ouverts et recommencez.",
    'Sie haben eines der wiederkehrenden Elemente geändert, und diese Instanz ist nicht mehr vorhanden. Schließen Sie alle Elemente.',
  ],
  NO_TIME: ['You must specify a time.', 'Vous devez indiquer une heure.', 'Sie müssen eine Uhrzeit angeben.'],
  ABORTED: ['Operation aborted.', 'Opération abandonnée.', 'Vorgang abgebrochen.'],
  UNAVAILABLE: ['Operation unavailable.', 'Opération non disponible.', 'Vorgang nicht verfügbar.'],
  START_FAILED: ['Server execution failed.', "Échec de l'exécution du serveur.", 'Starten des Servers fehlgeschlagen.'],
  CALL_REJECTED: [
    'Call was rejected by callee.',
    "L'appel a été rejeté par l'appelé.",
    'Der Aufruf wurde durch den Aufgerufenen abgelehnt.',
  ],
  RETRY_LATER: [
    'The message filter indicated that the application is busy.',
    "Le filtre de messages indique que l'application est occupée.",
    'Der Nachrichtenfilter hat angezeigt, dass die Anwendung ausgelastet ist.',
  ],
  SERVER_GONE: [
    'The RPC server is unavailable.',
    "Le serveur RPC n'est pas disponible.",
    'Der RPC-Server ist nicht verfügbar.',
  ],
  DISCONNECTED: [
    'The object invoked has disconnected from its clients.',
    "L'objet invoqué s'est déconnecté de ses clients.",
    'Das aufgerufene Objekt wurde von den Clients getrennt.',
  ],
  UNKNOWN_NAME: ['Unknown name: {0}.', 'Nom inconnu : {0}.', 'Unbekannter Name: {0}.'],
  MEMBER_NOT_FOUND: ['Member not found: {0}.', 'Membre introuvable : {0}.', 'Member nicht gefunden: {0}.'],
  TYPE_MISMATCH: ['Type mismatch: {0}.', 'Type incompatible : {0}.', 'Typenkonflikt: {0}.'],
  EXCEPTION: ['Exception occurred.', 'Une exception a été levée.', 'Ausnahmefehler aufgetreten.'],
  CANNOT_SAVE: [
    'Cannot save this item.',
    "Impossible d'enregistrer cet élément.",
    'Dieses Element kann nicht gespeichert werden.',
  ],
  NO_NAME: [
    'There must be at least one name or contact group in the To, Cc, or Bcc box.',
    'Il doit y avoir au moins un nom ou un groupe dans la zone À, Cc ou Cci.',
    'Die Felder An, Cc oder Bcc müssen mindestens einen Namen oder eine Gruppe enthalten.',
  ],
  BAD_INDEX: ['Invalid index.', 'Index non valide.', 'Ungültiger Index.'],
  INDEX: [
    'Array index out of bounds.',
    'Index de tableau hors limites.',
    'Der Arrayindex liegt außerhalb des zulässigen Bereichs.',
  ],
};

/** The fault's text in `language`. */
export function faultText(fault: OutlookFault, language: Language): string {
  const [en, fr, de] = TEXTS[fault.as];
  return { en, fr, de }[language].replace('{0}', fault.about);
}
