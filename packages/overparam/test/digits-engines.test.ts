import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { digitsTask, loadDigits } from '../src/digits/index.ts'
import { startWeights, trainSgd } from '../src/index.ts'
import type { SgdOutcome } from '../src/index.ts'

const digits = await loadDigits()

it.each([1, 2, 3])(
  'on digits every engine makes the decisions of the primal one, to the same bits: seed %i',
  (seed) => {
    const negative = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const task = { digits, positive: [0], negative, train: 600, stream: stream(seed).child('task') }
    const { train } = digitsTask(task)
    for (const k of [1, 17]) {
      const start = startWeights({ kind: 'scaled', stream: stream(seed).child('start') }, k, 784)
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
  },
)
