import { expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import { loss, mergeByPermutation, orthonormalTeacher, solveFamily } from './index.js'

const shape = { n: 8, k: 8, d: 8 }

it('merges permuted points, and no other families', () => {
  const draws = stream(4)
  const order = (): number[] => {
    const keys = Array.from({ length: 8 }, () => draws.uniform())
    return [...keys.keys()].sort((i, j) => keys[i] - keys[j])
  }
  const kinds = [solveFamily('II', 8), solveFamily('II', 8, 2), solveFamily('A', 8)]
  const points = kinds.flatMap(({ W }, family) =>
    Array.from({ length: 5 }, () => {
      // the teacher I_k allows another order of the neurons than of the inputs
      const [rows, columns] = [order(), order()]
      const moved = W.map((_, at) => W[8 * rows[Math.floor(at / 8)] + columns[at % 8]])
      return { W: moved, loss: loss(orthonormalTeacher(moved, shape)), family }
    }),
  )
  const merged = mergeByPermutation(points.toReversed(), shape)
  expect(merged.map((own) => own.map(({ family }) => family))).toEqual(
    [0, 1, 2].map((family) => new Array<number>(5).fill(family)),
  )
  // the same loss with other norms is another family
  const [first] = points
  const other = { ...first, W: first.W.map((x) => 1.001 * x) }
  expect(mergeByPermutation([first, other], shape)).toHaveLength(2)
  expect(mergeByPermutation([first, { ...first, loss: first.loss + 1e-6 }], shape)).toHaveLength(2)
  expect(mergeByPermutation([], shape)).toEqual([])
  expect(() => mergeByPermutation([{ ...first, W: new Float64Array(5) }], shape)).toThrow('W')
})
