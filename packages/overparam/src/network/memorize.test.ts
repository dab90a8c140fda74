import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { forward, memorize } from '../index.js'

const source = stream(3)
/** Unit vectors with coin flips as labels. */
function coins(n: number, d: number) {
  const data = new Float64Array(n * d)
  for (let i = 0; i < n; i++) data.set(source.unitVector(d), i * d)
  const y = Float64Array.from({ length: n }, () => (source.uniform() < 0.5 ? -1 : 1))
  return { x: { rows: n, cols: d, data }, y }
}

it.each([
  [200, 20, 0.1, [10, 20], 9],
  [60, 10, 0.1, [6, 7, 30], 5],
  // an inactive unit gives no column: a ReLU network needs more
  [60, 10, 0, [20], 6],
])(
  'fits %d random labels in %d dimensions, α = %d, k = %j, and not with k = %d',
  (n, d, alpha, widths, few) => {
    const data = coins(n, d)
    for (const k of widths) {
      const net = memorize(data, { k, alpha, stream: source })
      if (!net) throw new Error(`no network for k = ${k}`)
      const margins = forward(net, data.x).map((out, i) => data.y[i] * out)
      expect(Math.min(...margins)).toBeGreaterThan(1.499999)
      expect(Math.max(...margins)).toBeLessThan(1.500001)
    }
    expect(memorize(data, { k: few, alpha, stream: source })).toBeUndefined()
  },
)

it('fits nothing with one slope, or with two labels of one example', () => {
  const data = coins(20, 10)
  expect(memorize(data, { k: 20, alpha: 1, stream: source })).toBeUndefined()
  const twice = {
    x: { rows: 2, cols: 2, data: Float64Array.of(1, 2, 1, 2) },
    y: Float64Array.of(1, -1),
  }
  expect(memorize(twice, { k: 5, alpha: 0.1, stream: source })).toBeUndefined()
})
