import { afterAll, expect, it } from 'vitest'
import { runExperiment } from '../src/engine/run.js'
import { experiments, findExperiment } from '../src/registry.js'
import { digests } from './golden.js'
import { threads } from './threads.js'

const pool = threads(2)
afterAll(() => pool.close())

it('has a digest for each experiment and no other', () => {
  expect(Object.keys(digests).sort()).toEqual(experiments.map(({ id }) => id).sort())
})

// the script that renews the digests runs in one thread
it.each(['gaussian/random-init', 'overparam/updates', 'structured/attention'])(
  '%s has the golden digest in two threads',
  async (id) => {
    const experiment = findExperiment(id)
    const { digest } = await runExperiment(experiment, {
      params: experiment.presets.quick,
      seed: 1,
      execute: pool.execute,
      concurrency: 2,
    })
    expect(digest).toBe(digests[id])
  },
)
