/** An installation with version 1.0.0, a channel, and the one who may sign for it. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { isFailure } from '../../base/failure.ts';
import { systemClock } from '../../node/system-clock.ts';
import { guard } from '../guard.ts';
import { openState, type StateFile } from '../state.ts';
import { openUpdater, type Updater } from '../updater.ts';
import type { UpdaterOptions } from '../updater-options.ts';
import { type ChannelServer, channelServer } from './channel-server.ts';
import { type FolderPort, folderPort, installedIn, pathsIn, putProgram } from './folder-port.ts';
import { newSigner, type Signer } from './release-kit.ts';

export type UpdateWorld = {
  readonly root: string;
  readonly channel: ChannelServer;
  readonly signer: Signer;
  readonly state: StateFile;
  readonly port: FolderPort;
  /** The updater of the version that is installed now. */
  updater(options?: Partial<UpdaterOptions>): Updater;
  /** What asking comes to: what {@link Updater.check} says, or a code. */
  check(options?: Partial<UpdaterOptions> & { readonly byHand?: boolean }): Promise<string>;
  /** Installs what is staged and watches it to its end. */
  installAndWatch(patience?: number): Promise<void>;
  readonly installed: string | undefined;
  close(): Promise<void>;
};

export async function updateWorld(): Promise<UpdateWorld> {
  const root = mkdtempSync(join(tmpdir(), 'update-'));
  const channel = await channelServer();
  const signer = newSigner();
  putProgram(pathsIn(root).program, '1.0.0', 'well');
  const state = openState(pathsIn(root).updates);
  const port = folderPort(root);
  const version = () => installedIn(root)?.version;
  const updater: UpdateWorld['updater'] = (options = {}) =>
    openUpdater({
      ...{ state, installed: version() ?? '0.0.0', platform: 'test', arch: 'x64', builtIn: [signer.key], port },
      fromSource: false,
      rules: () => ({ channel: 'stable', url: channel.url }),
      ...{ fetch, clock: systemClock, random: () => 0.5, rate: Number.POSITIVE_INFINITY, onChange: () => {} },
      ...options,
    });
  return {
    ...{ root, channel, signer, state, port, updater },
    check: ({ byHand = false, ...options } = {}) =>
      updater(options)
        .check({ byHand, signal: new AbortController().signal })
        .catch((error: unknown) => (isFailure(error) ? error.code : `no failure: ${error}`)),
    installAndWatch: async (patience) => {
      await updater().install();
      const watched = { state, port, clock: systemClock, memoryBack: () => {} };
      await guard(patience === undefined ? watched : { ...watched, patience });
    },
    get installed() {
      return version();
    },
    close: async () => {
      await port.stop();
      await channel.close();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
