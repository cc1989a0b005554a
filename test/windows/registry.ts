/** Run by Windows' Node: reads and writes the registry as the agent does, and prints what it found as JSON. */
import { installedOutlook } from '../../src/outlook/com/installed-outlook.ts';
import { registryReader, userRegistry } from '../../src/outlook/com/windows-registry.ts';
import { optionKeys } from '../../src/outlook/model/calendar-options.ts';

const reader = registryReader();
const registry = userRegistry();
const { registry: key, policy } = optionKeys(16);
const before = await registry.numbers(key);
await registry.setNumber(key, 'WorkDay', 0x7c);
await registry.setNumber(key, 'CalDefStart', 0xffffffff);
const told = {
  before,
  after: await registry.numbers(key),
  policy: await registry.numbers(policy),
  missing: await registry.numbers('Software\\No such key'),
  keys: reader.keys({ hive: 'currentUser', key: 'Software\\Microsoft\\Office\\16.0\\Outlook' }),
  installed: installedOutlook(reader),
};
console.log(JSON.stringify(told));
