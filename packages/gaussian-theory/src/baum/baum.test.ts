import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { norm2, ShapeError, stream, type Vec } from '@nonconvex/tensor'
import {
  baum,
  baumLearns,
  baumFails,
  gordanResidual,
  halfSpaceSample,
  intersectionLabel,
  isSymmetric,
  quadraticFeatures,
  separate,
  testBaum,
  type BaumResult,
  type BaumTest,
  type InputKind,
  type LabeledPoints,
} from './index.js'

const root = stream(71)

interface Runs {
  readonly results: readonly BaumResult[]
  readonly tests: readonly BaumTest[]
  readonly residuals: readonly number[]
}

/**
 * Ten runs on one distribution, with so many examples of step 2, each with its own half-spaces;
 * those of the lifted ones are fixed.
 */
function tenRuns(kind: InputKind, n: number, count: number): Runs {
  const results: BaumResult[] = []
  const tests: BaumTest[] = []
  const residuals: number[] = []
  for (let i = 0; i < 10; i++) {
    const own = root.child(`${kind}-${n}`, i)
    const fixed = kind.startsWith('lifted')
    const u = fixed ? [1, 0, 0] : own.child('u').unitVector(n)
    const v = fixed ? [0, 1, 0] : own.child('v').unitVector(n)
    const draw = (name: string, count: number): LabeledPoints =>
      halfSpaceSample({ u, v, kind, count, stream: own.child(name) })
    const second = draw('second', count)
    const result = baum(draw('first', 20_000), second)
    results.push(result)
    tests.push(testBaum(result, draw('test', 30_000), u, v))
    if (result.witness && result.w) residuals.push(checkWitness(result.w, second, result.witness))
  }
  return { results, tests, residuals }
}

/**
 * Residual of a witness of step 2, recomputed from the sample, in units of the largest feature
 * vector.
 */
function checkWitness(
  w: Vec,
  { x, y }: LabeledPoints,
  witness: { readonly rows: readonly number[]; readonly weights: readonly number[] },
): number {
  const rows = Array.from(y.keys()).filter((i) => {
    const row = x.data.subarray(i * x.cols, (i + 1) * x.cols)
    return row.reduce((sum, value, t) => sum + value * w[t], 0) > 0
  })
  const kept = rows.flatMap((i) => [...x.data.subarray(i * x.cols, (i + 1) * x.cols)])
  const features = quadraticFeatures({
    rows: rows.length,
    cols: x.cols,
    data: Float64Array.from(kept),
  })
  const labels = rows.map((i) => y[i])
  const largest = Math.max(
    ...witness.rows.map((row) =>
      norm2(features.data.subarray(row * features.cols, (row + 1) * features.cols)),
    ),
  )
  return gordanResidual(features, labels, witness) / largest
}

const statuses = ({ results }: Runs) => results.map((r) => r.status)
const errors = ({ tests }: Runs) => tests.map((t) => t.errors / t.points)

