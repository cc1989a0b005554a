import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A screen for Windows programs; without one they run too, and show nothing. */
export type Screen = {
  /** For their environment: `DISPLAY`. */
  readonly name: string;
  /** Writes what is on it, as PNG. */
  picture(file: string): void;
  end(): Promise<void>;
};

/** @param number another one for each that is there at once */
export async function openScreen(number: number, size = '700x520'): Promise<Screen> {
  const name = `:${number}`;
  const screen = spawn('Xvfb', [name, '-screen', '0', `${size}x24`], { stdio: 'ignore' });
  await sleep(1000);
  return {
    name,
    picture: (file) => void spawnSync('import', ['-display', name, '-window', 'root', file]),
    end: async () => {
      if (screen.exitCode !== null || screen.signalCode !== null) return;
      const ended = once(screen, 'exit');
      screen.kill();
      await ended;
    },
  };
}
