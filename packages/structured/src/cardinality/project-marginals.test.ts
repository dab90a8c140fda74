import { stream, type Matrix, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dykstra } from './dykstra.js'
import { projectBudget } from './project-budget.js'
import {
  marginalsGradient,
  projectMarginals,
  type ProjectedMarginals,
} from './project-marginals.js'

const shapes = ['softmax', 'peaked', 'one-hot', 'quarters', 'scores'] as const

/** Marginals of one of these shapes, or scores that are none. */
function drawn(shape: (typeof shapes)[number], n: number, C: number, s: Stream): Matrix {
  const data = new Float64Array(n * C)
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * C, (i + 1) * C)
    if (shape === 'one-hot') row[s.integer(C)] = 1
    else {
      s.normalInto(row)
      if (shape === 'scores') continue
      row.forEach((x, k) => (row[k] = Math.exp(shape === 'peaked' ? 6 * x : x)))
      const sum = row.reduce((all, x) => all + x, 0)
      row.forEach((x, k) => (row[k] = x / sum))
      if (shape === 'quarters') row.forEach((x, k) => (row[k] = Math.round(4 * x) / 4))
    }
  }
  return { rows: n, cols: C, data }
}

/** Caps of some classes, integral or not; the last class has none. */
const capsOf = (n: number, C: number, s: Stream): Float64Array =>
  new Float64Array(C).map((_, k) =>
    k === C - 1 || s.integer(3) === 0
      ? Infinity
      : s.integer(2) === 0
        ? s.integer(n + 1)
        : n * s.uniform(),
  )

const column = ({ rows, cols, data }: Matrix, k: number): number => {
  let sum = 0
  for (let i = 0; i < rows; i++) sum += data[i * cols + k]
  return sum
}

function violation(y: Matrix, caps: Float64Array): number {
  let worst = 0
  for (let i = 0; i < y.rows; i++) {
    const row = y.data.subarray(i * y.cols, (i + 1) * y.cols)
    worst = Math.max(worst, Math.abs(row.reduce((sum, p) => sum + p, 0) - 1), -Math.min(...row))
  }
  caps.forEach((cap, k) => (worst = Math.max(worst, column(y, k) - cap)))
  return worst
}

function projected(v: Matrix, caps: Float64Array): ProjectedMarginals {
  const found = projectMarginals(v, caps)
  if (found.status !== 'projected') throw new Error(found.status)
  return found
}

