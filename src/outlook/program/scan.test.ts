import { describe, expect, it } from 'vitest';
import { callsOf } from './calls-of.ts';
import type { OutlookValue } from './program.ts';
import { openScan, type ScanRow, scannedRows, scanPage } from './scan.ts';

function cells(n: number): readonly OutlookValue[] {
  const id = Uint8Array.of(0, n);
  return [id, { date: `2026-03-0${n}T08:00:00` }, 'IPM.Contact', `token-${n}`, Uint8Array.of(1, n)];
}

function row(n: number): ScanRow {
  return {
    entryId: `010${n}`,
    lastModified: `2026-03-0${n}T08:00:00Z`,
    messageClass: 'IPM.Contact',
    token: `token-${n}`,
  };
}

function turned(page: readonly (readonly OutlookValue[])[]): readonly (readonly OutlookValue[])[] {
  return (page[0] ?? []).map((_, column) => page.map((line) => line[column] ?? null));
}

describe('the rows of a page', () => {
  for (const size of [1, 2, 4, 5, 6]) {
    const page = Array.from({ length: size }, (_, at) => cells(at + 1));
    const rows = page.map((_, at) => row(at + 1));

    it(`[EO57] are the same whichever way ${size} of them lie in the array`, () => {
      expect(scannedRows({ GetArray: page }, 'long')).toEqual(rows);
      expect(scannedRows({ GetArray: turned(page) }, 'long')).toEqual(rows);
    });
  }

  it('are none when the page is empty, in either order', () => {
    expect(scannedRows({ GetArray: [] }, 'long')).toEqual([]);
    expect(scannedRows({ GetArray: [[], [], [], [], []] }, 'long')).toEqual([]);
  });

  it('[EO54] fall back to the short id when the store tells no long one', () => {
    const [id, ...rest] = cells(1);
    const page = [[id ?? null, ...rest.slice(0, 3), null]];
    expect(scannedRows({ GetArray: page }, 'long')).toEqual([{ ...row(1), entryId: '0001' }]);
    expect(scannedRows({ GetArray: [cells(1).slice(0, 4)] }, 'short')).toEqual([{ ...row(1), entryId: '0001' }]);
  });

  it('[EO55] of damaged and foreign items are rows too', () => {
    const page = [[Uint8Array.of(7), null, { error: 0x8004010f }, null, null]];
    expect(scannedRows({ GetArray: page }, 'long')).toEqual([
      { entryId: '07', lastModified: undefined, messageClass: '', token: '' },
    ]);
  });
});

it('a scan costs ten calls to open and one for each page', () => {
  expect([callsOf(openScan({ object: 1 }, 'long')), callsOf(scanPage({ object: 1 }, 200))]).toEqual([10, 1]);
});
