import { checkGradient } from '@nonconvex/optim'
import { sequenceBound } from '@nonconvex/optim/statistics'
import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { chainCrf, nodeClassifier } from './chain-crf.js'
import { likelihoodObjective, pseudoObjective } from './chain-objective.js'
import { m3n } from './m3n.js'
import { parityBayes, parityChains } from './parity-chain.js'
import { chainProblem, hammingLoss } from './problem.js'
import { separableChains } from './separable-chains.js'
import type { LabeledSequence } from './sequences.js'
import { attainedMistakes, structuredPerceptron } from './structured-perceptron.js'

const sizes = { states: 3, features: 2 }
const data: LabeledSequence[] = [
  [2, 1, 0, 2, 2],
  [0, 1, 2, 0, 2],
  [2, 0, 2, 1, 1],
  [0, 2, 0, 2, 0],
  [2, 0, 2, 1, 0],
  [1, 2, 1, 0, 2],
].map((y, n) => ({
  y,
  x: {
    rows: 5,
    cols: 2,
    data: Float64Array.from({ length: 10 }, (_, c) =>
      Math.cos(1 + 2 * (c >> 1) + 3 * (c & 1) + 5 * n),
    ),
  },
}))
const w1 = Float64Array.from({ length: 18 }, (_, i) => Math.cos(1 + 2 * i))
const zero = new Float64Array(18)

describe('likelihoods', () => {
  it('have the reference values', () => {
    const F = likelihoodObjective(sizes, 0.1, data)
    expect(F.value(zero).toFixed(12)).toBe('5.493061443341')
    expect(F.value(w1).toFixed(12)).toBe('9.360424546024')
    const [a, b, c] = F.gradient(w1)
    expect([a, b, c].map((x) => x.toFixed(12))).toEqual([
      '0.297816871180',
      '-0.428410081659',
      '-0.193886507625',
    ])
    expect(pseudoObjective(sizes, 0.1, data).value(w1).toFixed(12)).toBe('9.093670886776')
    expect(pseudoObjective(sizes, 1, data).value(w1).toFixed(12)).toBe('13.175074393999')
  })

  it.each([
    ['likelihood', 0.1, 4.279694596118],
    ['likelihood', 1, 4.944907635522],
    ['pseudo', 0.1, 3.173709252983],
    ['pseudo', 1, 4.328441647895],
  ] as const)(
    '%s with λ = %f has the reference minimum, by both optimizers',
    (objective, lambda, minimum) => {
      for (const optimizer of ['lbfgs', 'gradient-descent'] as const) {
        if (objective === 'pseudo' && optimizer === 'gradient-descent') continue
        const fit = chainCrf(sizes).fit(data, {
          objective,
          lambda,
          optimizer,
          tol: 1e-12,
          maxIterations: 20_000,
        })
        expect(fit.status).toBe('converged')
        expect(Math.abs(Number(fit.objective) - minimum)).toBeLessThan(1e-9)
        expect(fit.verdicts.map(({ claim, status }) => [claim, status])).toEqual([
          ['structured/crf-is-optimal', 'holds'],
        ])
        if (optimizer === 'lbfgs') expect(fit.iterations).toBeLessThan(60)
      }
    },
  )

  it('have the right gradients, and certificates that are not below the gap', () => {
    for (const make of [likelihoodObjective, pseudoObjective]) {
      const F = make(sizes, 0.1, data)
      expect(checkGradient(F, w1).ok).toBe(true)
    }
    const F = likelihoodObjective(sizes, 0.1, data)
    for (let t = 0; t < 20; t++) {
      const w = stream(1).child('w', t).normalInto(new Float64Array(18))
      const g = F.gradient(w)
      const certificate = g.reduce((sum, x) => sum + x * x, 0) / 0.2
      expect(certificate).toBeGreaterThanOrEqual(F.value(w) - 4.279694596118)
    }
  })

  it('refuse a class that never occurs only without λ', () => {
    const some = [{ ...data[0], y: [2, 1, 2, 1, 2] }]
    expect(() => chainCrf(sizes).fit(some, { lambda: 0 })).toThrow(/no position with label 0/)
    expect(chainCrf(sizes).fit(some, { lambda: 0.1 }).status).toBe('converged')
  })

  it('that end at a limit of iterations, or of passes, decide nothing', () => {
    const early = chainCrf(sizes).fit(data, { lambda: 0.1, maxIterations: 2 })
    expect(early.status).toBe('max-iterations')
    const few = chainCrf(sizes).fit(data, {
      objective: 'margin',
      lambda: 0.1,
      maxIterations: 2,
      stream: stream(1),
    })
    for (const { verdicts } of [early, few])
      expect(verdicts.map(({ status }) => status)).toEqual(['inconclusive'])
  })

  it('take sequences without positions, and name what does not fit', () => {
    const empty = { x: { rows: 0, cols: 2, data: new Float64Array(0) }, y: [] }
    const fit = chainCrf(sizes).fit([...data, empty], { lambda: 1 })
    expect(fit.predict(empty.x).length).toBe(0)
    expect(() => chainCrf(sizes).fit([{ ...data[0], y: [0, 1, 2, 3, 0] }])).toThrow(
      /data\[0\]\.y\[3\]/,
    )
    expect(() => chainCrf(sizes).fit([{ ...data[0], y: [0] }])).toThrow(/length T = 5, got 1/)
    expect(() => chainCrf({ states: 3, features: 3 }).fit(data)).toThrow(/d = 3 columns, got 2/)
    const nan = {
      ...data[0],
      x: { ...data[0].x, data: data[0].x.data.map((x, i) => (i === 3 ? NaN : x)) },
    }
    expect(() => chainCrf(sizes).fit([nan])).toThrow(/data\[0\]\.x\[1, 1\] to be finite/)
    expect(() => chainCrf(sizes).fit([])).toThrow(/data not to be empty/)
  })
})

