import { defineConfig } from 'vitest/config';

/** The tests that need Windows, under Wine: one after the other, because they share one prefix and this machine. */
export default defineConfig({
  test: {
    include: ['test/windows/**/*.test.ts'],
    globalSetup: ['test/temporary-folders.ts', 'test/windows/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
});
