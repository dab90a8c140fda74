import type { Block, Couples, Ops, Space } from './ops.js'
import type { Round } from './plain-products.js'

/** The names of the steps of assembly/pairs.ts. */
type PairOps = Pick<
  Ops,
  | 'pairHidden'
  | 'pairSum'
  | 'pairSpread'
  | 'fold'
  | 'unfold'
  | 'coupleHidden'
  | 'coupleBack'
  | 'sumAndDifference'
  | 'addBack'
>

const positive = (x: number): number => (0 < x ? x : 0)

/**
 * The functions of assembly/pairs.ts in plain TypeScript: the same operations in the same order.
 * Stores round to the precision of the space.
 */
export function plainPairs(space: Space, round: Round): PairOps {
  /**
   * For every couple q, its rows p and r (negative if there is no second), its nodes i and j; and
   * all columns.
   */
  const each = (
    of: Couples,
    n: number,
    visit: (q: number, f: number, p: number, r: number, i: number, j: number) => void,
  ): void => {
    const at = space.ints
    for (let q = 0; q < of.count; q++) {
      const p = at[of.first + q]
      for (let f = 0; f < n; f++) visit(q, f, p, at[of.second + q], at[of.i + p], at[of.j + p])
    }
  }
  const place = (x: Block, row: number, f: number): number => x.at + row * x.ld + f
  return {
    pairHidden(u, zi, zj, pairs, n) {
      const [z, at] = [space.floats, space.ints]
      for (let p = 0; p < pairs.count; p++)
        for (let f = 0; f < n; f++) {
          const to = place(u, p, f)
          const first = round(z[to] + z[place(zi, at[pairs.i + p], f)])
          z[to] = positive(round(first + z[place(zj, at[pairs.j + p], f)]))
        }
    },
    pairSum(s, signs, u, zi, zj, of, j, n, mean) {
      const [z, at] = [space.floats, space.ints]
      let row = 0
      for (let i = 0; i < of.count; i++) {
        const count = at[of.start + i + 1] - at[of.start + i]
        z.fill(0, place(s, i, 0), place(s, i, n))
        for (let r = 0; r < count; r++, row++)
          for (let f = 0; f < n; f++) {
            const first = round(z[place(u, row, f)] + z[place(zi, i, f)])
            const h = positive(round(first + z[place(zj, at[j + row], f)]))
            const word = signs + (row * n + f - (f % 8)) / 8
            at[word] = (f % 8 === 0 ? 0 : at[word]) | (h > 0 ? 1 << (f % 8) : 0)
            z[place(s, i, f)] += h
          }
        const scale = mean && count > 0 ? round(1 / count) : 1
        for (let f = 0; f < n; f++) z[place(s, i, f)] *= scale
      }
    },
    pairSpread(dx, di, dj, dOut, signs, of, j, n, mean) {
      const [z, at] = [space.floats, space.ints]
      let row = 0
      for (let i = 0; i < of.count; i++) {
        const count = at[of.start + i + 1] - at[of.start + i]
        const scale = mean && count > 0 ? round(1 / count) : 1
        z.fill(0, place(di, i, 0), place(di, i, n))
        for (let r = 0; r < count; r++, row++)
          for (let f = 0; f < n; f++) {
            const word = at[signs + (row * n + f - (f % 8)) / 8]
            const d = word & (1 << (f % 8)) ? round(z[place(dOut, i, f)] * scale) : 0
            z[place(dx, row, f)] = d
            z[place(di, i, f)] += d
            z[place(dj, at[j + row], f)] += d
          }
      }
    },
    fold(plus, minus, x, of, n, scale) {
      const z = space.floats
      each(of, n, (q, f, p, r) => {
        const [a, b] = [z[place(x, p, f)], r < 0 ? 0 : z[place(x, r, f)]]
        z[place(plus, q, f)] = round(scale) * round(a + b)
        z[place(minus, q, f)] = round(scale) * round(a - b)
      })
    },
    unfold(x, plus, minus, of, n, scale) {
      const z = space.floats
      each(of, n, (q, f, p, r) => {
        const [a, b] = [z[place(plus, q, f)], z[place(minus, q, f)]]
        z[place(x, p, f)] = round(scale) * round(a + b)
        if (r >= 0) z[place(x, r, f)] = round(scale) * round(a - b)
      })
    },
    coupleHidden(u, plus, minus, zi, zj, of, n) {
      const z = space.floats
      each(of, n, (q, f, p, r, i, j) => {
        const [a, b] = [z[place(plus, q, f)], z[place(minus, q, f)]]
        const forth = round(round(a + b) + z[place(zi, i, f)])
        z[place(u, p, f)] = positive(round(forth + z[place(zj, j, f)]))
        if (r < 0) return
        const back = round(round(a - b) + z[place(zi, j, f)])
        z[place(u, r, f)] = positive(round(back + z[place(zj, i, f)]))
      })
    },
    coupleBack(plus, minus, d, h, di, dj, of, n) {
      const z = space.floats
      const where = (row: number, f: number): number =>
        z[place(h, row, f)] > 0 ? z[place(d, row, f)] : 0
      each(of, n, (q, f, p, r, i, j) => {
        const e = where(p, f)
        z[place(di, i, f)] += e
        z[place(dj, j, f)] += e
        const g = r < 0 ? 0 : where(r, f)
        if (r >= 0) {
          z[place(di, j, f)] += g
          z[place(dj, i, f)] += g
        }
        z[place(plus, q, f)] = e + g
        z[place(minus, q, f)] = e - g
      })
    },
    sumAndDifference(plus, minus, x, y, rows, n) {
      const z = space.floats
      for (let r = 0; r < rows; r++)
        for (let f = 0; f < n; f++) {
          const [a, b] = [z[place(x, r, f)], z[place(y, r, f)]]
          z[place(plus, r, f)] = a + b
          z[place(minus, r, f)] = a - b
        }
    },
    addBack(x, y, plus, minus, rows, n) {
      const z = space.floats
      for (let r = 0; r < rows; r++)
        for (let f = 0; f < n; f++) {
          const [a, b] = [z[place(plus, r, f)], z[place(minus, r, f)]]
          z[place(x, r, f)] += round(a + b)
          z[place(y, r, f)] += round(a - b)
        }
    },
  }
}