describe('M3N', () => {
  const problem = chainProblem(data, sizes)

  it.each([
    [0.1, 4.728013023079, 2e-1],
    [1, 4.927194978127, 5e-3],
  ])('brackets the reference minimum with λ = %f', (lambda, minimum, tol) => {
    const fit = m3n(problem, { lambda, passes: 200, gapTol: 0, gapEvery: 10, stream: stream(3) })
    let best = -Infinity
    for (const { primal, dual, gap } of fit.checks) {
      expect(Math.abs(primal - dual - gap)).toBeLessThan(1e-9)
      expect(dual).toBeGreaterThanOrEqual(best)
      best = dual
      expect(dual).toBeLessThanOrEqual(minimum + 1e-9)
      expect(primal).toBeGreaterThanOrEqual(minimum - 1e-9)
      expect(gap).toBeGreaterThanOrEqual(primal - minimum - 1e-9)
    }
    expect(fit.certificate).toBeLessThan(tol)
  })

  it.each([
    [0.1, 4.728013023079],
    [1, 4.927194978127],
  ])('has the reference minimum by pairwise steps, λ = %f', (lambda, minimum) => {
    const how = { lambda, passes: 2000, gapTol: 1e-9, gapEvery: 20, stream: stream(3) }
    const fit = m3n(problem, { ...how, solver: 'pairwise' })
    expect(fit.status).toBe('converged')
    expect(Math.abs(fit.objective - minimum)).toBeLessThan(1e-9)
    let best = -Infinity
    for (const { primal, dual, gap } of fit.checks) {
      expect(Math.abs(primal - dual - gap)).toBeLessThan(1e-9)
      expect(dual).toBeGreaterThanOrEqual(best - 1e-14)
      best = dual
    }
  })

  it('has a hinge that is at least the Hamming loss of the prediction', () => {
    for (let t = 0; t < 50; t++) {
      const w = stream(4).child('w', t).normalInto(new Float64Array(18))
      for (let i = 0; i < problem.n; i++) {
        const [guess, worst] = [problem.decode(w, i), problem.lossAugmented(w, i)]
        const value = (y: ArrayLike<number>): number => {
          const phi = new Float64Array(18)
          problem.addFeature(phi, 1, i, y)
          return phi.reduce((sum, x, k) => sum + x * w[k], 0)
        }
        const hinge = problem.loss(i, worst) + value(worst) - value(problem.truth(i))
        expect(hinge).toBeGreaterThanOrEqual(hammingLoss(problem.truth(i), guess) - 1e-12)
      }
    }
  })

  it('is approached by Pegasos, too', () => {
    const fit = m3n(problem, { lambda: 0.1, solver: 'pegasos', stream: stream(1) })
    expect(fit.objective - 4.728013023079).toBeLessThan(0.03)
    expect(fit.certificate).toBeUndefined()
  })

  it('with one node and two labels is the support vector machine with half the λ', () => {
    const s = stream(5)
    const points = Array.from({ length: 30 }, () => {
      const x = { rows: 1, cols: 2, data: s.normalInto(new Float64Array(2)) }
      return { x, y: [x.data[0] + 0.3 * s.normal() > 0 ? 1 : 0] }
    })
    const fit = m3n(chainProblem(points, { states: 2, features: 2 }), { lambda: 0.5, stream: s })
    const v = [0, 1, 2].map((f) => (f < 2 ? fit.w[2 + f] - fit.w[f] : fit.w[5] - fit.w[4]))
    const hinge = points.reduce((sum, { x, y }) => {
      const score = v[0] * x.data[0] + v[1] * x.data[1] + v[2]
      return sum + Math.max(0, 1 - (2 * y[0] - 1) * score)
    }, 0)
    const square = v.reduce((sum, x) => sum + x * x, 0)
    expect(0.125 * square + hinge / 30).toBeCloseTo(fit.objective, 9)
    fit.w.subarray(0, 2).forEach((x, f) => expect(x).toBeCloseTo(-fit.w[2 + f], 9))
  })
})