describe('the algorithm', () => {
  it.each([
    ['gaussian', 3, 0.02, 800],
    ['gaussian', 5, 0.04, 1200],
    ['laplace', 3, 0.02, 800],
    ['laplace', 5, 0.04, 1200],
    ['lifted-symmetrised', 3, 0.02, 800],
  ] as const)('learns %s inputs, n = %i, in ten of ten runs', (kind, n, eps, second) => {
    const runs = tenRuns(kind, n, second)
    expect(statuses(runs)).toEqual(Array(10).fill('learnt'))
    expect(Math.max(...errors(runs))).toBeLessThan(eps)
    // the bad region has a mass that step 1 made small
    expect(Math.max(...runs.tests.map((t) => t.bad / t.points))).toBeLessThan(1e-3)
    const worst = runs.tests.reduce((a, b) => (b.errors > a.errors ? b : a))
    const found = { symmetric: isSymmetric(kind), statuses: statuses(runs), worst, eps: 0.05 }
    expect(verdictOn(baumLearns, { ...found, n, first: 20_000, second }).status).toBe('holds')
  })
  it.each([
    ['exponential', 3],
    ['exponential', 5],
    ['shift', 3],
  ] as const)('learns %s inputs too, n = %i, where the theorem says nothing', (kind, n) => {
    const runs = tenRuns(kind, n, 800)
    expect(statuses(runs)).toEqual(Array(10).fill('learnt'))
    expect(Math.max(...errors(runs))).toBeLessThan(n === 3 ? 0.02 : 0.03)
    const found = { symmetric: isSymmetric(kind), statuses: [], worst: undefined, eps: 0.05 }
    const sizes = { n, first: 20_000, second: 1200 }
    expect(verdictOn(baumLearns, { ...found, ...sizes }).status).toBe('inapplicable')
  })
  it('fails on lifted inputs in ten of ten runs, with a witness that checks', () => {
    const runs = tenRuns('lifted', 3, 3000)
    expect(statuses(runs)).toEqual(Array(10).fill('step2-infeasible'))
    expect(runs.residuals).toHaveLength(10)
    for (const { witness } of runs.results) expect(witness?.rows.length).toBeLessThanOrEqual(7)
    expect(Math.min(...runs.tests.map((t) => t.bad / t.points))).toBeGreaterThan(0.02)
    const draws = { first: 20_000, second: 3000 }
    expect(
      verdictOn(baumFails, {
        oneSided: true,
        draws: draws,
        statuses: statuses(runs),
        residuals: runs.residuals,
      }).status,
    ).toBe('holds')
  })
  it('fails on them with the axis of the plane as half-space, too: a quarter of them is bad', () => {
    const [u, v, w] = [0, 1, 2].map((i) => [0, 1, 2].map((t) => (t === i ? 1 : 0)))
    for (let i = 0; i < 10; i++) {
      const own = root.child('axis', i)
      const { x, y } = halfSpaceSample({ u, v, kind: 'lifted', count: 800, stream: own })
      const form = separate(quadraticFeatures(x), y)
      expect(form.kind).toBe('inseparable')
      if (form.kind !== 'inseparable') continue
      expect(checkWitness(w, { x, y }, form.witness)).toBeLessThan(1e-9)
      const result = { status: 'step2-infeasible', kept: 800, w: Float64Array.from(w) } as const
      const { bad, points } = testBaum(result, { x, y }, u, v)
      // five standard errors
      expect(Math.abs(bad / points - 0.25)).toBeLessThan(0.077)
    }
  })
  it('learns lifted inputs when labels can be asked for', () => {
    const [u, v] = [
      [1, 0, 0],
      [0, 1, 0],
    ]
    for (let i = 0; i < 10; i++) {
      const own = root.child('membership', i)
      const at = { u, v, kind: 'lifted' } as const
      const draw = (name: string, count: number): LabeledPoints =>
        halfSpaceSample({ ...at, count, stream: own.child(name) })
      const membership = {
        label: (x: Vec) => intersectionLabel(x, u, v),
        stream: own.child('signs'),
      }
      const result = baum(draw('first', 20_000), draw('second', 1600), { membership })
      expect(result.status).toBe('learnt')
      const test = testBaum(result, draw('test', 20_000), u, v)
      expect(test.errors / test.points).toBeLessThan(0.02)
    }
  })
  it('errs less with more examples', () => {
    const error = (m2: number): number => {
      let sum = 0
      for (let i = 0; i < 8; i++) {
        const own = root.child('more', i)
        const at = { u: own.child('u').unitVector(3), v: own.child('v').unitVector(3) }
        const draw = (name: string, count: number): LabeledPoints =>
          halfSpaceSample({ ...at, kind: 'gaussian', count, stream: own.child(name) })
        const result = baum(draw('first', 20_000), draw('second', m2))
        const test = testBaum(result, draw('test', 20_000), at.u, at.v)
        sum += test.errors / test.points / 8
      }
      return sum
    }
    expect(error(3200)).toBeLessThan(error(200) / 4)
  })
})

