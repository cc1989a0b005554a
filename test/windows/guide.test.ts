/** The user's guide, followed with the installed connector: every step that it tells, by the windows that it names. */
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setPassword } from '../../src/server/admin/accounts.ts';
import { runWindows } from '../../tools/windows/wine.ts';
import { withoutBrowser } from '../dialogs/browser.ts';
import { dropFile } from '../dialogs/drop-file.ts';
import { editOnServer } from '../end-to-end/edits.ts';
import { serverEvents } from '../end-to-end/server-facts.ts';
import { LOGIN, PASSWORD } from '../end-to-end/world.ts';
import { BEFORE, go, openWorld, ours, PATIENCE, press, throughPages, type World } from './guide-world.ts';
import {
  agentClient,
  DATA,
  filesIn,
  local,
  PROGRAM,
  registry,
  testedInstaller,
  testedProgram,
  uninstall,
  valuesOf,
} from './installation.ts';

beforeAll(async () => {
  await testedProgram();
  testedInstaller('1.0.0');
}, 300_000);

const POLICIES = 'Software\\Policies\\BlueMind\\Connector';
const CALENDAR_FILE = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:trip-1
DTSTAMP:20260101T000000Z
DTSTART:20261215T090000Z
DTEND:20261215T100000Z
SUMMARY:Trip to Lyon
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');
const CARD_FILE = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:zoe-1\r\nFN:Zoe Imported\r\nN:Imported;Zoe;;;\r\nEND:VCARD\r\n';

const LONG = { timeout: 180_000 };

