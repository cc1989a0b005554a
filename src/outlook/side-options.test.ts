import { expect, it } from 'vitest';
import { encodeUtf8 } from '../base/utf8.ts';
import { emulatedOutlook, lateOutlook } from './emulator/testing/world.ts';
import { optionKeys } from './model/calendar-options.ts';
import { outlookOptions } from './side-options.ts';

const PROPTAG = 'http://schemas.microsoft.com/mapi/proptag/';
const STREAMS = { 'IPM.Configuration.WorkHours': '0x7C080102', 'IPM.Configuration.Calendar': '0x7C070102' } as const;

type Outlook = ReturnType<typeof emulatedOutlook>;

/** Outlook itself makes a hidden item. */
function hide(outlook: Outlook, messageClass: keyof typeof STREAMS, text: string): void {
  const storage = lateOutlook(outlook).calendar.object('GetStorage', messageClass, 2);
  storage.object('PropertyAccessor').call('SetProperty', PROPTAG + STREAMS[messageClass], encodeUtf8(text));
  storage.call('Save');
}

function hiddenItems(outlook: Outlook): unknown {
  return lateOutlook(outlook).calendar.object('GetTable', '', 1).call('GetRowCount');
}

const open = (outlook: Outlook) => outlookOptions(outlook.executor, outlook.registry);
const NEW = { registry: {}, policy: {}, workHours: undefined, dictionary: undefined, timeScale: 30 };

it('[ST7] a new Outlook has a view and nothing else, and looking makes nothing', async () => {
  const outlook = emulatedOutlook();
  expect(await open(outlook).read()).toEqual(NEW);
  expect(hiddenItems(outlook)).toBe(0);
});

it.each(['pst', 'exchange'] as const)(
  '[ST7] every place is read and written, and only what differs (%s)',
  async (storeKind) => {
    const outlook = emulatedOutlook({ profile: { storeKind } });
    const { registry, policy } = optionKeys(16);
    await outlook.registry.setNumber(registry, 'WorkDay', 0x7c);
    await outlook.registry.setNumber(policy, 'FirstDOW', 1);
    hide(outlook, 'IPM.Configuration.WorkHours', '<Root>é</Root>');
    hide(outlook, 'IPM.Configuration.Calendar', '<UserConfiguration/>');
    const options = open(outlook);
    const before = await options.read();
    expect(before).toEqual({
      registry: { WorkDay: 0x7c },
      policy: { FirstDOW: 1 },
      workHours: '<Root>é</Root>',
      dictionary: '<UserConfiguration/>',
      timeScale: 30,
    });
    const after = { ...before, registry: { WorkDay: 0x7f, New: 1 }, workHours: '<Root>ü</Root>', timeScale: 60 };
    await options.write(before, { ...after, policy: { FirstDOW: 0 } });
    expect(await options.read()).toEqual(after);
    expect(hiddenItems(outlook)).toBe(2);
    const calls = outlook.executor.calls();
    await options.write(after, after);
    expect(outlook.executor.calls() - calls).toBeLessThan(10);
    await options.close();
  },
);

it('[ST7] an IMAP store has no hidden items, and a guard that denies them leaves the registry', async () => {
  const imap = emulatedOutlook({ profile: { storeKind: 'imap' } });
  expect(await open(imap).read()).toEqual(NEW);
  const guarded = emulatedOutlook();
  hide(guarded, 'IPM.Configuration.WorkHours', '<Root/>');
  guarded.set({ guard: 'deny' });
  expect(await open(guarded).read()).toEqual(NEW);
});

it('[ST7] a policy is read for the version that runs, and is never written', async () => {
  const outlook = emulatedOutlook({ switches: { version: 14 } });
  await outlook.registry.setNumber(optionKeys(14).policy, 'WorkDay', 1);
  await outlook.registry.setNumber(optionKeys(16).registry, 'WorkDay', 2);
  const options = open(outlook);
  const before = await options.read();
  expect(before).toEqual({ ...NEW, policy: { WorkDay: 1 } });
  await options.write(before, { ...before, policy: { WorkDay: 9 }, registry: { workday: 5, WORKDAY: 6 } });
  expect(await options.read()).toEqual({ ...NEW, policy: { WorkDay: 1 }, registry: { workday: 6 } });
});

it('[ST7] a new appointment rings as the option says, and as a policy says it', async () => {
  const outlook = emulatedOutlook();
  const minutes = () => {
    const item = lateOutlook(outlook).calendar.object('Items').object('Add', 1);
    return item.get('ReminderMinutesBeforeStart');
  };
  const said = [minutes()];
  await outlook.registry.setNumber(optionKeys(16).registry, 'RemindDefault', 30);
  said.push(minutes());
  await outlook.registry.setNumber(optionKeys(16).policy, 'RemindDefault', 5);
  expect([...said, minutes()]).toEqual([15, 30, 5]);
});

it('an Outlook that is closed is told as such', async () => {
  const outlook = emulatedOutlook();
  outlook.quit();
  await expect(open(outlook).read()).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
});
