import { ShapeError } from '@nonconvex/tensor'
import { api } from './api.js'
import {
  dataRefusals,
  good,
  matrixRefusals,
  net,
  netRefusals,
  ones,
  vectorRefusals,
  wide,
  x,
  type Refusal,
} from './refusals.js'

// What the measures of the inductive bias cannot work with.

const start = new Float64Array(net.weights.length)
const wrongStart = start.map((_, at) => (at === 1 ? NaN : 0))
const flat = { rows: 1, cols: net.d, data: new Float64Array(net.d).fill(1) }

const rankOne = { k: 1, alpha: 0.5, start, u: ones, fit: 1 }

export const biasRefusals: { readonly [name: string]: readonly Refusal[] } = {
  linearity: [
    ...netRefusals((n) => api.linearity(n, start, x)),
    ...matrixRefusals((m) => api.linearity(net, start, m)),
    ...matrixRefusals((test) => api.linearity(net, start, x, { test })),
    [
      () => api.linearity(net, start.slice(1), x),
      `start must have 2k·d = ${start.length} entries, got ${start.length - 1}`,
      ShapeError,
    ],
    [() => api.linearity(net, wrongStart, x), 'start[1] must be finite, got NaN'],
    [
      () => api.linearity(net, start, x, { ridge: -1 }),
      'ridge must be finite and not negative, got -1',
    ],
    [
      () => api.linearity(net, start, flat, { ridge: 0 }),
      `x must have d = ${net.d} independent rows where ridge is 0, got a Gram matrix that is not definite at column 1`,
    ],
  ],
  rankOneNorm: [
    ...dataRefusals((data) => api.rankOneNorm(data, rankOne)),
    ...vectorRefusals('u', (u) => api.rankOneNorm(good, { ...rankOne, u })),
    [() => api.rankOneNorm(good, { ...rankOne, k: 0 }), 'k must be a positive integer, got 0'],
    [() => api.rankOneNorm(good, { ...rankOne, alpha: 1.1 }), 'alpha must be in [0, 1], got 1.1'],
    [
      () => api.rankOneNorm(good, { ...rankOne, start: wide }),
      'weights must have 2k·d = 4 entries, got 3',
      ShapeError,
    ],
    [
      () => api.rankOneNorm(good, { ...rankOne, fit: Infinity }),
      'fit must be finite, got Infinity',
    ],
  ],
}
