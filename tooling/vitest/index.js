import { defineConfig } from 'vitest/config'

/**
 * The settings every package's tests share: tests beside the code, no clock, one worker per core. Files of a worker share
 * its modules: what is tested keeps no state in them, and starting a process and compiling all for each file took half of
 * the time of most packages.
 */
export const unit = (name) =>
  defineConfig({
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      testTimeout: 300_000,
      hookTimeout: 300_000,
      maxWorkers: 2,
      isolate: false,
      reporters: ['default', ['json', { outputFile: 'test-report.json' }]],
      benchmark: { include: ['src/**/*.bench.ts', 'bench/**/*.bench.ts'] },
    },
  })
