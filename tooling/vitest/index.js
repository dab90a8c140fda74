import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

/**
 * Files named `….slow.test.ts` begin first, so that no worker is left alone with one in the end.
 */
class SlowFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files)
    const isSlow = ({ moduleId }) => moduleId.endsWith('.slow.test.ts')
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))]
  }
}

/**
 * The settings every package's tests share: tests beside the code, no clock, one worker per core.
 * Files of a worker share its modules: a test puts back what it replaces in them, and starting a
 * process and compiling all for each file took half of the time of most packages.
 */
export const unit = (name) =>
  defineConfig({
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      setupFiles: ['draws.js', 'typed-arrays.js'].map((file) =>
        fileURLToPath(new URL(file, import.meta.url)),
      ),
      testTimeout: 300_000,
      hookTimeout: 300_000,
      // a condition is waited for, on a slow machine too: what ends the wait is that it never comes
      expect: { poll: { timeout: 60_000 } },
      maxWorkers: 2,
      isolate: false,
      sequence: { sequencer: SlowFirst },
      reporters: ['default', ['json', { outputFile: 'test-report.json' }]],
      benchmark: { include: ['src/**/*.bench.ts', 'bench/**/*.bench.ts'] },
    },
  })