describe('projectMarginals', () => {
  it.each(shapes)('is feasible to 1e-9 and nearest among feasible points, from %s', (shape) => {
    const s = stream(3).child(shape)
    for (let t = 0; t < 100; t++) {
      const [n, C] = [1 + s.integer(12), 2 + s.integer(8)]
      const v = drawn(shape, n, C, s)
      const caps = capsOf(n, C, s)
      const { y, multipliers } = projected(v, caps)
      expect(violation(y, caps)).toBeLessThan(1e-9)
      multipliers.forEach((tau, k) => {
        expect(tau).toBeGreaterThanOrEqual(0)
        if (tau > 0) expect(column(y, k)).toBeCloseTo(caps[k], 9)
      })
      for (let p = 0; p < 10; p++) {
        const u = projected(drawn(shapes[p % shapes.length], n, C, s), caps).y
        let along = 0
        v.data.forEach((x, at) => (along += (x - y.data[at]) * (u.data[at] - y.data[at])))
        expect(along).toBeLessThan(1e-9 * n)
      }
    }
  })

  it('satisfies the optimality conditions with all classes capped, no room left, ties, large scores', () => {
    const s = stream(9)
    for (let t = 0; t < 1000; t++) {
      const [n, C] = [1 + s.integer(12), 2 + s.integer(6)]
      const scale = [1, 1e6][t % 2]
      const v = drawn('scores', n, C, s)
      v.data.forEach((x, at) => (v.data[at] = scale * (t % 3 === 0 ? Math.round(2 * x) / 2 : x)))
      const caps = new Float64Array(C)
      // integral and no room left, or 1 % more than needed
      for (let i = 0; i < n; i++) caps[s.integer(C)]++
      if (t % 5 === 0)
        caps.forEach(
          (_, k) => (caps[k] = (((t % 10 === 0 ? 1.01 : 1) * n * (k + 1)) / (C * (C + 1))) * 2),
        )
      const { y, multipliers } = projected(v, caps)
      const slack = 1e-13 * n * scale
      expect(violation(y, caps)).toBeLessThan(slack)
      multipliers.forEach((tau, k) => {
        expect(tau).toBeGreaterThanOrEqual(0)
        if (tau > 0) expect(Math.abs(column(y, k) - caps[k])).toBeLessThan(slack)
      })
      for (let i = 0; i < n; i++) {
        // v_ik − τ_k − y_ik is largest, and the same, where y_ik > 0
        const left = Array.from(
          multipliers,
          (tau, k) => v.data[i * C + k] - tau - y.data[i * C + k],
        )
        const most = Math.max(...left)
        left.forEach((x, k) => {
          if (y.data[i * C + k] > 0) expect(most - x).toBeLessThan(slack)
        })
      }
    }
  })

  it('agrees with Dykstra between the simplices of the rows and the caps of the columns', () => {
    const s = stream(4)
    for (let t = 0; t < 60; t++) {
      const [n, C] = [1 + s.integer(6), 2 + s.integer(4)]
      const v = drawn(shapes[t % 4], n, C, s)
      const caps = capsOf(n, C, s)
      const rows = (x: Float64Array): Float64Array => {
        for (let i = 0; i < n; i++)
          x.set(projectBudget(x.subarray(i * C, (i + 1) * C), 1, { hi: Infinity }).y, i * C)
        return x
      }
      const columns = (x: Float64Array): Float64Array => {
        for (let k = 0; k < C; k++) {
          const over = Math.max(0, column({ rows: n, cols: C, data: x }, k) - caps[k]) / n
          for (let i = 0; i < n; i++) x[i * C + k] -= over
        }
        return x
      }
      const other = dykstra(v.data, [columns, rows], { tol: 1e-12, rounds: 200_000 })
      expect(other.converged).toBe(true)
      const { y } = projected(v, caps)
      y.data.forEach((p, at) => expect(Math.abs(p - other.y[at])).toBeLessThan(1e-6))
    }
  })

  it('leaves marginals that satisfy the caps as they are', () => {
    const v = drawn('softmax', 5, 4, stream(5))
    const { y, multipliers } = projected(v, Float64Array.of(5, 5, Infinity, 5))
    y.data.forEach((p, at) => expect(p).toBeCloseTo(v.data[at], 14))
    expect([...multipliers]).toEqual([0, 0, 0, 0])
  })

  it('takes 0 for "no box", and reports caps without room as an outcome', () => {
    const v = drawn('softmax', 4, 3, stream(6))
    expect(column(projected(v, Float64Array.of(0, 2, 2)).y, 0)).toBeCloseTo(0, 9)
    expect(projectMarginals(v, [1, 1, 1.5])).toEqual({ status: 'infeasible', boxes: 4, room: 3.5 })
    expect(projectMarginals(v, [9, 0, 0])).toMatchObject({ status: 'projected' })
  })

  it('has the gradients by scores and caps that finite differences have', () => {
    const s = stream(7)
    let compared = 0
    for (let t = 0; t < 200; t++) {
      const [n, C] = [1 + s.integer(6), 2 + s.integer(4)]
      const v = drawn(t % 2 === 0 ? 'softmax' : 'scores', n, C, s)
      const caps = new Float64Array(C).map((_, k) =>
        k === C - 1 ? Infinity : (0.1 + 0.5 * s.uniform()) * n,
      )
      const found = projected(v, caps)
      const g = drawn('scores', n, C, s)
      const gradient = marginalsGradient(found, g)
      const direction = drawn('scores', n, C, s).data
      const h = 2 ** -16
      const loss = (sign: number, k = -1): { readonly value: number; readonly same: boolean } => {
        const moved = k < 0 ? v.data.map((x, at) => x + sign * h * direction[at]) : v.data
        const bent = caps.map((cap, c) => (c === k ? cap + sign * h : cap))
        const { y, multipliers } = projected({ ...v, data: moved }, bent)
        return {
          value: y.data.reduce((sum, p, at) => sum + p * g.data[at], 0),
          same:
            y.data.every((p, at) => p > 0 === found.y.data[at] > 0) &&
            multipliers.every((tau, c) => tau > 0 === found.multipliers[c] > 0),
        }
      }
      const ends = [loss(1), loss(-1)]
      if (!ends.every(({ same }) => same)) continue
      compared++
      const along = gradient.v.data.reduce((sum, x, at) => sum + x * direction[at], 0)
      expect(along).toBeCloseTo((ends[0].value - ends[1].value) / (2 * h), 6)
      for (let k = 0; k < C - 1; k++) {
        const [up, down] = [loss(1, k), loss(-1, k)]
        if (!up.same || !down.same) continue
        expect(gradient.caps[k]).toBeCloseTo((up.value - down.value) / (2 * h), 6)
      }
    }
    expect(compared).toBeGreaterThan(150)
  })

  it('refuses other shapes, caps that are no numbers, and scores that are not finite', () => {
    const v = drawn('softmax', 2, 3, stream(8))
    expect(() => projectMarginals(v, [1, 1])).toThrow(
      'projectMarginals: expected caps to have length 3, got 2',
    )
    expect(() => projectMarginals(v, [1, NaN, 1])).toThrow('caps[1]')
    expect(() => projectMarginals(v, [1, -1, 1])).toThrow('caps[1]')
    expect(() => projectMarginals({ ...v, data: v.data.map(() => NaN) }, [1, 1, 1])).toThrow(
      'finite',
    )
    const found = projected(v, Float64Array.of(1, 1, 1))
    expect(() => marginalsGradient(found, drawn('softmax', 3, 2, stream(8)))).toThrow('2 × 3')
  })
})
