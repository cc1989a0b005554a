/** Every way in which an update can go wrong, over real HTTP, real files and real processes; the version that works stays each time. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../agent/host/testing/manual-clock.ts';
import { systemClock } from '../node/system-clock.ts';
import { guard } from './guard.ts';
import { type Manifest, manifestName } from './manifest.ts';
import { signManifest } from './sign.ts';
import { DAY, installerOf, manifestOf, newSigner, publish } from './testing/release-kit.ts';
import { type UpdateWorld, updateWorld } from './testing/update-world.ts';

let world: UpdateWorld;
beforeEach(async () => {
  world = await updateWorld();
});
afterEach(() => world.close());

const MANIFEST = manifestName('stable');
const file = () => join(world.state.folder, 'setup.exe');

/** Nothing but the version that works, and nothing that waits to be installed. */
function expectUntouched() {
  expect([world.installed, world.state.read().step.at]).toEqual(['1.0.0', 'idle']);
}

it('a newer version is found, downloaded, installed and says that it is well; the old one is then no more needed', async () => {
  publish(world.channel, [world.signer]);
  expect(await world.check()).toBe('staged');
  expect(readFileSync(file()).equals(installerOf('2.0.0'))).toBe(true);
  await world.installAndWatch();
  expect([world.installed, world.state.read().step, world.state.read().done]).toMatchObject([
    '2.0.0',
    { at: 'idle' },
    { did: 'installed', version: '2.0.0', from: '1.0.0' },
  ]);
  expect(existsSync(file())).toBe(false);
  expect(await world.check()).toBe('none');
});

describe('what is refused', () => {
  type Case = { readonly code: string; readonly make: () => void };
  const signed = (change: Parameters<typeof publish>[2] = {}) => publish(world.channel, [world.signer], change);
  const CASES: Readonly<Record<string, Case>> = {
    'no signature': {
      code: 'UPDATE_KEY_UNKNOWN',
      make: () => {
        world.channel.put(MANIFEST, JSON.stringify({ manifest: manifestOf(installerOf('2.0.0')), signatures: [] }));
      },
    },
    'an unknown key': { code: 'UPDATE_KEY_UNKNOWN', make: () => publish(world.channel, [newSigner()]) },
    expired: { code: 'UPDATE_EXPIRED', make: () => signed({ expires: new Date(Date.now() - 1000).toISOString() }) },
    'older than the minimum': { code: 'UPDATE_BY_HAND', make: () => signed({ minimum: '1.5.0' }) },
    'of another channel': {
      code: 'UPDATE_NO_MANIFEST',
      make: () => {
        const preview = manifestOf(installerOf('2.0.0'), { channel: 'preview' });
        world.channel.put(MANIFEST, signManifest(preview, [world.signer.secret]));
      },
    },
    'of a format to come': {
      code: 'UPDATE_NO_MANIFEST',
      make: () => {
        const later = { ...manifestOf(installerOf('2.0.0')), format: 2 } as unknown as Manifest;
        world.channel.put(MANIFEST, signManifest(later, [world.signer.secret]));
      },
    },
    'a web page instead of a manifest': {
      code: 'UPDATE_NO_MANIFEST',
      make: () => world.channel.put(MANIFEST, '<!doctype html><h1>Sign in to the network</h1>', 'text/html'),
    },
    'a web page that calls itself a manifest': {
      code: 'UPDATE_NO_MANIFEST',
      make: () => world.channel.put(MANIFEST, '<!doctype html><h1>Sign in to the network</h1>'),
    },
    'a huge manifest': {
      code: 'UPDATE_NO_MANIFEST',
      make: () => {
        const text = signManifest(manifestOf(installerOf('2.0.0')), [world.signer.secret]);
        world.channel.put(MANIFEST, text + ' '.repeat(2_000_000));
      },
    },
    'nothing there': { code: 'UPDATE_UNREACHABLE', make: () => {} },
    'another hash': {
      code: 'UPDATE_HASH_WRONG',
      make: () => {
        signed();
        world.channel.put('setup.exe', installerOf('6.6.6'));
      },
    },
    'a larger file': {
      code: 'UPDATE_SIZE_WRONG',
      make: () => {
        signed();
        world.channel.put('setup.exe', installerOf('2.0.0', 'well', 90_000));
      },
    },
    'a smaller file': {
      code: 'UPDATE_SIZE_WRONG',
      make: () => {
        signed();
        world.channel.put('setup.exe', installerOf('2.0.0', 'well', 30_000));
      },
    },
    'a web page instead of the file': {
      code: 'UPDATE_SIZE_WRONG',
      make: () => {
        signed();
        world.channel.put('setup.exe', '<!doctype html><h1>Sign in</h1>', 'text/html');
      },
    },
    'a file that is not there': {
      code: 'UPDATE_UNREACHABLE',
      make: () => {
        signed({ files: manifestOf(installerOf('2.0.0')).files.map((one) => ({ ...one, name: 'gone.exe' })) });
      },
    },
  };

  it.each(Object.entries(CASES))('%s', async (_name, { code, make }) => {
    make();
    expect(await world.check()).toBe(code);
    expect(world.state.read().checked?.code).toBe(code);
    expect([world.installed, existsSync(file())]).toEqual(['1.0.0', false]);
    // Once all is right again, the update is taken as if nothing had been.
    signed({ sequence: 11 });
    expect(await world.check()).toBe('staged');
  });

  it('a wrong signature, whatever was changed after it was made', async () => {
    signed();
    const text = JSON.stringify(manifestOf(installerOf('2.0.0'), { version: '9.9.9' }));
    const { signatures } = (await (await fetch(world.channel.url + MANIFEST)).json()) as { signatures: unknown };
    world.channel.put(MANIFEST, JSON.stringify({ manifest: JSON.parse(text), signatures }));
    expect(await world.check()).toBe('UPDATE_SIGNATURE_WRONG');
    expectUntouched();
  });

  it('no network', async () => {
    const { url } = world.channel;
    await world.channel.close();
    expect(await world.check({ rules: () => ({ channel: 'stable', url }) })).toBe('UPDATE_UNREACHABLE');
    expectUntouched();
  });

  it('off, by the option and by policy: nobody is asked', async () => {
    signed();
    for (const off of ['option', 'policy'] as const)
      expect(
        await world.check({ rules: () => ({ off, channel: 'stable', url: world.channel.url }), byHand: true }),
      ).toBe('UPDATE_OFF');
    expect([
      await world.check({ port: undefined }),
      await world.check({ builtIn: [] }),
      await world.check({ fromSource: true }),
    ]).toEqual(['UPDATE_OFF', 'UPDATE_OFF', 'UPDATE_OFF']);
    const inCheckout = world.updater({ fromSource: true, port: undefined });
    const { signal } = new AbortController();
    await expect(inCheckout.check({ byHand: true, signal })).rejects.toThrow('runs from its source');
    expect(world.channel.asked).toEqual([]);
  });
});

