import { stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { radius, initialWeights, type Dataset, type Order, type SgdOptions } from '../src/index.js'

/** A run on data with a known separator, every scale over several powers of ten. */
export interface Problem {
  readonly data: Dataset
  readonly wStar: Float64Array
  readonly options: SgdOptions & {
    readonly v: number
    readonly alpha: number
    readonly eta: number
  }
}

const power = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((exponent) => 10 ** exponent)

/** Points with y u·x ≥ gamma for a random unit vector u, of norms in [0.3, 1] times `size`. */
export function separableData(p: {
  readonly n: number
  readonly d: number
  readonly gamma: number
  readonly size: number
  readonly seed: number
}): { readonly data: Dataset; readonly u: Float64Array } {
  const source = stream(p.seed)
  const u = source.child('u').unitVector(p.d)
  const x = new Float64Array(p.n * p.d)
  const y = new Float64Array(p.n)
  for (let i = 0; i < p.n; i++) {
    const row = source.unitVector(p.d)
    const along = row.reduce((sum, value, c) => sum + value * u[c], 0)
    y[i] = i % 2 === 0 ? 1 : -1
    const size = p.size * (0.3 + 0.7 * source.uniform())
    const wanted = y[i] * (p.gamma + (1 - p.gamma) * Math.abs(along))
    row.forEach((value, c) => (x[i * p.d + c] = size * (value + (wanted - along) * u[c])))
  }
  return { data: { x: { rows: p.n, cols: p.d, data: x }, y }, u }
}

export const orderOf = (kind: Order['kind'], seed: number): Order =>
  kind === 'cyclic' ? { kind } : { kind, stream: stream(seed).child('order') }

/**
 * The step is chosen through β = 1/(kηv²R²), "updates of one example until it has margin 1", and
 * the start through the outputs it causes: otherwise most runs would be endless.
 */
export const problems: fc.Arbitrary<Problem> = fc
  .record({
    n: fc.integer({ min: 5, max: 40 }),
    d: fc.integer({ min: 2, max: 7 }),
    k: fc.integer({ min: 1, max: 8 }),
    gamma: power(-1.5, -0.3),
    size: power(-2, 2),
    alpha: fc.oneof(power(-1.3, 0), fc.constant(1)),
    v: power(-2, 1),
    beta: power(-2, 1.3),
    wNorm: power(-2, 2),
    start: fc.constantFrom('zero', 'gauss', 'adversarial'),
    output: power(-3, 1.5),
    order: fc.constantFrom<Order['kind']>('cyclic', 'permutation', 'replacement'),
    seed: fc.integer({ min: 0, max: 1e9 }),
  })
  .map((p): Problem => {
    const { data, u } = separableData(p)
    const r = radius(data)
    const wStar = u.map((value) => p.wNorm * value)
    const eta = 1 / (p.k * p.v ** 2 * p.beta * r ** 2)
    const row = p.output / (p.v * p.k * r)
    const start = initialWeights(
      p.start === 'zero'
        ? { kind: 'zero' }
        : p.start === 'gauss'
          ? { kind: 'gauss', row, stream: stream(p.seed).child('start') }
          : { kind: 'adversarial', rho: row / p.wNorm, wStar },
      p.k,
      p.d,
    )
    const order = orderOf(p.order, p.seed)
    const { k, v, alpha } = p
    return { data, wStar, options: { k, v, alpha, eta, start, order, maxSteps: 3_000_000 } }
  })

/**
 * Sparse data of any labels, some rows zero: for what must be true whether or not a separator
 * exists.
 */
export const anyData: fc.Arbitrary<Dataset> = fc
  .record({
    n: fc.integer({ min: 1, max: 25 }),
    d: fc.integer({ min: 1, max: 12 }),
    density: fc.constantFrom(0.2, 0.6, 1),
    seed: fc.integer({ min: 0, max: 1e9 }),
  })
  .map(({ n, d, density, seed }) => {
    const source = stream(seed)
    const data = source.normalInto(new Float64Array(n * d))
    for (let p = 0; p < data.length; p++) if (source.uniform() > density) data[p] = 0
    const y = Float64Array.from({ length: n }, () => (source.uniform() < 0.5 ? -1 : 1))
    return { x: { rows: n, cols: d, data }, y }
  })

/** A few numbers as a data set: rows, then labels. */
export const dataset = (rows: readonly (readonly number[])[], y: readonly number[]): Dataset => ({
  x: { rows: rows.length, cols: rows[0].length, data: Float64Array.from(rows.flat()) },
  y: Float64Array.from(y),
})

/** e_1 … e_d with alternating labels, the first of them +1. */
export const orthonormal = (d: number): Dataset =>
  dataset(
    Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, c) => (c === i ? 1 : 0))),
    Array.from({ length: d }, (_, i) => (i % 2 === 0 ? 1 : -1)),
  )
