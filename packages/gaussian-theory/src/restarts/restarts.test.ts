import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { norm2, ShapeError, stream } from '@nonconvex/tensor'
import {
  restartRates,
  alternatingTeacher,
  clusterEnds,
  fewRestarts,
  RESTART_STAGES,
  restartsSuffice,
  neverStuck,
  stuckAtMinima,
  descendBatch,
  overlapRestarts,
  restartsNeeded,
  summarizeRestarts,
  teacherRestarts,
} from './index.js'
import {
  staysInQuadrant,
  overlapGradient,
  overlapLoss,
  overlapSmoothness,
  spuriousMinimum,
  quadrantWalls,
} from '../overlap/index.js'
import { logBinomial } from '@nonconvex/optim/statistics'

const one = (...w: number[]) => ({ rows: 1, cols: w.length, data: Float64Array.from(w) })

describe('the interval', () => {
  it('says how many restarts are needed', () => {
    expect(restartsNeeded(0.5)).toBe(7)
    expect(restartsNeeded(0.35, 0.9998)).toBe(20)
    expect(restartsNeeded(1)).toBe(1)
    expect(restartsNeeded(0)).toBe(Infinity)
    expect(() => restartsNeeded(1.1)).toThrow('p in [0, 1]')
    expect(() => restartsNeeded(0.5, 1)).toThrow('confidence')
  })
})