describe('order', () => {
  it('a manifest that is older than one that was seen is not followed, nor another of the same number', async () => {
    publish(world.channel, [world.signer], { sequence: 10, version: '1.0.0' });
    expect(await world.check()).toBe('none');
    publish(world.channel, [world.signer], { sequence: 9 });
    expect(await world.check()).toBe('UPDATE_ROLLED_BACK');
    publish(world.channel, [world.signer], { sequence: 10 });
    expect(await world.check()).toBe('UPDATE_ROLLED_BACK');
    expectUntouched();
    publish(world.channel, [world.signer], { sequence: 11 });
    expect(await world.check()).toBe('staged');
  });

  it('an older version is no update, and one that was withdrawn is not installed any more', async () => {
    publish(world.channel, [world.signer], { version: '0.9.0' });
    expect(await world.check()).toBe('none');
    publish(world.channel, [world.signer], { sequence: 11 });
    expect(await world.check()).toBe('staged');
    publish(world.channel, [world.signer], { sequence: 12, rollout: 0 });
    expect(await world.check()).toBe('none');
    expectUntouched();
    expect(existsSync(file())).toBe(false);
  });

  it('a roll-out is taken by those whose turn it is, by all of them later, and by whoever asks by hand', async () => {
    publish(world.channel, [world.signer], { rollout: 50 });
    expect(await world.check()).toBe('none');
    publish(world.channel, [world.signer], { rollout: 51, sequence: 11 });
    expect(await world.check()).toBe('staged');
    await world.close();
    world = await updateWorld();
    publish(world.channel, [world.signer], { rollout: 0 });
    expect([await world.check(), await world.check({ byHand: true })]).toEqual(['none', 'staged']);
  });

  it('who asks by itself asks about once a day, sooner when nobody answered', async () => {
    const clock = manualClock();
    publish(world.channel, [world.signer], { expires: new Date(clock.now() + 30 * DAY).toISOString() });
    await world.check({ clock });
    expect((world.state.read().next ?? 0) - clock.now()).toBe(DAY);
    await world.check({ clock, rules: () => ({ channel: 'preview', url: world.channel.url }) });
    expect((world.state.read().next ?? 0) - clock.now()).toBe(DAY / 24);
  });
});

