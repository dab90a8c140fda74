import { createRunner } from '../work/runner.js'
import { openKept } from './kept.js'
import { createRunStore } from './run-store.js'
import { isStored, programOf, storedResult } from './stored.js'

/** The runs of this page. */
export const runs = createRunStore({
  runner: createRunner,
  kept: openKept(),
  quick: storedResult,
  isQuick: isStored,
  programOf,
  now: () => performance.now(),
  painted: () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        requestAnimationFrame(() => {
          setTimeout(resolve)
        })
      })
    }),
})