describe('descendBatch', () => {
  const options = { k: 3, stride: 1 }
  it('is gradient descent with the plain gradient', () => {
    const [wStar, w0] = [
      [0.4, -1, 0.3],
      [1, 0.2, 0.5],
    ]
    const eta = 1 / overlapSmoothness({ m: 3, ...options })
    let w = Float64Array.from(w0)
    for (let i = 0; i < 40; i++) {
      const g = overlapGradient(w, wStar, options)
      w = w.map((x, t) => x - eta * g[t])
    }
    const { ends } = descendBatch(one(...w0), wStar, { ...options, maxSteps: 40 })
    expect(ends[0]).toMatchObject({ kind: 'unfinished', steps: 40, w })
    expect(ends[0].loss).toBe(overlapLoss(w, wStar, options))
  })
  it('ends at the spurious minimum from its quadrant, and at the teacher from the other', () => {
    const { t0 } = spuriousMinimum(3)
    const draws = stream(21)
    const starts = { rows: 400, cols: 2, data: new Float64Array(800) }
    for (let i = 0; i < 400; i++) {
      const [x, y] = draws.unitVector(2).map(Math.abs)
      starts.data.set([x, -y], 2 * i)
    }
    const trapped = descendBatch(starts, [-1, 1], options)
    expect(trapped.breaches).toBe(0)
    const there = trapped.ends.filter((e) => Math.hypot(e.w[0] - t0, e.w[1] + t0) < 1e-7)
    expect(there).toHaveLength(400)
    const flattest = quadrantWalls(0.01, 1, 3).spurious
    expect(
      verdictOn(staysInQuadrant, { k: 3, flattest, starts: 400, trapped: there.length, skew: 0 })
        .status,
    ).toBe('holds')
    const mirrored = { ...starts, data: starts.data.map((x) => -x) }
    expect(
      descendBatch(mirrored, [-1, 1], options).ends.every(({ kind }) => kind === 'global'),
    ).toBe(true)
  })
  it.each([
    [2, 0.74],
    [3, 0.622],
    [5, 0.557],
    [10, 0.528],
  ])(
    'reaches the teacher from the mixed quadrants at the success rate of the table, k = %i',
    (k, want) => {
      const draws = stream(22).child('mixed', k)
      const starts = { rows: 1000, cols: 2, data: new Float64Array(2000) }
      for (let i = 0; i < 1000; i++) {
        const [x, y] = draws.unitVector(2).map(Math.abs)
        starts.data.set(i % 2 === 0 ? [x, y] : [-x, -y], 2 * i)
      }
      const { ends } = descendBatch(starts, [-1, 1], { k, stride: 1 })
      const rate = ends.filter(({ kind }) => kind === 'global').length / 1000
      // four standard errors of the difference of two success rates, each from about 1000
      // initializations
      expect(Math.abs(rate - want)).toBeLessThan(4 * Math.sqrt((2 * want * (1 - want)) / 1000))
    },
  )
  it('stays on the ray opposite to the teacher from an initialization exactly on it', () => {
    const { ends } = descendBatch(one(2, -2), [-1, 1], options)
    expect(ends[0].kind).toBe('stuck')
    expect(ends[0].w[0]).toBe(-ends[0].w[1])
    expect(ends[0].w[0]).toBeCloseTo(spuriousMinimum(3).t0, 8)
  })
  it('ends at the origin from an opposite initialization with one patch', () => {
    const { ends } = descendBatch(one(-1), [1], { k: 1, stride: 1 })
    expect(ends[0].kind).toBe('origin')
    expect(ends[0].w[0]).toBe(0)
    expect(ends[0].gradientNorm).toBeNaN()
  })
  it('is done at once where it starts at the teacher', () => {
    const { ends, checks } = descendBatch(one(-1, 1), [-1, 1], options)
    expect(ends[0]).toMatchObject({ kind: 'global', loss: 0, steps: 0 })
    expect(checks).toBe(0)
  })
  it('notices steps that are too long', () => {
    const eta = 4 / overlapSmoothness({ m: 2, ...options })
    expect(
      descendBatch(one(3, 1), [-1, 1], { ...options, eta, maxSteps: 50 }).breaches,
    ).toBeGreaterThan(0)
  })
  it('scales with the teacher', () => {
    const small = descendBatch(one(1, -2), [-1, 1], options).ends[0]
    const large = descendBatch(one(1e6, -2e6), [-1e6, 1e6], options).ends[0]
    expect(large.kind).toBe('stuck')
    expect(large.steps).toBe(small.steps)
  })
  it('refuses zero initializations and teachers, and options out of range', () => {
    const run = (change: object, start = one(1, 1), wStar = [-1, 1]) =>
      descendBatch(start, wStar, { ...options, ...change })
    expect(() => run({}, one(0, 0))).toThrow('row 0 of starts not to be zero')
    expect(() => run({}, one(1, 1), [0, 0])).toThrow('wStar not to be zero')
    expect(() => run({}, one(1, 1, 1))).toThrow(ShapeError)
    expect(() => run({}, one(NaN, 1))).toThrow(RangeError)
    expect(() => run({ eta: 0 })).toThrow('eta to be positive and finite, got 0')
    expect(() => run({ maxSteps: 1.5 })).toThrow('maxSteps to be an integer ≥ 0, got 1.5')
    expect(() => run({ every: 0 })).toThrow('every to be an integer ≥ 1, got 0')
    expect(() => run({ stride: 0 })).toThrow('stride to be an integer ≥ 1, got 0')
  })
})

describe('clusterEnds', () => {
  const end = (w: number[], gradientNorm: number, kind: 'stuck' | 'global' = 'stuck') => ({
    kind,
    w: Float64Array.from(w),
    loss: 0.1,
    gradientNorm,
    steps: 1,
  })
  it('groups stuck ends within 1e-4 R and keeps the best of each', () => {
    const ends = [
      end([1, -1], 1e-9),
      end([1, -1 + 1e-5], 1e-10),
      end([0.5, -0.5], 1e-9),
      end([-1, 1], 0, 'global'),
    ]
    const clusters = clusterEnds(ends, [-1, 1], { k: 2, stride: 1 })
    expect(clusters.map((c) => c.count)).toEqual([2, 1])
    expect(clusters[0].gradientNorm).toBe(1e-10)
    expect(() => clusterEnds([], [-1, 1], { k: 2, stride: 1, radius: 0 })).toThrow('radius')
  })
})

