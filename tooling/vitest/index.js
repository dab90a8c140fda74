import { defineConfig } from 'vitest/config'

/** The settings every package's tests share: tests beside the code, no clock, one worker per core. */
export const unit = (name) =>
  defineConfig({
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      testTimeout: 120_000,
      hookTimeout: 120_000,
      maxWorkers: 2,
      reporters: ['default', ['json', { outputFile: 'test-report.json' }]],
      benchmark: { include: ['src/**/*.bench.ts', 'bench/**/*.bench.ts'] },
    },
  })
