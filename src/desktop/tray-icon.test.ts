import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import type { TrayLook } from './tray.ts';
import { trayIcon } from './tray-icon.ts';

const NAMES = ['add', 'modify', 'delete', '', 'version'];
const LOOK: TrayLook = { state: 'attention', tip: 'A tip', menu: { synchronize: 's', open: 'o', quit: 'q' } };
const notice = (title: string, text = 'now') => ({ title, text });

/** A desktop that has no icon yet, and may be away. */
function desktop() {
  const said: string[] = [];
  let [isAway, has] = [true, false];
  const textAt = (bytes: Uint8Array, from: number, units: number) =>
    Buffer.from(bytes.subarray(from, from + 2 * units))
      .toString('utf16le')
      .replace(/\0.*$/s, '');
  const icon = trayIcon({
    ...{ window: 7n, message: 1, picture: () => 1n },
    notify: (what, bytes) => {
      const name = NAMES[what];
      if (isAway || has === (name === 'add')) return false;
      if (name === 'add' || name === 'delete') has = name === 'add';
      said.push(`${name} ${textAt(bytes, 40, 128)}${textAt(bytes, 820, 64)} ${textAt(bytes, 304, 256)}`.trim());
      return true;
    },
  });
  return {
    icon,
    said: () => said.splice(0),
    comes: () => {
      [isAway, has] = [false, false];
    },
    fails: () => {
      isAway = true;
    },
  };
}

it('what is told before the desktop is there is told once, when the icon is', () => {
  const { icon, said, comes } = desktop();
  icon.tell(notice('Password'));
  icon.show(LOOK);
  icon.tell(notice('Held', '1'));
  icon.tell(notice('Held', '2'));
  comes();
  expect(said()).toEqual([]);
  icon.renew();
  expect(said()).toEqual(['add A tip', 'version', 'modify Password now', 'modify Held 2']);
  icon.show(LOOK);
  icon.tell(notice('Update'));
  expect(said()).toEqual(['modify A tip', 'modify Update now']);
});

it('what is told while the desktop begins anew is told when that says that it is there', () => {
  const { icon, said, comes, fails } = desktop();
  comes();
  icon.show(LOOK);
  fails();
  icon.tell(notice('Held'));
  icon.show(LOOK);
  comes();
  said();
  icon.renew();
  expect(said()).toEqual(['add A tip', 'version', 'modify Held now']);
  icon.close();
  expect(said()).toEqual(['delete']);
});
