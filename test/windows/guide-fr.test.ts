/** The first chapters of the guide in French, followed on a Windows that speaks French: a silent installation, its account, its use, its end. */
import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutBrowser } from '../dialogs/browser.ts';
import { serverEvents } from '../end-to-end/server-facts.ts';
import { LOGIN, PASSWORD } from '../end-to-end/world.ts';
import { go, openWorld, ours, PATIENCE, press, type World } from './guide-world.ts';
import {
  DATA,
  filesIn,
  local,
  PROGRAM,
  registry,
  setUpIn,
  setupLog,
  testedProgram,
  uninstall,
} from './installation.ts';

const LONG = { timeout: 120_000 };

describe.skipIf(withoutBrowser !== undefined)(`the guide in French${withoutBrowser ?? ''}`, () => {
  let world: World;
  let page: Page;
  beforeAll(async () => {
    await testedProgram();
    world = await openWorld('fr', 94);
  }, 300_000);
  afterAll(() => world?.close(), 120_000);
  const says: World['guide']['says'] = (...words) => world.guide.says(...words);
  const onServer = async () => [...(await serverEvents(world.session)).values()].map(({ title }) => title);

  it('Installer, et Connexion par le menu Démarrer', LONG, async () => {
    says('Le connecteur démarre tout seul à chaque ouverture de session.');
    says('*Connexion* tant qu’aucun compte n’est connecté, ensuite *État*', 'Connexion', 'État');
    expect((await setUpIn(world.env, '1.0.0')).code, setupLog()).toBe(0);
    await expect.poll(() => existsSync(local(...DATA, 'api.json')), PATIENCE).toBe(true);
    page = await world.opened(() => world.startMenu());
    await page.getByRole('heading', { level: 1, name: 'Connexion' }).waitFor();
  });

  it('Se connecter', LONG, async () => {
    says('Dans la fenêtre *Connexion*, tapez l’adresse de votre serveur BlueMind', 'Connexion');
    says('*Tester* essaie seulement ; *Se connecter* essaie et garde.', 'Tester', 'Se connecter');
    says('*Le serveur refuse cet identifiant et ce mot de passe*');
    says('La première synchronisation commence.');
    await world.outlook.start();
    await page.locator('#server').fill(world.server().url);
    await page.locator('#login').fill(LOGIN);
    await page.locator('#password').fill('faux');
    await press(page, 'Se connecter');
    await page.getByText('Le serveur refuse cet identifiant et ce mot de passe').waitFor();
    await page.locator('#password').fill(PASSWORD);
    await press(page, 'Plus');
    await page.getByLabel('Certificats').waitFor();
    await press(page, 'Tester');
    await page.getByText('Tout fonctionne : connecté en tant que Jane Doe.').waitFor();
    await press(page, 'Se connecter');
    await page.getByRole('heading', { level: 1, name: 'Synchroniser' }).waitFor();
    await page.getByText(/changements? effectués?|Tout était à jour/).waitFor();
    await expect.poll(() => world.outlook.folders('calendar'), PATIENCE).toEqual(['Choir']);
  });

  it('Utiliser', LONG, async () => {
    says('faites-le dans Outlook ou dans BlueMind ; l’autre côté suit en quelques secondes');
    await world.outlook.make('Thé avec Anne');
    await expect.poll(onServer, PATIENCE).toContain('Thé avec Anne');
    says('Vous retrouvez *Connexion* dans Outlook sous *Fichier ▸ BlueMind*', 'Connexion');
    const calendars = await world.opened(() => world.outlook.press('calendars'));
    says(
      '*Calendriers* : cherchez, cochez le nom. `R/W` : vous pouvez le modifier ; `R` : seulement le lire',
      'Calendriers',
    );
    await calendars.getByRole('checkbox', { name: /Team/ }).click();
    await press(calendars, 'Enregistrer');
    await expect.poll(() => world.outlook.folders('calendar'), PATIENCE).toContain('Team (Ann Poe)');
    says(
      '*Synchroniser*, aussi dans le menu de l’icône ; la fenêtre montre la progression, et *Arrêter* y met fin sans rien perdre',
      'Synchroniser',
      'Arrêter',
    );
    await go(world, calendars, 'synchronize');
    await press(calendars, 'Synchroniser');
    await calendars.getByText('Tout était à jour : 0 changement.').waitFor();
    for (const window of ['books', 'own-books', 'history', 'held', 'import', 'options', 'updates', 'report'] as const)
      await go(world, calendars, window);
  });

  it('Quitter, revenir par le menu Démarrer, désinstaller', LONG, async () => {
    says('*Quitter* arrête le connecteur jusqu’à la prochaine ouverture de session', 'Quitter');
    await world.icon('quit');
    await expect.poll(() => existsSync(local(...DATA, 'api.json')), PATIENCE).toBe(false);
    const status = await world.opened(() => world.startMenu());
    await status.getByRole('heading', { level: 1, name: 'État' }).waitFor();
    says('Vos agendas et contacts restent dans Outlook, et BlueMind reste inchangé');
    await uninstall(local(...PROGRAM), '/PURGE');
    expect(await world.outlook.titles('calendar')).toContain('Thé avec Anne');
    expect(await onServer()).toContain('Thé avec Anne');
    await world.unmergeClasses();
    expect(filesIn(local('BlueMind'))).toEqual([]);
    expect(ours(await registry())).toEqual(ours(world.keys));
    expect(world.complaints).toEqual([]);
  });
});