describe('unusual samples', () => {
  const draw = (u: number[], v: number[], count = 500, name = 'x'): LabeledPoints =>
    halfSpaceSample({ u, v, kind: 'gaussian', count, stream: root.child('unusual').child(name) })
  it('of one half-space, twice the same, are learned', () => {
    const result = baum(draw([1, 2], [1, 2]), draw([1, 2], [1, 2], 500, 'y'))
    expect(result.status).toBe('learnt')
    expect(result.predict?.([1, 1])).toBe(1)
    expect(result.predict?.([-1, -1])).toBe(-1)
    expect(() => result.predict?.([1])).toThrow(ShapeError)
  })
  it('of opposite or zero half-spaces have no positive: the answer is always −', () => {
    for (const v of [
      [-1, -2],
      [0, 0],
    ]) {
      const result = baum(draw([1, 2], v), draw([1, 2], v))
      expect(result.status).toBe('always-negative')
      expect(result.predict?.([1, 1])).toBe(-1)
    }
  })
  it('with labels of no intersection stop at step 1, with a witness', () => {
    const sample = draw([1, 0], [0, 1])
    const y = sample.y.map(() => 1)
    const result = baum({ ...sample, y }, sample)
    expect(result.status).toBe('step1-infeasible')
    expect(result.predict).toBeUndefined()
    const { witness } = result
    expect(witness && gordanResidual(sample.x, y, witness)).toBeLessThan(1e-9)
  })
  it('without a point in the half-space stop before step 2', () => {
    const one = { x: { rows: 1, cols: 1, data: Float64Array.of(1) }, y: Float64Array.of(1) }
    const other = { x: { rows: 1, cols: 1, data: Float64Array.of(-1) }, y: Float64Array.of(-1) }
    expect(baum(one, other)).toMatchObject({ status: 'step2-empty', kept: 0 })
    expect(baum(one, one).predict?.([3])).toBe(1)
  })
  it('are refused if they do not fit', () => {
    const sample = draw([1, 0], [0, 1])
    const empty = { x: { rows: 0, cols: 2, data: new Float64Array(0) }, y: new Float64Array(0) }
    expect(() => baum(empty, sample)).toThrow('sample1 not to be empty')
    expect(() => baum(sample, { ...sample, y: sample.y.map(() => 0) })).toThrow('1 or −1, got 0')
    expect(() => baum(sample, { ...sample, y: new Float64Array(1) })).toThrow(ShapeError)
    const wide = halfSpaceSample({
      u: [1, 0, 0],
      v: [0, 1, 0],
      kind: 'gaussian',
      count: 5,
      stream: root,
    })
    expect(() => baum(sample, wide)).toThrow('to have the columns of sample1')
    const at = { u: [1], v: [1], count: 5, stream: root }
    expect(() => halfSpaceSample({ ...at, kind: 'lifted' })).toThrow('length ≥ 2 for lifted')
    expect(() => halfSpaceSample({ ...at, kind: 'gaussian', count: 0 })).toThrow('count')
    expect(() => halfSpaceSample({ ...at, kind: 'gaussian', v: [1, 2] })).toThrow(ShapeError)
  })
})

describe('inputs', () => {
  it('have mean 0, or the stated mean', () => {
    const [u, v] = [
      [1, 0, 0],
      [0, 1, 0],
    ]
    const mean = (kind: InputKind): number[] => {
      const { x } = halfSpaceSample({ u, v, kind, count: 40_000, stream: root.child('mean') })
      return [0, 1, 2].map((t) => {
        let sum = 0
        for (let i = t; i < x.data.length; i += 3) sum += x.data[i]
        return sum / 40_000
      })
    }
    // five standard errors of a mean of variance at most 2
    const close = (got: number[], want: number[]): void =>
      got.forEach((x, t) => expect(Math.abs(x - want[t])).toBeLessThan(0.036))
    for (const kind of ['gaussian', 'laplace', 'exponential', 'lifted-symmetrised'] as const)
      close(mean(kind), [0, 0, 0])
    close(mean('shift'), [-Math.SQRT1_2, -Math.SQRT1_2, 0])
    close(mean('lifted'), [0, 0, 1])
  })
})
