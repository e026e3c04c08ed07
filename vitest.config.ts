import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    env: { TZ: 'America/Los_Angeles', NO_COLOR: '1', LANG: 'en_US.UTF-8' },
    testTimeout: 30_000,
    maxWorkers: '100%',
    // Loading the code anew for every file takes a third of the time; no test changes what modules hold.
    isolate: false,
  },
});
