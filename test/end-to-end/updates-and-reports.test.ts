/** A release on the embedded server's Downloads, found by the updater; a report and a sign of life, found by its administrator. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hostWorld, LOGIN, PASSWORD } from '../../src/agent/host/testing/host-world.ts';
import { openServer } from '../../src/server/open-server.ts';
import { publicKeyOf } from '../../src/update/keys.ts';
import { updateWorld } from '../../src/update/testing/update-world.ts';
import { release } from '../../tools/release.ts';

it('what `npm run release` signed and `serve --downloads` serves is downloaded and verified by the agent’s updater', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'downloads-'));
  const installer = Buffer.alloc(300_000, 'installer');
  writeFileSync(join(folder, 'BlueMind-Connector-Setup-0.1.0.exe'), installer);
  const { privateKey } = generateKeyPairSync('ed25519');
  release({
    ...{ folder, channel: 'stable', version: '0.1.0', minimum: '0.0.1', rollout: 100, days: 30 },
    ...{ signers: [privateKey], nextKeys: [], now: Date.now() },
  });
  const server = await openServer({ dataFile: ':memory:', policy: { downloads: folder } });
  const world = await updateWorld();
  const options = {
    ...{ installed: '0.0.9', platform: 'win32', builtIn: [publicKeyOf(privateKey)] },
    rules: () => ({ channel: 'stable', url: `${server.url}/downloads/files/` }) as const,
  };
  try {
    expect(await world.check(options)).toBe('staged');
    const staged = join(world.state.folder, 'BlueMind-Connector-Setup-0.1.0.exe');
    expect(readFileSync(staged).equals(installer)).toBe(true);
    writeFileSync(join(folder, 'BlueMind-Connector-Setup-0.1.0.exe'), Buffer.alloc(300_000, 'altered'));
    rmSync(staged);
    expect(await world.check(options)).toBe('UPDATE_HASH_WRONG');
  } finally {
    await world.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
});

it('a report is sent only as it was shown, with the note; runs leave a sign of life; neither holds anything of the user', async () => {
  const world = await hostWorld();
  const { connectors } = world.server.kernel.store;
  try {
    await world.agent.addAccount(world.account);
    await world.start();
    await world.until(() => connectors.states().length > 0, 'a sign of life');
    expect(connectors.states()).toMatchObject([{ user: 'uid-jane', state: { version: '0.0.0', codes: [] } }]);
    const { id, text, to } = await world.client.post('report', {});
    expect(to).toBe(new URL(world.line.url).host);
    for (const secret of [LOGIN, PASSWORD, 'Jane', 'uid-jane', world.line.url, world.folder])
      expect(text).not.toContain(secret);
    await expect(world.client.post('report/send', { id: 'another' })).rejects.toMatchObject({ code: 'REPORT_UNKNOWN' });
    const { number } = await world.client.post('report/send', { id, note: 'It is slow.' });
    const [row] = connectors.reports();
    expect([row?.id, row?.user]).toEqual([number, 'uid-jane']);
    expect(JSON.parse(connectors.report(number)?.report ?? '')).toEqual({ ...JSON.parse(text), note: 'It is slow.' });
    expect(await world.client.get('updates', {})).toMatchObject({ off: 'not-installed', installed: '0.0.0' });
    await expect(world.client.post('updates/check', {})).rejects.toMatchObject({ code: 'UPDATE_OFF' });
  } finally {
    await world.close();
  }
});
