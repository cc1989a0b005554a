import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GENERATED_PATH, generateWindowsZones } from './generate-windows-zones.ts';

it('[OZ7] the zone table is the one that the installed CLDR gives', () => {
  expect(readFileSync(GENERATED_PATH, 'utf8')).toBe(generateWindowsZones());
});
