/** What the icon beside the clock says, in the languages of the windows. */
import type { TrayCommand } from '../../desktop/tray.ts';

export type TrayLanguage = 'en' | 'fr';

export type TrayWords = {
  readonly product: string;
  readonly menu: Readonly<Record<TrayCommand, string>>;
  readonly unconnected: string;
  readonly running: string;
  readonly password: string;
  readonly noServer: string;
  readonly noOutlook: string;
  readonly failing: string;
  readonly never: string;
  held(count: number): string;
  items(count: number): string;
  /** @param time as people write it */
  inStep(time: string): string;
  readonly notices: {
    readonly password: string;
    readonly held: string;
    readonly failing: string;
    readonly failingWhy: string;
    readonly update: string;
    updateWhy(version: string): string;
    readonly updateByHand: string;
  };
};

export const TRAY_WORDS: Readonly<Record<TrayLanguage, TrayWords>> = {
  en: {
    product: 'BlueMind Connector',
    menu: { synchronize: 'Synchronize', open: 'Open', quit: 'Quit' },
    unconnected: 'No account is connected.',
    running: 'Synchronizing…',
    password: 'The server refuses the password.',
    noServer: 'BlueMind cannot be reached just now.',
    noOutlook: 'Waits for Outlook.',
    failing: 'Synchronization fails.',
    never: 'Not synchronized yet.',
    held: (count) =>
      count === 1
        ? '1 deletion or conflict waits for your decision.'
        : `${count} deletions or conflicts wait for your decision.`,
    items: (count) => (count === 1 ? '1 item is not in step.' : `${count} items are not in step.`),
    inStep: (time) => `In step (${time}).`,
    notices: {
      password: 'Enter your BlueMind password',
      held: 'Waiting for you',
      failing: 'Synchronization fails',
      failingWhy: 'It was tried several times. Click here to see why.',
      update: 'An update waits',
      updateWhy: (version) => `Version ${version} needs Outlook to be restarted. Click here to say when.`,
      updateByHand: 'This version is too old to update itself. Run the newer installer over it; nothing is lost.',
    },
  },
  fr: {
    product: 'Connecteur BlueMind',
    menu: { synchronize: 'Synchroniser', open: 'Ouvrir', quit: 'Quitter' },
    unconnected: 'Aucun compte n’est connecté.',
    running: 'Synchronisation en cours…',
    password: 'Le serveur refuse le mot de passe.',
    noServer: 'BlueMind n’est pas joignable pour le moment.',
    noOutlook: 'En attente d’Outlook.',
    failing: 'La synchronisation n’aboutit pas.',
    never: 'Rien n’a encore été synchronisé.',
    held: (count) =>
      count === 1
        ? '1 suppression ou conflit attend votre décision.'
        : `${count} suppressions ou conflits attendent votre décision.`,
    items: (count) => (count === 1 ? '1 élément n’est pas à jour.' : `${count} éléments ne sont pas à jour.`),
    inStep: (time) => `À jour (${time}).`,
    notices: {
      password: 'Saisissez votre mot de passe BlueMind',
      held: 'En attente de vous',
      failing: 'La synchronisation n’aboutit pas',
      failingWhy: 'Plusieurs tentatives ont échoué. Cliquez ici pour savoir pourquoi.',
      update: 'Une mise à jour attend',
      updateWhy: (version) => `La version ${version} demande de redémarrer Outlook. Cliquez ici pour dire quand.`,
      updateByHand:
        'Cette version est trop ancienne pour se mettre à jour elle-même. Lancez le nouvel installateur ; rien n’est perdu.',
    },
  },
};
