import { afterEach, describe, expect, it } from 'vitest';
import type { ObjectRef, OutlookValue } from '../program/program.ts';
import { openedRows, openRows, type RowFacts, rowColumns, rowPage, rowsOf } from '../program/rows.ts';
import { APPOINTMENT } from '../program/schema-names.ts';
import { zoneKeyFrom } from '../program/zone-key.ts';
import type { Bench } from './bench.ts';
import { at, fresh, type LiveWorld, liveWorld, made } from './live.ts';
import { sampleAppointment, weekly } from './samples.ts';

const APPOINTMENT_ITEM = 1;
const NOON = { Start: at('2026-03-10T12:00'), End: at('2026-03-10T12:30') };

/** What tables tell of appointments, on which the connector leans where it reads many. */
export function rowsContract(bench: () => Bench): void {
  let world: LiveWorld | undefined;
  const here = () => {
    world ??= liveWorld(bench());
    return world;
  };
  afterEach(async () => {
    await world?.release();
    world = undefined;
  });
  const appointment = (members: Readonly<Record<string, OutlookValue>>) =>
    made(here().folder, APPOINTMENT_ITEM, { ...NOON, ...members });
  /** The cells of the first row. */
  const cells = async (...columns: readonly string[]): Promise<readonly OutlookValue[]> => {
    const table = await here().folder.object('GetTable');
    const all = await table.object('Columns');
    await all.call('RemoveAll');
    for (const column of columns) await all.object('Add', column);
    return (await (await table.object('GetNextRow')).call('GetValues')) as readonly OutlookValue[];
  };
  const rows = async (): Promise<readonly RowFacts[]> => {
    const columns = rowColumns(['Body', 'Start', 'End']);
    const opened = openedRows(await bench().run(openRows(bench().given.folder, columns)), columns);
    const page = rowsOf(await bench().run(rowPage(opened.table, 50)), opened) ?? [];
    await bench().executor.release([opened.table as ObjectRef]);
    return page;
  };

  describe('tables of appointments', () => {
    it.each([
      ['in winter', '2026-01-15T22:45'],
      ['in summer', '2026-07-01T00:15'],
      ['years ago', '1999-08-02T09:00'],
    ])('[EO101] show the start and the end as their members do, %s', async (_, start) => {
      const item = await fresh(here(), await appointment({ Start: at(start), End: at(`${start.slice(0, 10)}T23:30`) }));
      expect(await cells('Start', 'End')).toEqual([await item.get('Start'), await item.get('End')]);
    });

    it('[EO101] [EC64] show of a series when its first instance is', async () => {
      const id = await bench().writeAppointment(sampleAppointment({ recurrence: weekly() }));
      const item = await here().session.object('GetItemFromID', id);
      expect(await cells('Start', 'End')).toEqual([await item.get('Start'), await item.get('End')]);
    });

    it.each(['', 'Agenda', 'Ordre du jour\r\n\r\n1. Été\r\n2.\tDivers'])(
      '[EO102] show a short text as it is on its item: %j',
      async (Body) => {
        const item = await fresh(here(), await appointment({ Body }));
        const [cell] = await cells('Body');
        expect(cell ?? '').toBe(await item.get('Body'));
      },
    );

    it('[EO103] show enough of the definition of a zone to tell which it is', async () => {
      const item = await fresh(here(), await appointment({}));
      const [definition] = await cells(APPOINTMENT.startZone);
      expect(zoneKeyFrom(definition as Uint8Array)).toBe(await (await item.object('StartTimeZone')).get('ID'));
    });

    it('[EO101] [EO102] [EO103] have rows that tell what the items say themselves', async () => {
      const item = await appointment({ Body: 'Agenda' });
      const id = String(await item.get('EntryID'));
      await world?.release();
      const { snapshot } = await bench().appointment(id);
      const { start, end, body } = snapshot.value;
      expect([start, end]).toEqual(['2026-03-10T12:00:00', '2026-03-10T12:30:00']);
      expect(await rows()).toEqual([
        { entryId: snapshot.entryId, lastModified: snapshot.lastModified, body, times: { start, end } },
      ]);
    });

    it('[EO101] have no times in rows of items of another zone than that of Windows', async () => {
      const here = await bench().run(openRows(bench().given.folder, rowColumns(['Start'])));
      const { zone, table } = openedRows(here, []);
      await bench().executor.release([table]);
      const other = zone === 'Eastern Standard Time' ? 'Tokyo Standard Time' : 'Eastern Standard Time';
      await bench().writeAppointment(sampleAppointment({ startZone: other, endZone: other }));
      expect((await rows()).map(({ times }) => times)).toEqual([undefined]);
    });
  });
}
