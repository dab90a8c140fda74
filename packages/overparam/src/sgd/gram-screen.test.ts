import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { separableData } from '../../test/problems.js'
import { sparseRows } from '../data/sparse-rows.js'
import { forward } from '../network/forward.js'
import { GramScreen } from './gram-screen.js'
import { unitGroups } from './identical-units.js'

/** A network that is updated at random, beside a screen that only hears of it. */
function play(seed: number): { answered: number; asked: number; wrong: number } {
  const [n, d, k, alpha, v] = [30, 40, 3, 0.1, 0.4]
  const source = stream(seed)
  const { data } = separableData({ n, d, gamma: 0.05, size: 1, seed })
  const weights = source.normalInto(new Float64Array(2 * k * d))
  const net = { k, d, alpha, v, weights }
  const screen = new GramScreen(sparseRows(data.x), data.y, net, unitGroups(net))
  const row = (i: number): Float64Array => data.x.data.subarray(i * d, (i + 1) * d)
  const preactivations = (i: number): Float64Array =>
    Float64Array.from({ length: 2 * k }, (_, j) =>
      row(i).reduce((sum, value, c) => sum + value * weights[j * d + c], 0),
    )
  const count = { answered: 0, asked: 0, wrong: 0 }
  for (let t = 0; t < 3000; t++) {
    const i = source.integer(n)
    const margin = data.y[i] * forward(net, data.x)[i]
    count.asked++
    if (screen.clean(i)) {
      count.answered++
      if (!(margin >= 1)) count.wrong++
      continue
    }
    screen.set(i, preactivations(i), margin)
    if (margin >= 1 && source.uniform() < 0.7) continue
    // steps of both signs and sizes: also such as SGD would not make
    const z = preactivations(i)
    const size = 0.5 * source.uniform() * data.y[i]
    const step = z.map((value, j) => (j < k ? size : -size) * (value > 0 ? 1 : alpha))
    for (let j = 0; j < 2 * k; j++)
      row(i).forEach((value, c) => (weights[j * d + c] += step[j] * value))
    screen.update(i, step)
  }
  return count
}

describe('the screen', () => {
  it.each([1, 2, 3, 4, 5])(
    'answers often and never calls a visit clean that is not, seed %i',
    (seed) => {
      const { answered, asked, wrong } = play(seed)
      expect(wrong).toBe(0)
      expect(answered).toBeGreaterThan(0.1 * asked)
      expect(answered).toBeLessThan(asked)
    },
  )

  it('does not answer before it has an example', () => {
    const { data } = separableData({ n: 5, d: 3, gamma: 0.2, size: 1, seed: 1 })
    const net = { k: 1, d: 3, alpha: 0.1, v: 1, weights: Float64Array.of(1, 2, 3, 4, 5, 6) }
    const screen = new GramScreen(sparseRows(data.x), data.y, net, unitGroups(net))
    expect(screen.clean(2)).toBe(false)
    screen.set(2, Float64Array.of(5, 0), 5)
    expect([screen.clean(2), screen.clean(1)]).toEqual([true, false])
  })

  it('leaves a margin that rounding could have moved across 1 to the engine', () => {
    const { data } = separableData({ n: 5, d: 3, gamma: 0.2, size: 1, seed: 1 })
    const net = { k: 1, d: 3, alpha: 0.1, v: 1, weights: Float64Array.of(1, 2, 3, 4, 5, 6) }
    const screen = new GramScreen(sparseRows(data.x), data.y, net, unitGroups(net))
    screen.set(0, Float64Array.of(1, 0), 1 + 1e-12)
    expect(screen.clean(0)).toBe(false)
  })
})
