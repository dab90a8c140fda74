import { stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dykstra } from './dykstra.js'
import {
  constraintsGradient,
  projectConstraints,
  type LinearConstraint,
  type ProjectedLabels,
} from './project-constraints.js'
import { projectBudget } from './project-budget.js'

const sumOf = (y: ArrayLike<number>, { labels, weights }: LinearConstraint): number =>
  (labels ?? Array.from(y, (_, i) => i)).reduce((sum, i, j) => sum + (weights?.[j] ?? 1) * y[i], 0)

function projected(v: ArrayLike<number>, constraints: readonly LinearConstraint[]) {
  const found = projectConstraints(Float64Array.from(v), constraints)
  if (found.status !== 'projected') throw new Error(`${found.status}`)
  return found
}

/** Constraints that a random point of the box satisfies: groups, nested groups, general systems. */
function system(s: Stream, L: number, kind: number) {
  const inside = s.uniformInto(new Float64Array(L))
  const ordered = Array.from({ length: L }, (_, i) => i)
  const of = (labels: number[], weights?: Float64Array): LinearConstraint => {
    const one = weights ? { labels, weights } : { labels }
    const sum = sumOf(inside, one)
    const r = s.integer(4)
    return {
      ...one,
      ...(r < 3 && { max: sum + (r === 1 ? 0.3 * s.uniform() : 0) }),
      ...(r !== 1 && { min: sum - (r === 2 ? 0.3 * s.uniform() : 0) }),
      ...(r === 3 && { max: sum }),
    }
  }
  const half = Math.max(1, L >> 1)
  const constraints =
    kind === 0
      ? [of(ordered.slice(0, half)), of(ordered.slice(half))]
      : kind === 1
        ? [of(ordered), of(ordered.slice(0, half)), of(ordered.slice(0, Math.max(1, half >> 1)))]
        : Array.from({ length: 1 + s.integer(3) }, () =>
            of(ordered, s.normalInto(new Float64Array(L))),
          )
  return { inside, constraints }
}

describe('projectConstraints', () => {
  it('satisfies groups, nested groups and systems, and is nearest (variational inequality)', () => {
    const s = stream(15).child('systems')
    for (let t = 0; t < 300; t++) {
      const L = 1 + s.integer(12)
      const { inside, constraints } = system(s, L, t % 3)
      const v = s.normalInto(new Float64Array(L)).map((x) => [0.5, 2, 10][t % 3] * x)
      const { y } = projected(v, constraints)
      for (const one of constraints) {
        const sum = sumOf(y, one)
        expect(sum - (one.max ?? Infinity)).toBeLessThan(1e-10)
        expect((one.min ?? -Infinity) - sum).toBeLessThan(1e-10)
      }
      // ⟨v − y, x − y⟩ ≤ 0 at feasible x: a point known to be, and nearest points of others
      for (let trial = 0; trial < 5; trial++) {
        const x = trial === 0 ? inside : projected(s.normalInto(new Float64Array(L)), constraints).y
        expect(v.reduce((sum, one, i) => sum + (one - y[i]) * (x[i] - y[i]), 0)).toBeLessThan(
          1e-9 * Math.max(1, ...v.map(Math.abs)),
        )
      }
    }
  })

  it('equals projectBudget for one constraint, and Dykstra for nested ones', () => {
    const s = stream(15).child('equal')
    for (let t = 0; t < 30; t++) {
      const v = s.normalInto(new Float64Array(9))
      const z = 9 * s.uniform()
      const one = projected(v, [{ min: z, max: z }]).y
      projectBudget(v, z).y.forEach((y, i) => expect(one[i]).toBeCloseTo(y, 11))
    }
    const v = [1.2, 0.9, 0.8, 0.3]
    const { y } = projected(v, [{ max: 1.5 }, { labels: [0, 1], max: 0.9 }])
    const end = dykstra(v, [
      (x) => projectBudget(x, 1.5, { mode: 'le' }).y,
      (x) => {
        x.set(projectBudget(x.subarray(0, 2), 0.9, { mode: 'le' }).y)
        return x
      },
    ])
    end.y.forEach((label, i) => expect(y[i]).toBeCloseTo(label, 8))
  })

  it('has the gradient of finite differences, and 0 for bounds that are not active', () => {
    const s = stream(15).child('gradients')
    let compared = 0
    for (let t = 0; t < 400; t++) {
      const L = 1 + s.integer(9)
      const { constraints } = system(s, L, t % 3)
      const v = s.normalInto(new Float64Array(L))
      const g = s.normalInto(new Float64Array(L))
      const found = projected(v, constraints)
      if (!regular(found, v)) continue
      const loss = (x: Float64Array, c: readonly LinearConstraint[]): number =>
        projected(x, c).y.reduce((sum, y, i) => sum + g[i] * y, 0)
      const { v: slopes, bounds } = constraintsGradient(found, g)
      const h = 1e-6
      for (let i = 0; i < L; i++) {
        const at = (by: number) =>
          loss(
            v.map((x, j) => (j === i ? x + by : x)),
            constraints,
          )
        expect(slopes[i]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 6)
        compared++
      }
      constraints.forEach((one, r) => {
        if (one.min === one.max || found.multipliers[r] === 0) return
        const side = found.multipliers[r] > 0 ? 'max' : 'min'
        const at = (by: number) =>
          loss(
            v,
            constraints.map((c, q) => (q === r ? { ...c, [side]: (c[side] ?? 0) + by } : c)),
          )
        expect(bounds[r]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 5)
      })
    }
    expect(compared).toBeGreaterThan(700)
  })

  it('gives a witness of infeasible constraints, alone and together', () => {
    const cases: LinearConstraint[][] = [
      [{ min: 4 }],
      [{ max: -0.5 }],
      [{ min: 2, max: 1 }],
      [{ labels: [0, 1], max: 0.5 }, { labels: [2], max: 0.5 }, { min: 2 }],
      [
        { weights: [1, -1, 0], min: 0.9 },
        { weights: [0, 1, -1], min: 0.9 },
      ],
    ]
    for (const constraints of cases) {
      const found = projectConstraints([0.3, 5, -2], constraints)
      expect(found.status).toBe('infeasible')
      if (found.status !== 'infeasible') continue
      expect(found.least).toBeGreaterThan(found.most)
      expect(found.witness.length).toBe(constraints.length)
    }
  })

  it('clips without constraints', () => {
    expect([...projected([2, 0.5, -1], []).y]).toEqual([1, 0.5, 0])
  })
})

/** Whether no label and no multiplier is near a kink. */
function regular({ y, multipliers, constraints, free }: ProjectedLabels, v: Float64Array): boolean {
  const shifted = v.map((x, i) => {
    let at = x
    constraints.forEach(({ labels, weights }, r) => {
      const j = labels ? labels.indexOf(i) : i
      if (j >= 0) at -= multipliers[r] * (weights?.[j] ?? 1)
    })
    return at
  })
  const kink = shifted.some((x) => Math.min(Math.abs(x), Math.abs(x - 1)) < 1e-3)
  const slack = constraints.some((one, r) => {
    if (one.min === one.max) return false
    const sum = sumOf(y, one)
    const off = Math.min(Math.abs(sum - (one.max ?? 9e9)), Math.abs(sum - (one.min ?? -9e9)))
    return multipliers[r] === 0 ? off < 1e-3 : Math.abs(multipliers[r]) < 1e-3
  })
  const active = constraints.filter((one, r) => multipliers[r] !== 0 || one.min === one.max).length
  return !kink && !slack && free.reduce((sum, one) => sum + one, 0) > active
}