describe.skipIf(withoutBrowser !== undefined)(`the guide in English${withoutBrowser ?? ''}`, () => {
  let world: World;
  let page: Page;
  beforeAll(async () => {
    world = await openWorld('en', 93);
  }, 120_000);
  afterAll(() => world?.close(), 120_000);
  const says: World['guide']['says'] = (...words) => world.guide.says(...words);
  const inOutlook = (title: string, folder?: string) =>
    expect.poll(() => world.outlook.titles('calendar', folder), PATIENCE).toContain(title);
  const notInOutlook = (title: string) =>
    expect.poll(() => world.outlook.titles('calendar'), PATIENCE).not.toContain(title);
  const onServer = async () => [...(await serverEvents(world.session)).values()].map(({ title }) => title).sort();
  const folders = (kind: 'calendar' | 'contacts') => expect.poll(() => world.outlook.folders(kind), PATIENCE);

  it('Install', LONG, async () => {
    says('Start it, choose the language, *Next*, and read and accept the licence.');
    says('*This computer* says whether Windows and Outlook are suitable.', 'This computer');
    says('*Only for me* needs no administrator. Go on, then *Install*.', 'Only for me', 'Install');
    says('Leave *Connect my account now* checked, and finish.', 'Connect my account now');
    let texts: readonly string[] = [];
    page = await world.opened(async () => {
      texts = await throughPages(world, testedInstaller('1.0.0'), [
        ['Language / Langue', 'Please choose'],
        ['BlueMind Connector for Outlook Setup', 'my account now'],
      ]);
    });
    const shown = texts.join('\n').replaceAll('&', '');
    for (const name of ['This computer', 'Only for me', 'Install', 'Connect my account now'])
      expect(shown).toContain(name);
    await page.getByRole('heading', { level: 1, name: 'Connect' }).waitFor();
    says('The connector starts by itself whenever you log on.');
    const run = await valuesOf('HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run');
    expect(run['BlueMindConnector']).toMatch(/BlueMindConnector\.exe" agent$/);
  });

  it('Connect', LONG, async () => {
    says('In the window *Connect*, type the address of your BlueMind server', 'Connect');
    says('*Test* only tries; *Connect* tries and keeps it.', 'Test', 'Connect');
    says('What is wrong is said beside the box it concerns. *More* has a proxy and further certificates', 'More');
    await world.outlook.start();
    await world.outlook.make(BEFORE);
    const fill = async (server: string, login: string, password: string) => {
      await page.locator('#server').fill(server);
      await page.locator('#login').fill(login);
      await page.locator('#password').fill(password);
    };
    await press(page, 'Connect');
    await page.getByText('Enter the address of the server.').waitFor();
    await fill(world.server().url, 'jane', 'wrong');
    await press(page, 'Connect');
    await page.getByText('Enter your whole login').waitFor();
    await fill(world.server().url, LOGIN, 'wrong');
    await press(page, 'Connect');
    says('*The server refuses this login and password*', 'The server refuses this login and password');
    await page.getByText('The server refuses this login and password').waitFor();
    await press(page, 'More');
    await page.getByLabel('Proxy').waitFor();
    await page.getByLabel('Certificates').waitFor();
    await fill(world.server().url, LOGIN, PASSWORD);
    await press(page, 'Test');
    await page.getByText('It works: connected as Jane Doe.').waitFor();
    expect(await agentClient().client.get('status', {})).toMatchObject({ account: null });
    await editOnServer(world.session, { edit: [], remove: [], create: 3, name: 'first-' });
    await press(page, 'Connect');
    says('The first synchronization begins. Your own calendar and contacts go into Outlook');
    await page.getByRole('heading', { level: 1, name: 'Synchronize' }).waitFor();
    await page.getByText(/changes? (was|were) carried out|Everything was in step/).waitFor();
    await inOutlook('Made on the server first-2');
    await folders('calendar').toEqual(['Choir']);
    says('What was in Outlook before stays as it is.');
    expect(await world.outlook.titles('calendar')).toContain(BEFORE);
    expect(await onServer()).not.toContain(BEFORE);
  });

  it('You find Connect again', LONG, async () => {
    says('You find *Connect* again in Outlook under *File ▸ BlueMind*, and in the menu of every window', 'Connect');
    says('*Connect* as long as no account is connected, then *Status*', 'Status');
    const fromOutlook = await world.opened(() => world.outlook.press('connect'));
    await fromOutlook.getByText('Outlook is connected to this account.').waitFor();
    const fromMenu = await world.opened(() => world.startMenu());
    await fromMenu.getByRole('heading', { level: 1, name: 'Status' }).waitFor();
    await go(world, fromMenu, 'connect');
    await fromMenu.getByText('Jane Doe (jane@demo.test)').waitFor();
    await fromMenu.close();
    await fromOutlook.close();
  });

  it('change, add or delete something', LONG, async () => {
    says('do it in Outlook or in BlueMind; the other side follows within seconds');
    await world.outlook.make('Tea with Ann');
    await expect.poll(onServer, PATIENCE).toContain('Tea with Ann');
    await world.outlook.rename('Tea with Ann', 'Coffee with Ann');
    await expect.poll(onServer, PATIENCE).toContain('Coffee with Ann');
    await editOnServer(world.session, { edit: [], remove: ['made-on-server-first-0'], create: 0, name: '' });
    await notInOutlook('Made on the server first-0');
    await world.outlook.remove('Made on the server first-1');
    await expect.poll(onServer, PATIENCE).not.toContain('Made on the server first-1');
  });

  it('see how things stand, and synchronize now', LONG, async () => {
    says('the icon beside the clock');
    const status = await world.opened(() => world.icon('click'));
    await status.getByRole('heading', { level: 1, name: 'Status' }).waitFor();
    await press(status, 'Compare both sides');
    await status.getByText('both sides are equal').waitFor();
    says(
      '*Synchronize*, also in the menu of the icon; it shows the progress, and *Stop* ends it without losing anything',
      'Synchronize',
      'Stop',
    );
    const runs = (await agentClient().client.get('status', {})).last?.id ?? 0;
    await world.icon('synchronize');
    await expect
      .poll(async () => (await agentClient().client.get('status', {})).last?.id, PATIENCE)
      .toBeGreaterThan(runs);
    await go(world, status, 'synchronize');
    await press(status, 'What would change?');
    await status.getByText('Nothing: everything is in step.').waitFor();
    await editOnServer(world.session, { edit: [], remove: [], create: 120, name: 'many-' });
    await press(status, 'Stop');
    await status.getByRole('region', { name: 'Progress' }).waitFor({ state: 'detached' });
    await press(status, 'Synchronize');
    await expect
      .poll(
        async () => (await world.outlook.titles('calendar')).filter((title) => title.includes('many-')).length,
        PATIENCE,
      )
      .toBe(120);
    page = status;
  });

  it('Calendars and address books of others, and address books of one’s own', LONG, async () => {
    says('*Calendars*: search, check the name. `R/W` beside it: you may change it, `R`: only read', 'Calendars');
    await go(world, page, 'calendars');
    await page.getByPlaceholder('Search by name or owner').fill('ann');
    expect(await page.getByRole('listitem').allTextContents()).toEqual(['RotaAnn PoeR', 'TeamAnn PoeR/W']);
    await page.getByRole('checkbox', { name: /Team/ }).click();
    await press(page, 'Save');
    await folders('calendar').toEqual(['Choir', 'Team (Ann Poe)']);
    says('*Address books*, likewise', 'Address books');
    await go(world, page, 'books');
    await page.getByRole('checkbox', { name: /Suppliers/ }).click();
    await press(page, 'Save');
    await folders('contacts').toContain('Suppliers (Ann Poe)');
    says('make, rename or delete an address book of your own');
    says('*My address books*', 'My address books');
    await go(world, page, 'own-books');
    await page.getByLabel('Name of a new address book').fill('Club');
    await press(page, 'Add');
    await folders('contacts').toContain('Club');
    await press(page, 'Rename Club');
    await page.getByLabel('New name for Club').fill('Members');
    await page.keyboard.press('Enter');
    await folders('contacts').toContain('Members');
    await press(page, 'Delete Members');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await folders('contacts').not.toContain('Members');
  });

  it('History', LONG, async () => {
    says('*History*: choose it, *Put back*; 30 days', 'History', 'Put back');
    await world.outlook.rename('Coffee with Ann', 'Coffee with somebody');
    await expect.poll(onServer, PATIENCE).toContain('Coffee with somebody');
    await world.outlook.remove('Made on the server first-2');
    await expect.poll(onServer, PATIENCE).not.toContain('Made on the server first-2');
    await go(world, page, 'history');
    await press(page, /Made on the server first-2.*Deleted in BlueMind/s);
    await press(page, 'Put back');
    await page.getByText('The next run carries it to the other side').waitFor();
    await inOutlook('Made on the server first-2');
    await press(page, /^Coffee with Ann.*Overwritten in BlueMind/s);
    await press(page, 'Put back');
    await inOutlook('Coffee with Ann');
    await expect.poll(onServer, PATIENCE).toContain('Coffee with Ann');
  });

  it('Waiting for you', LONG, async () => {
    says('*Waiting for you*: let them be deleted, or bring them back. Until then nothing happens', 'Waiting for you');
    const many = Array.from({ length: 40 }, (_, at) => `Made on the server many-${at}`);
    await world.outlook.remove(...many);
    await go(world, page, 'held');
    await page.getByText('All 40 entries').waitFor();
    expect(await onServer()).toEqual(expect.arrayContaining(many));
    says('what was not sent yet is shown first');
    await go(world, page, 'options');
    await press(page, 'Reset…');
    await page.getByText('40 changes are not sent to BlueMind yet:').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await go(world, page, 'held');
    await page.getByRole('checkbox', { name: /^Made on the server many-0 / }).check();
    await press(page, 'Bring back');
    await inOutlook('Made on the server many-0');
    await page.getByRole('checkbox', { name: 'All 39 entries' }).check();
    await press(page, 'Delete');
    await expect.poll(onServer, PATIENCE).not.toContain('Made on the server many-39');
    expect(await onServer()).toContain('Made on the server many-0');
    await page.getByText('Nothing waits for a decision.').waitFor();
  });

  it('Import', LONG, async () => {
    const says: World['guide']['says'] = (...words) => world.importing.says(...words);
    says('Choose *What was in Outlook before the connector*.', 'What was in Outlook before the connector');
    says('*Preview* reads and compares, and writes nothing.', 'Preview');
    says('*Import* takes them.', 'Import');
    await go(world, page, 'import');
    await page.getByRole('radio', { name: 'What was in Outlook before the connector' }).click();
    await press(page, 'Preview');
    await press(page, 'Import 1 item');
    await page.getByText('1 item was imported.').waitFor();
    await expect.poll(onServer, PATIENCE).toContain(BEFORE);
    says('none appears twice');
    expect((await world.outlook.titles('calendar')).filter((title) => title === BEFORE)).toEqual([BEFORE]);
    says('Choose *Files*, then drop files on the window, or press *Choose files…*', 'Files', 'Choose files…');
    await page.getByRole('radio', { name: 'Files' }).click();
    const chooser = page.waitForEvent('filechooser');
    await press(page, 'Choose files…');
    await (await chooser).setFiles({ name: 'trip.ics', mimeType: 'text/calendar', buffer: Buffer.from(CALENDAR_FILE) });
    await page.getByText('trip.ics (').waitFor();
    // Once it is handed over, the window takes the next one.
    await expect.poll(() => page.getByRole('button', { name: 'Choose files…' }).isEnabled(), PATIENCE).toBe(true);
    await dropFile(page.getByRole('region', { name: 'Files to import' }), 'people.vcf', CARD_FILE);
    await page.getByText('people.vcf (').waitFor();
    says('press *Preview*, then *Import*', 'Preview', 'Import');
    await press(page, 'Preview');
    await press(page, 'Import 2 items');
    await page.getByText('2 items were imported.').waitFor();
    await inOutlook('Trip to Lyon');
    await expect.poll(() => world.outlook.titles('contacts'), PATIENCE).toContain('Zoe Imported');
    says('Press *Undo this import* and agree.', 'Undo this import');
    await press(page, 'Undo this import');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click();
    await page.getByText('2 items were removed again.').waitFor();
    await notInOutlook('Trip to Lyon');
  });

  it('Updates', LONG, async () => {
    says('The window also says what is new, and has the switches');
    says('*Run a newer installer* stands where');
    await go(world, page, 'updates');
    await page.getByText('Run a newer installer over it.').waitFor();
    await page.getByText('What’s new in version').first().waitFor();
    for (const name of ['Install new versions by themselves', 'Previews too'])
      await page.getByRole('switch', { name }).waitFor();
  });

  it('Report', LONG, async () => {
    says(
      '*Send report* (in the menu of every window, and under *Advanced options*) is for whoever helps you.',
      'Send report',
    );
    says('send it to your server or save it as a file. Where it was sent you get a number');
    await go(world, page, 'options');
    await press(page, 'Make a report…');
    await page.getByText('This is all it contains.').waitFor();
    await page.getByLabel('Your note').fill('It was slow.');
    const coming = page.waitForEvent('download');
    await press(page, 'Save as a file');
    const saved = readFileSync(await (await coming).path(), 'utf8');
    expect(JSON.parse(saved)).toMatchObject({ note: 'It was slow.', version: '1.0.0' });
    for (const secret of [LOGIN, 'Coffee with Ann', PASSWORD]) expect(saved).not.toContain(secret);
    await press(page, /^Send to /);
    await page.getByText(/Sent\. Its number is .+: tell it to your administrator/).waitFor();
  });

  it(
    'Problems: the server cannot be reached, the password is another, a setting is the organisation’s',
    LONG,
    async () => {
      says('*Nothing answers at this address*', 'Nothing answers at this address');
      await go(world, page, 'synchronize');
      await world.network.cut();
      await world.outlook.make('Made while away');
      await press(page, 'Synchronize');
      await page.getByText('Nothing answers at this address').waitFor();
      says('check your network; the connector tries again by itself');
      await world.network.mend();
      await expect.poll(onServer, PATIENCE).toContain('Made while away');
      says('changed it in BlueMind? Type the new one in *Connect*', 'Connect');
      await setPassword(world.server().kernel, LOGIN, 'another one 42');
      await go(world, page, 'connect');
      await page.getByLabel('New password').fill('another one 42');
      await press(page, 'Change password');
      await page.getByText('The password is changed.').waitFor();
      await setPassword(world.server().kernel, LOGIN, PASSWORD);
      await page.getByLabel('New password').fill(PASSWORD);
      await press(page, 'Change password');
      await page.getByText('The password is changed.').waitFor();
    },
  );

  it('Advanced options: logging, and Reset', LONG, async () => {
    says('*Advanced options ▸ Reset*', 'Advanced options', 'Reset');
    await go(world, page, 'options');
    await page.getByRole('switch', { name: 'Advanced logging' }).click();
    const log = () => readFileSync(local(...DATA, 'logs', 'agent.log'), 'utf8');
    expect(log()).not.toContain('"call"');
    await page.getByRole('switch', { name: 'Windows tells me, beside the clock, what waits for me' }).click();
    await press(page, 'Reset…');
    const question = page.getByRole('alertdialog');
    await question.getByText(/items are removed from Outlook\. BlueMind keeps everything\./).waitFor();
    await question.getByRole('button', { name: 'Reset' }).click();
    await page.getByText(/items were removed\./).waitFor();
    await inOutlook('Coffee with Ann');
    await expect.poll(log, PATIENCE).toContain('_mget');
  });

  it('Quit, and back from the start menu; what the organisation has set', LONG, async () => {
    says('Its *Quit* ends the connector until you log on again or open it from the start menu.', 'Quit');
    await world.icon('quit');
    await expect.poll(() => existsSync(local(...DATA, 'api.json')), PATIENCE).toBe(false);
    says('*Managed by your organisation*', 'Managed by your organisation');
    await runWindows('reg', ['add', `HKCU\\${POLICIES}`, '/v', 'Interval', '/t', 'REG_DWORD', '/d', '20', '/f']);
    page = await world.opened(() => world.startMenu());
    await page.getByRole('heading', { level: 1, name: 'Status' }).waitFor();
    await go(world, page, 'options');
    await page.getByText('Managed by your organisation.').waitFor();
    expect(await page.getByRole('spinbutton', { name: /^Minutes/ }).inputValue()).toBe('20');
    await runWindows('reg', ['delete', 'HKCU\\Software\\Policies\\BlueMind', '/f']);
  });

  it('Uninstall: what is taken out of Outlook, and that nothing is left', LONG, async () => {
    says('Your calendars and contacts stay in Outlook, and BlueMind stays as it is');
    await go(world, page, 'connect');
    await press(page, 'Disconnect…');
    await page.getByRole('radio', { name: 'They are removed from Outlook' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.locator('#server').waitFor();
    await notInOutlook('Coffee with Ann');
    expect(await onServer()).toContain('Coffee with Ann');
    await world.outlook.close();
    await world.unmergeClasses();
    await uninstall(local(...PROGRAM), '/PURGE');
    expect(filesIn(local(...PROGRAM))).toEqual([]);
    expect(filesIn(local('BlueMind'))).toEqual([]);
    expect(ours(await registry())).toEqual(ours(world.keys));
    expect(world.complaints).toEqual([]);
  });
});
