import { expect, test } from 'vitest';
import { systemClock } from '../../node/system-clock.ts';
import { openEmulator } from './open-emulator.ts';
import { PT } from './property.ts';
import { readProperties, writeProperties } from './property-rows.ts';

test('as many properties as an owner has are written, however many statements that takes', () => {
  const { session, close } = openEmulator({ file: ':memory:', clock: systemClock, random: Math.random });
  for (const many of [0, 1, 63, 64, 65, 200]) {
    const values = Array.from({ length: many }, (_, at) => [`t:${at}`, { type: PT.LONG, value: at }] as const);
    writeProperties(session.database, `x${many}`, values);
    expect(new Map(readProperties(session.database, `x${many}`))).toEqual(new Map(values));
  }
  close();
});
