import { describe, expect, it } from 'vitest'
import { runExperiment } from '../../engine/run.js'
import { mnistExperiment } from './mnist.js'
import { mnistParams } from './params.js'

describe('the parameters of the digits', () => {
  it('refuses numbers twice and digits on both sides, by the names of the parameters', () => {
    expect(() => mnistParams.parse({ k: '1,1', negative: '4,4' })).toThrow(
      'parameter k: expected each number once, got 1 more than once\nparameter negative: expected each number once, got 4 more than once',
    )
    expect(() => mnistParams.parse({ positive: '3,0', negative: '0' })).toThrow(
      'parameter negative: expected digits that are not positive, got 0 in both lists',
    )
  })

  it('refuse more digits than there are of the classes, in words of their own', async () => {
    const params = { positive: [0], negative: [1], n: 8000, k: [1], seeds: 1 }
    await expect(runExperiment(mnistExperiment, { params, seed: 1 })).rejects.toThrow(
      /parameter n: expected at most \d+, as many digits as there are of these classes, got 8000/,
    )
  })
})