describe('keys', () => {
  it('a manifest names the keys that count from then on; the old one counts no more', async () => {
    const next = newSigner();
    publish(world.channel, [world.signer], { version: '1.0.0', keys: [next.key] });
    expect(await world.check()).toBe('none');
    publish(world.channel, [world.signer], { sequence: 11 });
    expect(await world.check()).toBe('UPDATE_KEY_UNKNOWN');
    // Signed by both, old installations and new ones follow it.
    publish(world.channel, [world.signer, next], { sequence: 12 });
    expect(await world.check()).toBe('staged');
  });

  it('a version that comes with other keys begins anew with those; those of the administrator always count', async () => {
    const [next, own] = [newSigner(), newSigner()];
    publish(world.channel, [world.signer], { version: '1.0.0', keys: [next.key] });
    expect(await world.check()).toBe('none');
    publish(world.channel, [own], { sequence: 11 });
    expect(await world.check({ builtIn: [own.key] })).toBe('staged');
    const rules = () => ({ channel: 'stable', url: world.channel.url, keys: [own.key] }) as const;
    expect(await world.check({ rules })).toBe('staged');
  });
});

describe('downloads', () => {
  it('a download that was cut off goes on where it was', async () => {
    publish(world.channel, [world.signer], { file: installerOf('2.0.0', 'well', 400_000) });
    world.channel.cutAfter(150_000);
    expect(await world.check()).toBe('UPDATE_CUT');
    const had = statSync(`${file()}.part`).size;
    expect([had > 0 && had < 400_000, world.state.read().step.at]).toEqual([true, 'downloading']);
    expect(await world.check()).toBe('staged');
    expect(world.channel.asked.at(-1)).toBe(`setup.exe bytes=${had}- 206`);
    expect(createHash('sha256').update(readFileSync(file())).digest('hex')).toBe(
      createHash('sha256')
        .update(installerOf('2.0.0', 'well', 400_000))
        .digest('hex'),
    );
  });

  it('a file that changed while it was downloaded is not put together of two', async () => {
    publish(world.channel, [world.signer], { file: installerOf('2.0.0', 'well', 400_000) });
    world.channel.cutAfter(150_000);
    expect(await world.check()).toBe('UPDATE_CUT');
    world.channel.put('setup.exe', installerOf('2.0.1', 'well', 400_000));
    expect(await world.check()).toBe('UPDATE_HASH_WRONG');
    expect(existsSync(`${file()}.part`)).toBe(false);
    publish(world.channel, [world.signer], {
      file: installerOf('2.0.1', 'well', 400_000),
      version: '2.0.1',
      sequence: 11,
    });
    expect(await world.check()).toBe('staged');
  });

  it('no more than the rate allows is taken in a second', async () => {
    let slept = 0;
    const clock = {
      now: () => Date.UTC(2026, 0, 1) + slept,
      sleep: async (ms: number) => {
        slept += ms;
      },
    };
    publish(world.channel, [world.signer], {
      file: installerOf('2.0.0', 'well', 400_000),
      expires: new Date(clock.now() + DAY).toISOString(),
    });
    expect(await world.check({ clock, rate: 100_000 })).toBe('staged');
    expect(Math.round(slept / 100)).toBe(40);
  });

  it('what was damaged while it waited is found before it is installed, and downloaded again', async () => {
    publish(world.channel, [world.signer]);
    expect(await world.check()).toBe('staged');
    writeFileSync(file(), installerOf('6.6.6'));
    await expect(world.updater().install()).rejects.toMatchObject({ code: 'UPDATE_HASH_WRONG' });
    expectUntouched();
    expect(await world.check()).toBe('staged');
  });
});

it('what was damaged after it was handed over is not installed either', async () => {
  publish(world.channel, [world.signer]);
  expect(await world.check()).toBe('staged');
  await world.updater().install();
  writeFileSync(file(), installerOf('6.6.6'));
  await guard({ state: world.state, port: world.port, clock: systemClock, memoryBack: () => {} });
  expect([world.installed, world.state.read().done]).toMatchObject([
    '1.0.0',
    { did: 'returned', why: 'not-installed' },
  ]);
});

describe('an update that does not come up', () => {
  it.each([
    ['ends at once', 'dies', 'not-up'],
    ['does not say that it is well', 'hangs', 'not-up'],
    ['cannot be installed, and what was there is gone', 'not-installable', 'not-installed'],
  ] as const)(
    '%s: the version before returns by itself, and is not replaced by that one again',
    async (_name, behaviour, why) => {
      publish(world.channel, [world.signer], { file: installerOf('2.0.0', behaviour) });
      expect(await world.check()).toBe('staged');
      await world.installAndWatch(behaviour === 'hangs' ? 500 : 20_000);
      expect([world.installed, world.state.read().step.at, world.state.read().done]).toMatchObject([
        '1.0.0',
        'idle',
        { did: 'returned', version: '2.0.0', why },
      ]);
      publish(world.channel, [world.signer], { file: installerOf('2.0.0', behaviour), sequence: 11 });
      expect(await world.check()).toBe('none');
      publish(world.channel, [world.signer], { file: installerOf('2.0.1'), version: '2.0.1', sequence: 12 });
      expect(await world.check()).toBe('staged');
      await world.installAndWatch();
      expect(world.installed).toBe('2.0.1');
    },
  );
});
