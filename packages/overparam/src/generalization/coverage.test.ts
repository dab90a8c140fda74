import { clopperPearson } from '@nonconvex/optim/statistics'
import { verdictOn } from '@nonconvex/optim/claims'
import { row, stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dataset, orthonormal, separableData } from '../../test/problems.js'
import {
  errorRate,
  forward,
  hingeRate,
  initialWeights,
  trainSgd,
  type Dataset,
  type SgdOptions,
} from '../index.js'
import {
  agnosticBound,
  blocksBound,
  boundCovers,
  compareGuarantees,
  leaveOneOut,
  multisetBound,
  sampleHypotheses,
  sequenceBound,
  subsetBound,
  type LeaveOneOutDraw,
} from './index.js'

const DRAWS = 200
const DELTA = 0.1
const hypotheses = sampleHypotheses({ independent: 'yes', fixedBefore: true })

/** A distribution that is uniform on finitely many examples: the true error is a mean over them. */
const sampleOf = (all: Dataset, n: number, source: Stream): Dataset => {
  const picked = Array.from({ length: n }, () => source.integer(all.y.length))
  return dataset(
    picked.map((i) => Array.from(row(all.x, i))),
    picked.map((i) => all.y[i]),
  )
}

const { data: separable } = separableData({ n: 400, d: 4, gamma: 0.05, size: 1, seed: 3 })
/** e_i with labels of both signs: only what was seen is known. */
const unrelated = orthonormal(40)

const tasks = [
  { name: 'a linear teacher', all: separable, n: 60, k: 2 },
  { name: 'unrelated examples', all: unrelated, n: 90, k: 1 },
]

function options(all: Dataset, k: number, maxSteps?: number): SgdOptions {
  const start = initialWeights({ kind: 'scaled', stream: stream(5) }, k, all.x.cols)
  const order = { kind: 'permutation', stream: stream(6) } as const
  return { k, start, order, ...(maxSteps && { maxSteps }) }
}

describe.each(tasks)('$name', ({ all, n, k }) => {
  const drawn = Array.from({ length: DRAWS }, (_, i) => {
    const sample = sampleOf(all, n, stream(8).child('draw', i))
    const run = trainSgd(sample, options(all, k))
    expect(run.status).toBe('converged')
    const outputs = forward(run.net, all.x)
    return {
      counts: { n, delta: DELTA, updates: run.updates, distinct: run.distinct },
      short: hingeRate(outputs, all.y),
      wrong: errorRate(outputs, all.y),
      outputs,
    }
  })
  type Drawn = (typeof drawn)[number]
  const coverage = (bound: (d: Drawn, i: number) => number, event: 'short' | 'wrong' = 'short') =>
    verdictOn(boundCovers, {
      draws: drawn.map((d, i) => ({ bound: bound(d, i), error: d[event] })),
      delta: DELTA,

      hypotheses,
    })

  it.each([
    ['blocks', ({ counts }: Drawn) => blocksBound(counts).eps],
    ['subset', ({ counts }: Drawn) => subsetBound(counts)],
    ['multiset', ({ counts }: Drawn) => multisetBound(counts)],
    ['sequence', ({ counts }: Drawn) => sequenceBound(counts)],
    [
      'the best of them',
      ({ counts }: Drawn) => compareGuarantees({ ...counts, converged: true }).best?.bound ?? 1,
    ],
  ])(`covers y N(x) < 1 in ${DRAWS} samples: %s`, (_, bound) => {
    expect(coverage(bound).status).toBe('holds')
  })

  it('covers the error by held-out examples, and fails sometimes, as it may', () => {
    const verdict = coverage(({ outputs }, i) => {
      const source = stream(9).child('test', i)
      const held = Array.from({ length: 70 }, () => source.integer(all.y.length))
      const errors = held.filter((at) => !(all.y[at] * outputs[at] > 0)).length
      return clopperPearson(errors, 70, DELTA)
    }, 'wrong')
    expect(verdict.status).toBe('holds')
    expect(verdict.measured).toBeGreaterThan(0)
  })

  it('covers runs that a budget cut off, by the count with errors', () => {
    const draws = Array.from({ length: DRAWS }, (_, i) => {
      const sample = sampleOf(all, n, stream(10).child('draw', i))
      const run = trainSgd(sample, options(all, k, 12))
      expect(run.status).toBe('max-steps')
      const updated = new Set(run.sequence)
      const margins = forward(run.net, sample.x).map((value, at) => value * sample.y[at])
      const errorsUnused = margins.filter((m, at) => !updated.has(at) && m < 1).length
      const counts = { n, distinct: run.distinct, delta: DELTA, errorsUnused }
      return {
        bound: agnosticBound(counts),
        error: hingeRate(forward(run.net, all.x), all.y),
      }
    })
    expect(Math.max(...draws.map(({ bound }) => bound))).toBeLessThan(1)
    expect(verdictOn(boundCovers, { draws, delta: DELTA, hypotheses }).status).toBe('holds')
  })

  it('is not covered by the training error, nor by a sixth of the bound where it is near', () => {
    expect(coverage(() => 0).status).toBe('violated')
    if (all === unrelated)
      expect(coverage(({ counts }) => blocksBound(counts).eps / 6).status).toBe('violated')
  })

  it('has a mean of y N(x) < 1 of at most the mean of c / (n + 1)', () => {
    const draws = Array.from({ length: DRAWS }, (_, i): LeaveOneOutDraw => {
      const more = sampleOf(all, n + 1, stream(11).child('draw', i))
      const rows = { rows: n, cols: more.x.cols, data: more.x.data.slice(0, n * more.x.cols) }
      const whole = trainSgd(more, options(all, k))
      const run = trainSgd({ x: rows, y: more.y.slice(0, n) }, options(all, k))
      const converged = run.status === 'converged' && whole.status === 'converged'
      return {
        distinct: whole.distinct,
        error: hingeRate(forward(run.net, all.x), all.y),
        converged,
      }
    })
    const verdict = verdictOn(leaveOneOut, { n, draws, hypotheses })
    expect(verdict.status).toBe('holds')
    if (all === unrelated)
      expect(verdictOn(leaveOneOut, { n: 6 * n, draws, hypotheses }).status).toBe('violated')
  })
})

