import { expect, test } from 'vitest';
import { type AddIn, hostAddIn } from './add-in-host.ts';
import { emulatedOutlook } from './testing/world.ts';

const EXPLORER = 'Microsoft.Outlook.Explorer';
const CONTACT = 'Microsoft.Outlook.Contact';
const NAMESPACE = 'http://schemas.microsoft.com/office/2009/07/customui';
const RIBBON = `<customUI xmlns="${NAMESPACE}"><ribbon><tabs><tab idMso="TabCalendar"><group id="ours" label="BlueMind">
  <button id="sync" getLabel="label" onAction="sync"/></group></tab></tabs></ribbon></customUI>`;

function world(
  of: Partial<AddIn> & { seconds?: number } = {},
  settings: { requireShutdownNotification?: boolean; exempt?: boolean } = {},
) {
  const outlook = emulatedOutlook();
  const asked: string[] = [];
  let label = 'Synchronise';
  const addIn: AddIn = {
    progId: 'BlueMind.Connector',
    onConnection: async () => outlook.clock.sleep(1000 * (of.seconds ?? 0.1)),
    onDisconnection: () => asked.push('OnDisconnection'),
    getCustomUi: (id) => {
      asked.push(id);
      return id === EXPLORER ? RIBBON : '';
    },
    callbacks: {
      label: () => {
        asked.push('label');
        return label;
      },
    },
    ...of,
  };
  const host = hostAddIn(addIn, { clock: outlook.clock, application: outlook.application, ...settings });
  return {
    outlook,
    asked,
    host,
    relabel: (to: string) => {
      label = to;
    },
  };
}

test('[EO94] GetCustomUI is called once for each ribbon id, and one error voids all of an add-in’s XML', async () => {
  const { asked, host } = world();
  await host.connect();
  expect(host.ribbonValue(EXPLORER, 'ours', 'label')).toBe('BlueMind');
  host.ribbonValue(CONTACT, 'ours', 'label');
  host.ribbonValue(CONTACT, 'ours', 'label');
  expect(asked).toEqual([EXPLORER, CONTACT]);
  for (const bad of [
    RIBBON.replace('button', 'buton'),
    RIBBON.replace('</group>', ''),
    RIBBON.replace(NAMESPACE, 'urn:x'),
    RIBBON.replace('"sync"', '"ours"'),
  ]) {
    const broken = world({ getCustomUi: (id) => (id === EXPLORER ? RIBBON : bad) });
    await broken.host.connect();
    broken.host.ribbonValue(CONTACT, 'ours', 'label');
    expect(broken.host.ribbonValue(EXPLORER, 'ours', 'label')).toBeUndefined();
  }
});

test('[EO95] ribbon values are kept until invalidated', async () => {
  const { asked, host, relabel } = world();
  await host.connect();
  const value = () => host.ribbonValue(EXPLORER, 'sync', 'label');
  expect([value(), value(), asked.filter((name) => name === 'label').length]).toEqual([
    'Synchronise',
    'Synchronise',
    1,
  ]);
  relabel('Working…');
  expect(value()).toBe('Synchronise');
  host.invalidateControl('other');
  expect(value()).toBe('Synchronise');
  host.invalidateControl('sync');
  expect(value()).toBe('Working…');
  relabel('Done');
  host.invalidate();
  expect(value()).toBe('Done');
});

test('[EO96] an add-in that takes more than a second is flagged, and disabled when it happens again and again', async () => {
  const slow = world({ seconds: 1.5 });
  const starts = [
    await slow.host.connect(),
    await slow.host.connect(),
    await slow.host.connect(),
    await slow.host.connect(),
  ];
  expect(starts.map(({ slow: flagged, disabled }) => [flagged, disabled])).toEqual([
    [true, false],
    [true, false],
    [true, true],
    [false, true],
  ]);
  const exempt = world({ seconds: 1.5 }, { exempt: true });
  for (let n = 0; n < 4; n++) expect((await exempt.host.connect()).disabled).toBe(false);
  expect(await world({ seconds: 0.9 }).host.connect()).toEqual({ slow: false, disabled: false });
});

test('[EO97] OnDisconnection is left out at a normal exit unless asked for in the registry; Quit is raised', async () => {
  for (const requireShutdownNotification of [false, true]) {
    const { outlook, asked, host } = world({}, { requireShutdownNotification });
    await host.connect();
    const heard: string[] = [];
    outlook.watch((hint) => heard.push(hint.event));
    host.quit();
    outlook.pump();
    expect([asked.includes('OnDisconnection'), heard]).toEqual([requireShutdownNotification, ['Quit']]);
  }
});
