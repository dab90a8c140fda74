import { bench, describe } from 'vitest'
import { matrix, stream } from '../index.js'
import {
  add,
  atan,
  div,
  interval,
  mul,
  sin,
  smallestEigenvalue,
  sqrt,
  type Interval,
} from './index.js'
import { above, below } from './rounding.js'

/**
 * One operation on each of 1,000 pairs: the mean in µs is the time of one in ns. Pairs of [x, x +
 * 1e-3] and [y, y + 1e-3].
 */
const N = 1000
const s = stream(1)
const draw = (): Interval => {
  const x = 0.5 + s.uniform()
  return interval(x, x + 1e-3)
}
const x = Array.from({ length: N }, draw)
const y = Array.from({ length: N }, draw)

/**
 * What outward rounding costs when every end is moved, whether or not it has to be: one step wider
 * on either side.
 */
const stepped = (a: Interval, b: Interval): Interval => ({
  lo: below(a.lo * b.lo),
  hi: above(a.hi * b.hi),
})

/** takes the results, so that the loops are not empty */
const sink = new Float64Array(1)
const all = (f: (a: Interval, b: Interval) => Interval) => () => {
  for (let i = 0; i < N; i++) sink[0] += f(x[i], y[i]).lo
}

describe('1,000 operations', () => {
  bench('float64 products, rounded to nearest', () => {
    for (let i = 0; i < N; i++) sink[0] += x[i].lo * y[i].lo
  })
  bench('products, every end stepped', all(stepped))
  bench('mul', all(mul))
  bench('add', all(add))
  bench('div', all(div))
  bench('sqrt', all(sqrt))
  bench('atan', all(atan))
  bench('sin', all(sin))
})

describe('smallestEigenvalue', () => {
  for (const n of [20, 100, 400]) {
    const a = matrix(n, n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) a.data[i * n + j] = a.data[j * n + i] = i === j ? n : s.uniform()
    bench(`${n} rows`, () => {
      sink[0] += smallestEigenvalue(a).value.lo
    })
  }
})
