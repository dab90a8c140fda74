import { ShapeError } from '@nonconvex/tensor'
import { api } from './api.js'
import { matrixRefusals, net, netRefusals, x, type Refusal } from './refusals.js'

// What the measures of the inductive bias cannot work with.

const start = new Float64Array(net.weights.length)
const wrongStart = start.map((_, at) => (at === 1 ? NaN : 0))
const flat = { rows: 1, cols: net.d, data: new Float64Array(net.d).fill(1) }

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
}
