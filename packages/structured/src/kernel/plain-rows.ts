import type { Block, Ops, Space } from './ops.js'
import type { Round } from './plain-products.js'

/** The names of the steps of assembly/rows.ts. */
type RowOps = Pick<
  Ops,
  | 'addRow'
  | 'sumRows'
  | 'relu'
  | 'mask'
  | 'gatherAdd'
  | 'scatterAdd'
  | 'clear'
  | 'finite'
  | 'segmentSum'
  | 'segmentSpread'
  | 'adam'
>

const positive = (x: number): number => (0 < x ? x : 0)

/**
 * The functions of assembly/rows.ts in plain TypeScript: the same operations in the same order.
 * Stores round to the precision of the space.
 */
export function plainRows(space: Space, round: Round): RowOps {
  const each = (rows: number, n: number, f: (r: number, j: number) => void): void => {
    for (let r = 0; r < rows; r++) for (let j = 0; j < n; j++) f(r, j)
  }
  return {
    addRow(x, row, rows, n) {
      const z = space.floats
      each(rows, n, (r, j) => (z[x.at + r * x.ld + j] += z[row + j]))
    },
    sumRows(out, x, rows, n) {
      const z = space.floats
      each(rows, n, (r, j) => (z[out + j] += z[x.at + r * x.ld + j]))
    },
    relu(x, rows, n) {
      const z = space.floats
      each(rows, n, (r, j) => (z[x.at + r * x.ld + j] = positive(z[x.at + r * x.ld + j])))
    },
    mask(d, h, rows, n) {
      const z = space.floats
      each(rows, n, (r, j) => {
        if (!(z[h.at + r * h.ld + j] > 0)) z[d.at + r * d.ld + j] = 0
      })
    },
    gatherAdd(x, src, index, rows, n) {
      const [z, at] = [space.floats, space.ints]
      each(rows, n, (r, j) => (z[x.at + r * x.ld + j] += z[src.at + at[index + r] * src.ld + j]))
    },
    scatterAdd(out, x, index, rows, n) {
      const [z, at] = [space.floats, space.ints]
      each(rows, n, (r, j) => (z[out.at + at[index + r] * out.ld + j] += z[x.at + r * x.ld + j]))
    },
    clear(x, rows, n) {
      each(rows, n, (r, j) => {
        put(x, r, j, 0)
      })
    },
    finite(x, rows, n) {
      const z = space.floats
      for (let r = 0; r < rows; r++)
        for (let j = 0; j < n; j++) if (!Number.isFinite(z[x.at + r * x.ld + j])) return false
      return true
    },
    segmentSum(out, x, of, n, mean) {
      const [z, at] = [space.floats, space.ints]
      each(of.count, n, (s, f) => {
        const [first, last] = [at[of.start + s], at[of.start + s + 1]]
        let sum = 0
        for (let r = first; r < last; r++) sum = round(sum + z[x.at + r * x.ld + f])
        z[out.at + s * out.ld + f] = sum * scaleOf(last - first, mean)
      })
    },
    segmentSpread(dx, dOut, h, of, n, { mean, linear }) {
      const [z, at] = [space.floats, space.ints]
      each(of.count, n, (s, f) => {
        const [first, last] = [at[of.start + s], at[of.start + s + 1]]
        const d = z[dOut.at + s * dOut.ld + f] * scaleOf(last - first, mean)
        for (let r = first; r < last; r++)
          put(dx, r, f, linear || z[h.at + r * h.ld + f] > 0 ? d : 0)
      })
    },
    adam({ p, g, m, v, count }, { rate, beta1, beta2, epsilon, first, second }) {
      const z = space.floats
      const [b1, b2] = [round(beta1), round(beta2)]
      const [c1, c2] = [round(1 - b1), round(1 - b2)]
      const root = round(Math.sqrt(round(second)))
      const eps = round(round(epsilon) * root)
      const step = round(round(round(rate) / round(first)) * root)
      for (let f = 0; f < count; f++) {
        const gf = z[g + f]
        const mf = round(round(b1 * z[m + f]) + round(c1 * gf))
        const vf = round(round(b2 * z[v + f]) + round(c2 * round(gf * gf)))
        z[m + f] = mf
        z[v + f] = vf
        const under = round(round(Math.sqrt(vf)) + eps)
        z[p + f] -= round(round(step * mf) / under)
        z[g + f] = 0
      }
    },
  }

  function scaleOf(count: number, mean: boolean): number {
    return mean && count > 0 ? round(1 / count) : 1
  }

  function put(x: Block, r: number, f: number, value: number): void {
    space.floats[x.at + r * x.ld + f] = value
  }
}
