import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.win.test.ts', '**/*.live.test.ts', '**/*.long.test.ts'],
    // `RUNS` lengthens the properties, and what they may take.
    testTimeout: 60_000 * Number(process.env['RUNS'] ?? 1),
    hookTimeout: 60_000,
    pool: 'threads',
    // The runner keeps still while tests run; leaving a core to it would waste half of a small machine.
    maxWorkers: '100%',
    // Modules are loaded once per thread, not once per file, which is half of the time. What they keep are caches of pure values.
    isolate: false,
  },
});
