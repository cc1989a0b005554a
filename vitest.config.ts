import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** How much longer `npm run test:long` tries than `npm test`, unless `RUNS` says otherwise. */
const LONG = '50';
/** Where the command line keeps its modules, too. */
const COMPILED = fileURLToPath(new URL('node_modules/.cache/connector', import.meta.url));

export default defineConfig(({ mode }) => {
  const long = mode === 'long';
  const runs = process.env['RUNS'] ?? (long ? LONG : undefined);
  const seed = process.env['SEED'] ?? (runs === undefined ? undefined : String(Date.now() % 2 ** 31));
  if (seed !== undefined) console.log(`SEED=${seed} replays what is drawn at random.`);
  return {
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
      exclude: [
        '**/node_modules/**',
        'test/windows/**',
        '**/*.win.test.ts',
        '**/*.live.test.ts',
        ...(long ? [] : ['**/*.long.test.ts']),
      ],
      env: {
        // The keyring of whoever runs the tests is none of their business.
        CONNECTOR_KEYRING: 'off',
        // Programs that tests start find their modules compiled.
        NODE_COMPILE_CACHE: COMPILED,
        ...(runs !== undefined && { RUNS: runs }),
        ...(seed !== undefined && { SEED: seed }),
      },
      sequence: { sequencer: LongestFirst },
      // What takes long may fill a memory.
      globalSetup: [...(long ? [] : ['test/memory-disk.ts']), 'test/temporary-folders.ts'],
      // `RUNS` lengthens the properties, and what they may take.
      testTimeout: 60_000 * Number(runs ?? 1),
      hookTimeout: 60_000,
      pool: 'threads',
      // The runner keeps still while tests run; leaving a core to it would waste half of a small machine.
      // One more than there are cores, because many tests wait for programs, browsers and clocks.
      maxWorkers: availableParallelism() + 1,
      // Modules are loaded once per thread, not once per file, which is half of the time. What they keep are caches of pure values.
      isolate: false,
    },
  };
});
