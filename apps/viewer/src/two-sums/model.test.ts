import { permuteGraph } from '@nonconvex/structured'
import { expect, test } from 'vitest'
import { alphas, edgesOf, graphWith, phis, rhos, shapes, sumsOf } from './model.js'

const count = { phi: '1', alpha: 's', rho: 'g' } as const

test('the sum counts the neighbors, attention does not', () => {
  for (const n of [2, 5, 9]) {
    const z = Array<number>(n).fill(1)
    expect(sumsOf(graphWith(z, edgesOf('star', n)), count, false).inner[0]).toBe(n - 1)
    expect(sumsOf(graphWith(z, edgesOf('star', n)), count, true).inner[0]).toBeCloseTo(1, 15)
  }
})

test('every choice is equivariant to a permutation of the nodes', () => {
  const z = [1, 2, 3, 4, 5]
  const order = [3, 0, 4, 1, 2]
  for (const shape of shapes)
    for (const phi of phis)
      for (const alpha of alphas)
        for (const rho of rhos)
          for (const attention of [false, true]) {
            const graph = graphWith(z, edgesOf(shape, z.length))
            const here = sumsOf(graph, { phi, alpha, rho }, attention)
            const there = sumsOf(permuteGraph(graph, order), { phi, alpha, rho }, attention)
            there.outputs.forEach((output, i) => {
              expect(output / here.outputs[order[i]]).toBeCloseTo(1, 12)
            })
          }
})