describe('restarts', () => {
  const options = { k: 5, stride: 1, stream: stream(4) }
  it('are the same alone and in a larger set', () => {
    const few = teacherRestarts([-1, 1], { ...options, starts: 3 })
    const many = teacherRestarts([-1, 1], { ...options, starts: 8 })
    expect(many.steps.slice(0, 3)).toEqual(few.steps)
    const wide = overlapRestarts({ ...options, m: 3, teachers: 2, starts: 4 })
    expect(overlapRestarts({ ...options, m: 3, teachers: 1, starts: 4 }).teachers[0]).toEqual(
      wide.teachers[0],
    )
  })
  it('count every initialization once, and find one point for (−1, 1)', () => {
    const { counts, clusters, starts } = teacherRestarts([-1, 1], { ...options, starts: 100 })
    expect(counts.global + counts.stuck + counts.unfinished + counts.origin).toBe(starts)
    expect(counts.stuck).toBeGreaterThan(25)
    expect(clusters).toHaveLength(1)
    expect(clusters[0].loss).toBeCloseTo(2 * spuriousMinimum(5).lossOverR2, 12)
    expect(clusters[0].smallestEigenvalue).toBeCloseTo(0.192818348, 6)
  })
  it('are never stuck without overlap, and half of them are with one weight', () => {
    const right = overlapRestarts({ ...options, m: 3, stride: 3, teachers: 5 })
    expect(right.rate).toBe(1)
    expect(verdictOn(neverStuck, { shape: { m: 3, k: 5, stride: 3 }, found: right }).status).toBe(
      'holds',
    )
    const single = overlapRestarts({ ...options, m: 1, teachers: 5 })
    expect(single.interval.low).toBeLessThan(0.5)
    expect(single.interval.high).toBeGreaterThan(0.5)
    expect(verdictOn(neverStuck, { shape: { m: 1, k: 5, stride: 1 }, found: single }).status).toBe(
      'inapplicable',
    )
  })
  it('refuse what is out of range', () => {
    expect(() => overlapRestarts({ ...options, m: 0 })).toThrow('m to be an integer ≥ 1')
    expect(() => overlapRestarts({ ...options, m: 2, teachers: 0 })).toThrow('teachers')
    expect(() => teacherRestarts([0, 0], options)).toThrow('wStar not to be zero')
    expect(() => teacherRestarts([-1, 1], { ...options, radius: 0 })).toThrow('radius')
    expect(() => teacherRestarts([-1, 1], { ...options, starts: 0 })).toThrow('starts')
    expect(() => summarizeRestarts([])).toThrow('teachers not to be empty')
    expect(() => alternatingTeacher(0)).toThrow('m to be an integer ≥ 1')
    expect(norm2(alternatingTeacher(7))).toBeCloseTo(1, 15)
  })
})