describe('the structured perceptron', () => {
  it.each([
    [0.1, 1],
    [0.2, 2],
    [0.4, 3],
  ])('keeps its bound and both monitors, margin %f', (margin, seed) => {
    const { data: separable, teacher } = separableChains({
      n: 60,
      length: 6,
      states: 3,
      features: 2,
      margin,
      stream: stream(seed),
    })
    const problem = chainProblem(separable, sizes)
    for (const order of [undefined, stream(8), stream(9)]) {
      const found = structuredPerceptron(problem, { teacher, ...(order && { stream: order }) })
      expect(found.status).toBe('converged')
      const {
        bound,
        margin: gamma,
        progress,
        growth,
      } = found.mistakeBound ?? { bound: 0, margin: 0, progress: -1, growth: -1 }
      expect(gamma).toBeGreaterThanOrEqual(margin - 1e-12)
      expect(found.updates).toBeLessThanOrEqual(Number(bound))
      expect(progress).toBeGreaterThanOrEqual(-1e-9)
      expect(growth).toBeGreaterThanOrEqual(-1e-9)
      expect(found.order.length).toBe(found.updates)
      const counts = { n: 60, updates: found.updates, distinct: found.distinct, delta: 0.05 }
      expect(sequenceBound(counts)).toBeLessThanOrEqual(1)
    }
  })

  it('keeps its bound and both monitors over 30 data sets and three margins', () => {
    let least = Infinity
    for (let seed = 0; seed < 30; seed++)
      for (const margin of [0.05, 0.15, 0.4]) {
        const { data: separable, teacher } = separableChains({
          n: 25,
          length: 4,
          states: 3,
          features: 2,
          margin,
          stream: stream(40).child('data', seed),
        })
        const order = stream(41).child('order', seed)
        const found = structuredPerceptron(chainProblem(separable, sizes), {
          teacher,
          stream: order,
        })
        expect(found.status).toBe('converged')
        const bound = found.mistakeBound
        expect(bound?.margin).toBeGreaterThanOrEqual(margin - 1e-12)
        expect(found.updates).toBeLessThanOrEqual(Number(bound?.bound))
        expect(bound?.progress).toBeGreaterThanOrEqual(-1e-9)
        expect(bound?.growth).toBeGreaterThanOrEqual(-1e-9)
        if (found.updates > 0) least = Math.min(least, Number(bound?.bound) / found.updates)
      }
    // far from attained here; orthogonal examples attain it
    expect(least).toBeGreaterThan(1)
  })

  it('attains the bound on orthogonal examples', () => {
    const { problem, teacher } = attainedMistakes(12)
    const { updates, mistakeBound } = structuredPerceptron(problem, { teacher })
    expect(updates).toBe(12)
    expect(mistakeBound?.bound).toBeCloseTo(12, 10)
  })

  it('has no bound without a margin, and refuses a teacher that is no unit vector', () => {
    const problem = chainProblem(data, sizes)
    const teacher = new Float64Array(18)
    teacher[0] = 1
    const found = structuredPerceptron(problem, { teacher, passes: 3 })
    expect(found.mistakeBound?.bound).toBeNull()
    expect(() => structuredPerceptron(problem, { teacher: zero })).toThrow(/norm 1/)
  })

  it('finds no data with an impossible margin', () => {
    const options = {
      n: 2,
      length: 2,
      states: 2,
      features: 1,
      margin: 50,
      tries: 3,
      stream: stream(1),
    }
    expect(() => separableChains(options)).toThrow(/margin/)
  })
})

describe('context', () => {
  const train = parityChains({ n: 300, stream: stream(1) })
  const test = parityChains({ n: 1000, stream: stream(2) })
  const accuracy = (predict: (i: number) => Int32Array): number => {
    let right = 0
    test.data.forEach(({ y }, i) => {
      predict(i).forEach((a, t) => (right += Number(a === y[t])))
    })
    return right / 8000
  }
  const best = (p: { readonly data: Float64Array }, t: number): number => {
    let top = 0
    for (let a = 1; a < 4; a++) if (p.data[4 * t + a] > p.data[4 * t + top]) top = a
    return top
  }

  it('is worth what the table of the theory says', () => {
    const { whole, local } = parityBayes(test)
    const labels = (p: readonly { readonly data: Float64Array }[]) => (i: number) =>
      Int32Array.from({ length: 8 }, (_, t) => best(p[i], t))
    // four standard errors of 8,000 dependent tokens, about 0.006 each
    expect(Math.abs(accuracy(labels(local)) - 0.7436)).toBeLessThan(0.025)
    expect(Math.abs(accuracy(labels(whole)) - 0.8468)).toBeLessThan(0.025)
    const sizes4 = { states: 4, features: 4 }
    const crf = chainCrf(sizes4).fit(train.data, { lambda: 1e-3 })
    const alone = nodeClassifier(sizes4).fit(train.data, { lambda: 1e-3 })
    const context = accuracy((i) => crf.predict(test.data[i].x, { decode: 'posterior' }))
    const node = accuracy((i) => alone.predict(test.data[i].x))
    expect(context - node).toBeGreaterThan(0.07)
    expect(Math.abs(context - 0.843)).toBeLessThan(0.03)
  })
})
