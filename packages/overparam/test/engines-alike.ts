import { stream } from '@nonconvex/tensor'
import { expect } from 'vitest'
import { digitsTask, loadDigits } from '../src/digits/index.js'
import { initialWeights, trainSgd, type SgdOutcome } from '../src/index.js'

/**
 * Trains on 0 against the others with every engine, and expects whole outcomes to be that of the
 * primal one.
 */
export async function expectAlike(p: {
  readonly n: number
  readonly k: number
  readonly seed: number
}): Promise<void> {
  const { n, k, seed } = p
  const { train } = digitsTask({
    digits: await loadDigits(),
    positive: [0],
    negative: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    train: n,
    stream: stream(seed).child('task'),
  })
  const start = initialWeights({ kind: 'scaled', stream: stream(seed).child('start') }, k, 784)
  const order = { kind: 'permutation', stream: stream(seed).child('order') } as const
  const run = (engine: SgdOutcome['engine']): Omit<SgdOutcome, 'engine'> => {
    const { engine: used, ...rest } = trainSgd(train, { k, start, order, engine })
    expect(used).toBe(engine)
    return rest
  }
  const primal = run('primal')
  expect(primal.status).toBe('converged')
  for (const engine of ['sparse', 'gram', 'eager', 'blocks', 'offset'] as const)
    expect(run(engine)).toStrictEqual(primal)
}