describe('claims about restarts', () => {
  const shape = { m: 2, k: 5, stride: 1 }
  const report = overlapRestarts({ ...shape, stream: stream(6), teachers: 10 })
  it('hold on a run', () => {
    expect(verdictOn(stuckAtMinima, { shape, found: report }).status).toBe('holds')
  })
  it('are violated by too many failures, by a saddle, by one stuck initialization without overlap', () => {
    expect(restartsNeeded(1 - 0.01 ** (1 / 20) + 1e-12)).toBe(20)
    const cluster = { w: new Float64Array(2), loss: 1, gradientNorm: 0, count: 1 }
    const saddle = { ...report.teachers[0], clusters: [{ ...cluster, smallestEigenvalue: -1 }] }
    expect(
      verdictOn(stuckAtMinima, { shape, found: { ...report, teachers: [saddle] } }).status,
    ).toBe('violated')
    const flat = { ...report.teachers[0], clusters: [{ ...cluster, smallestEigenvalue: 1e-9 }] }
    expect(verdictOn(stuckAtMinima, { shape, found: { ...report, teachers: [flat] } }).status).toBe(
      'inconclusive',
    )
    expect(verdictOn(neverStuck, { shape: { ...shape, stride: 2 }, found: report }).status).toBe(
      'violated',
    )
    const slow = { ...report, rate: 0.98, teachers: [flat] }
    expect(verdictOn(neverStuck, { shape: { ...shape, stride: 2 }, found: slow }).status).toBe(
      'inconclusive',
    )
    const nearly = verdictOn(neverStuck, {
      shape: { ...shape, stride: 2 },
      found: { ...slow, rate: 0.995 },
    })
    expect(nearly.status).toBe('holds')
    expect(nearly.statement).toContain('were still near the saddle')
  })
  it.each([
    [0.9e-7, 'inconclusive', 'holds'],
    [1.1e-7, 'holds', 'violated'],
    [-0.9e-7, 'inconclusive', 'holds'],
    [-1.1e-7, 'violated', 'holds'],
  ] as const)(
    'take an eigenvalue for 0 up to 1e-7 and no farther: %d',
    (smallestEigenvalue, atMinima, arrives) => {
      const cluster = { w: new Float64Array(2), loss: 1, gradientNorm: 0, count: 1 }
      const teacher = { ...report.teachers[0], clusters: [{ ...cluster, smallestEigenvalue }] }
      const found = { ...report, teachers: [teacher] }
      expect(verdictOn(stuckAtMinima, { shape, found }).status).toBe(atMinima)
      // without overlap, where all but one initialization arrived
      const apart = { ...found, starts: 400, global: 399, rate: 399 / 400 }
      expect(verdictOn(neverStuck, { shape: { ...shape, stride: 2 }, found: apart }).status).toBe(
        arrives,
      )
    },
  )
  it('do not apply where patches share coordinates or not, as the case may be', () => {
    expect(verdictOn(stuckAtMinima, { shape: { ...shape, k: 1 }, found: report }).status).toBe(
      'inapplicable',
    )
    expect(verdictOn(neverStuck, { shape, found: report }).status).toBe('inapplicable')
  })
  it('decide about few restarts for each teacher by itself', () => {
    const good = Array.from({ length: 400 }, () => ({ name: 'good', reached: 36, starts: 40 }))
    const few = (reached: number, starts: number, where = shape) =>
      verdictOn(fewRestarts, {
        shape: where,
        teachers: [...good, { name: 'bad', reached, starts }],
      })
    expect(few(36, 40)).toMatchObject({ status: 'holds', confidence: 0.99 })
    expect(few(12, 40).status).toBe('inconclusive')
    expect(few(60, 160).status).toBe('holds')
    // one teacher of 401 without solution, which the pooled success rate of 0.9 hides
    expect(few(0, 80)).toMatchObject({ status: 'violated', witness: [{ name: 'bad' }] })
    expect(few(20, 320).status).toBe('violated')
    expect(few(0, 80, { ...shape, stride: 2 }).status).toBe('inapplicable')
  })
  it('decide wrongly with probability at most 0.01, at any success rate', () => {
    // every path of one teacher of a hundred through the stages, by dynamic programming
    const teachers = 100
    const wrong = (p: number, answer: boolean): number => {
      let open = new Map([[0, 1]])
      let [starts, sum] = [0, 0]
      for (let stage = 0; stage < RESTART_STAGES; stage++) {
        const n = stage === 0 ? 20 : starts
        const next = new Map<number, number>()
        for (const [reached, chance] of open)
          for (let x = 0; x <= n; x++) {
            const more = Math.exp(logBinomial(n, x) + x * Math.log(p) + (n - x) * Math.log1p(-p))
            next.set(reached + x, (next.get(reached + x) ?? 0) + chance * more)
          }
        starts += n
        open = new Map()
        for (const [reached, chance] of next) {
          const suffice = restartsSuffice({ reached, starts }, teachers)
          if (suffice === undefined) open.set(reached, chance)
          else if (suffice === answer) sum += chance
        }
      }
      return sum
    }
    const limit = 1 - 0.01 ** (1 / 20)
    expect(wrong(limit - 1e-9, true)).toBeLessThanOrEqual(0.01 / teachers)
    expect(wrong(limit + 1e-9, false)).toBeLessThanOrEqual(0.01 / teachers)
    // and decides where it is asked: the power at success rates that occur
    expect(wrong(0.45, true)).toBeGreaterThan(0.999)
    expect(wrong(1e-9, false)).toBeGreaterThan(0.999)
  })
  it('have a stable id and a source', () => {
    for (const claim of [fewRestarts, neverStuck, stuckAtMinima, restartRates]) {
      expect(claim.id).toMatch(/^gaussian\/[a-z-]+$/)
      expect(claim.source.ours).toBeTruthy()
    }
  })
})
