/** Wine's own script host, a client and nobody's code of ours, sees what the agent wrote, and the agent what it wrote. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { type Bench, openBench } from '../../src/outlook/testing/bench.ts';
import { sampleAppointment } from '../../src/outlook/testing/samples.ts';
import { runWindows, type WindowsProcess, windowsPath } from '../../tools/windows/wine.ts';
import { type RemoteOutlook, registerFake, startClient, startFake } from './outlook-world.ts';

let fake: WindowsProcess | undefined;
let client: RemoteOutlook | undefined;
let bench: Bench;

beforeAll(async () => {
  await registerFake();
  fake = await startFake();
  client = await startClient();
  expect(await client.connect()).toBe(true);
  const outlook = { executor: client.executor, pause: async () => undefined, dispose: async () => undefined };
  bench = await openBench(outlook, 'calendar');
});
afterAll(async () => {
  await bench?.close();
  await client?.close();
  await fake?.end();
});

/** What a script echoes, line by line. Scripts are read as ANSI, so they are in ASCII. */
async function script(name: string, lines: readonly string[]): Promise<readonly string[]> {
  const file = join(mkdtempSync(join(tmpdir(), 'script-')), name);
  writeFileSync(file, lines.join('\r\n'));
  const { stdout, stderr, code } = await runWindows('cscript', ['//nologo', windowsPath(file)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim().split(/\r?\n/);
}

const codes = (text: string) => Array.from(text, (character) => character.charCodeAt(0)).join(' ');

it('JScript reads the appointment that the agent wrote', async () => {
  const sample = sampleAppointment({ subject: 'Déjeuner 漢' });
  const entryId = await bench.writeAppointment(sample);
  const [subject, start, recipients] = await script('read.js', [
    'var session = new ActiveXObject("Outlook.Application").GetNamespace("MAPI");',
    `var item = session.GetItemFromID("${entryId}");`,
    'var codes = [];',
    'for (var at = 0; at < item.Subject.length; at++) codes.push(item.Subject.charCodeAt(at));',
    'WScript.Echo(codes.join(" "));',
    'WScript.Echo(new Date(item.Start).getFullYear());',
    'WScript.Echo(item.Recipients.Count);',
  ]);
  expect(subject).toBe(codes(sample.subject));
  expect(start).toBe(sample.start.slice(0, 4));
  expect(recipients).toBe(String(sample.recipients.length));
});

it('the agent reads the appointment that VBScript wrote, and VBScript the table of the agent’s folder', async () => {
  const [entryId, rows] = await script('write.vbs', [
    'Set app = CreateObject("Outlook.Application")',
    `Set folder = app.Session.GetFolderFromID("${bench.folderId}", "${bench.storeId}")`,
    'Set item = folder.Items.Add(1)',
    'item.Subject = "D" & Chr(233) & "j"',
    'item.Start = DateSerial(2026, 5, 4) + TimeSerial(9, 30, 0)',
    'item.Duration = 45',
    'item.ReminderSet = False',
    'Set pattern = item.GetRecurrencePattern()',
    'pattern.RecurrenceType = 1',
    'pattern.DayOfWeekMask = 2',
    'pattern.Occurrences = 3',
    'item.Save',
    'WScript.Echo item.EntryID',
    'Set table = folder.GetTable()',
    'cells = table.GetArray(10)',
    'WScript.Echo UBound(cells, 1) + 1',
  ]);
  expect(entryId).toMatch(/^[0-9A-F]+$/);
  const { snapshot } = await bench.appointment(must(entryId));
  expect(snapshot.value).toMatchObject({ subject: 'Déj', start: '2026-05-04T09:30:00', end: '2026-05-04T10:15:00' });
  expect(snapshot.value.recurrence).toMatchObject({ end: { kind: 'count', occurrences: 3 } });
  expect(rows).toBe(String((await bench.rows()).length));
});

it('VBScript is told of an error as Outlook tells it', async () => {
  const [number, text] = await script('error.vbs', [
    'Set app = CreateObject("Outlook.Application")',
    'On Error Resume Next',
    'app.Session.GetItemFromID "00"',
    'WScript.Echo Hex(Err.Number And &HFFFFF)',
    'WScript.Echo Err.Description',
  ]);
  expect([number, text]).toEqual(['40107', 'Invalid entry identifier.']);
});