describe('features scaled by the longest example of the sample', () => {
  // (1.1, 2.4) or (0.8, −0.4), each with probability ½, label +1
  const points = [
    [1.1, 2.4],
    [0.8, -0.4],
  ]
  const scaled = (rows: readonly (readonly number[])[], by: number): Dataset =>
    dataset(
      rows.map((point) => point.map((value) => value / by)),
      rows.map(() => 1),
    )
  const longest = (rows: readonly (readonly number[])[]): number =>
    Math.max(...rows.map(([a, b]) => Math.hypot(a, b)))
  const draws = [0, 1, 2, 3].flatMap((pair) => {
    const rows = [points[pair % 2], points[pair >> 1]]
    const net = { k: 1, v: 1, alpha: 1, eta: 61.45, start: Float64Array.of(1, 3.4, 0, 0) }
    const train = (part: readonly (readonly number[])[]) =>
      trainSgd(scaled(part, longest(part)), { ...net, order: { kind: 'cyclic' } })
    const one = train(rows.slice(0, 1))
    const test = scaled(points, longest(rows.slice(0, 1)))
    const draw = {
      distinct: train(rows).distinct,
      error: hingeRate(forward(one.net, test.x), test.y),
      converged: one.status === 'converged',
    }
    return Array.from({ length: 100 }, () => draw)
  })

  it('break leave-one-out: a mean error of 0.5 against 0.375', () => {
    const verdict = verdictOn(leaveOneOut, { n: 1, draws, hypotheses })
    expect(verdict.status).toBe('violated')
    expect(verdict.statement).toBe('mean error 0.5 against 0.375 in 400 samples')
  })

  it('keep it when the longest example is counted, and are inapplicable when the hypotheses say so', () => {
    const counted = draws.map((draw) => ({ ...draw, distinct: draw.distinct + 1 }))
    expect(verdictOn(leaveOneOut, { n: 1, draws: counted, hypotheses }).status).toBe('holds')
    const fitted = sampleHypotheses({ independent: 'yes', fixedBefore: false })
    expect(verdictOn(leaveOneOut, { n: 1, draws, hypotheses: fitted }).status).toBe('inapplicable')
  })
})
