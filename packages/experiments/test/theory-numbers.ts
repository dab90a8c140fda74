import { expect } from 'vitest'
import type { Row } from '../src/define/experiment.js'
import type { Measured } from '../src/overparam/runs/facts.js'

/**
 * Digit 0 against the rest, 4000 to train on: updates and test error by width, three seeds each, as
 * specified.
 */
const sweep = [
  { k: 1, updates: [3833, 3920, 4006], errors: [0.0148, 0.0153, 0.0157] },
  { k: 10, updates: [1152, 1466, 1143], errors: [0.0082, 0.008, 0.0083] },
  { k: 30, updates: [1445, 1108, 1113], errors: [0.0088, 0.0093, 0.0093] },
  { k: 100, updates: [1110, 969, 990], errors: [0.0078, 0.008, 0.0087] },
]
/** Another draw of the digits and starts: agreement in size. */
const FACTOR = 1.5

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function expectNear(found: number, wanted: number, what: string): void {
  expect(found / wanted, what).toBeLessThan(FACTOR)
  expect(wanted / found, what).toBeLessThan(FACTOR)
}

/** What the rows of an experiment's quick preset have to agree with. */
export const theoryNumbers: { readonly [id: string]: (rows: readonly Row[]) => void } = {
  'overparam/mnist': (rows) => {
    const runs = rows.map((row) => row.measured as unknown as Measured)
    for (const { k, updates, errors } of sweep) {
      const some = runs.filter((run) => run.k === k)
      expect(some.length, `runs with k = ${k}`).toBeGreaterThan(0)
      // three seeds here, as there
      const found = {
        updates: some.map((run) => run.updates),
        errors: some.map((run) => run.testError ?? NaN),
      }
      expectNear(mean(found.updates), mean(updates), `updates at k = ${k}`)
      expectNear(mean(found.errors), mean(errors), `test error at k = ${k}`)
    }
  },
}
