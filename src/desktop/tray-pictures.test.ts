import { expect, it } from 'vitest';
import { iconBitmap } from './icon-bitmap.ts';
import type { TrayState } from './tray.ts';
import { trayPicture } from './tray-pictures.ts';

const STATES: readonly TrayState[] = ['inStep', 'running', 'attention', 'away'];

it('every state has a picture of its own, also without colours', () => {
  for (const size of [16, 20]) {
    const grey = STATES.map((state) => {
      const { pixels } = trayPicture(state, size);
      const light = (at: number) =>
        Math.round(((pixels[at] ?? 0) * 2 + (pixels[at + 1] ?? 0) * 5 + (pixels[at + 2] ?? 0)) / 128);
      return Array.from({ length: size * size }, (_, at) => light(4 * at)).join();
    });
    expect(new Set(grey).size).toBe(STATES.length);
    expect(iconBitmap(trayPicture('inStep', size)).length).toBe(40 + 4 * size * size + 4 * Math.ceil(size / 32) * size);
  }
});
