import { expect, test } from 'vitest';
import type { FolderReport, Line } from '../sync/report.ts';
import { reportFor } from '../sync/testing/state-contract.ts';
import { reportOf, reportText } from './report-text.ts';

const line: Line = {
  ...{ do: 'create', on: 'outlook', key: 'k0', title: 'A "title"', rule: 'T1', fields: [], conflicts: [] },
  ...{ outcome: 'done', detail: '' },
};
const lines: readonly Line[] = [
  line,
  { ...line, key: 'k1', title: '' },
  { ...line, key: 'k2', outcome: 'refused', detail: 'TOO_LONG' },
  { ...line, key: 'k3', do: 'update', rule: 'T2', fields: ['title'] },
  { ...line, key: 'k4', do: 'update', rule: 'T2', fields: ['place'] },
  { ...line, key: 'k5', do: 'merge', on: undefined, conflicts: [{ field: 'title', winner: 'server' }] },
  { ...line, key: 'k6' },
  { ...line, key: 'k7', do: 'delete', rule: 'T4' },
];
const report: FolderReport = { ...reportFor(5), lines };

test('a report is read as it was told', () => {
  for (const told of [report, { ...report, lines: [] }]) expect(reportOf(reportText(told))).toEqual(told);
});

test('what lines say alike is written once', () => {
  expect(reportText(report).match(/"rule":"T1","fields":\[\],"conflicts":\[\],"outcome":"done"/g)).toHaveLength(1);
});

test('a report of an older version is read as well', () => {
  expect(reportOf(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(report)));
});
