import {
  firstPassBound,
  meanWithError,
  sequenceBound,
  type MeanWithError,
} from '@nonconvex/optim/statistics'
import {
  attainedMistakes,
  chainProblem,
  mistakesAttained,
  mistakesBounded,
  separableChains,
  perceptronErrorBounded,
  structuredPerceptron,
  type StructuredProblem,
} from '@nonconvex/structured/learning'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { dots, line, panelOf, xy } from '../../figure/layers.js'
import { DELTA, mistakes } from './experiment.js'

/** A run on separable chains. */
export type RunMeasured = {
  readonly converged: boolean
  readonly updates: number
  readonly distinct: number
  readonly passes: number
  readonly firstPass: number
  readonly radius: number
  /** of the teacher on the training sequences */
  readonly gamma: number
  readonly progress: number
  readonly growth: number
  /** fraction of the test sequences with a wrong label */
  readonly testError: MeanWithError
  /** the same, averaged over the hypotheses before each example of the first pass */
  readonly firstPassError: MeanWithError
}

/** A run on orthogonal examples. */
export type AttainedMeasured = { readonly updates: number; readonly bound: number }

const sizes = { states: 3, features: 2 }

export const work = workOf(mistakes, {
  parts: {
    run: {
      measure: ({ margin }, { params, stream }): RunMeasured => {
        const { sequences: n, length } = params
        const { data, teacher } = separableChains({ n: 2 * n, length, ...sizes, margin, stream })
        const problem = chainProblem(data.slice(0, n), sizes)
        const found = structuredPerceptron(problem, { teacher })
        const test = chainProblem(data.slice(n), sizes)
        const wrong = (w: Float64Array): number[] =>
          Array.from({ length: n }, (_, i) => Number(test.loss(i, test.decode(w, i)) > 0))
        const { mistakeBound } = found
        return {
          converged: found.status === 'converged',
          updates: found.updates,
          distinct: found.distinct,
          passes: found.passes,
          firstPass: found.firstPass,
          radius: found.radius,
          gamma: mistakeBound?.margin ?? 0,
          progress: mistakeBound?.progress ?? 0,
          growth: mistakeBound?.growth ?? 0,
          testError: meanWithError(wrong(found.w)),
          firstPassError: meanWithError(firstPass(problem, found, wrong)),
        }
      },
    },
    attained: {
      measure: ({ n }): AttainedMeasured => {
        const { problem, teacher } = attainedMistakes(n)
        const { updates, mistakeBound } = structuredPerceptron(problem, { teacher })
        return { updates, bound: mistakeBound?.bound ?? 0 }
      },
    },
  },
  conclude: ({ run, attained }, params, verdict) => {
    const runs = run.map(({ cell, measured }) => ({
      ...cell,
      ...measured,
      bound: (measured.radius / measured.gamma) ** 2,
      compression: measured.converged
        ? sequenceBound({ n: params.sequences, ...measured, delta: DELTA })
        : 1,
      online: firstPassBound({ n: params.sequences, mistakes: measured.firstPass, delta: DELTA }),
    }))
    return {
      verdicts: [
        verdict.each(mistakesBounded, ['run'], () =>
          runs.map(({ margin, seed, gamma, ...one }) => ({
            which: `margin ${margin}, data set ${seed}`,
            facts: { ...one, margin: gamma },
          })),
        ),
        verdict(perceptronErrorBounded, ['run'], () =>
          runs.flatMap(({ margin, seed, compression, online, testError, firstPassError }) => [
            {
              name: `compression bound, margin ${margin}, data set ${seed}`,
              bound: compression,
              error: testError,
            },
            {
              name: `bound of the first pass, margin ${margin}, data set ${seed}`,
              bound: online,
              error: firstPassError,
            },
          ]),
        ),
        verdict.each(mistakesAttained, ['attained'], () =>
          attained.map(({ cell, measured }) => ({ which: `n = ${cell.n}`, facts: measured })),
        ),
      ],
      tables: [
        tableOf('runs', 'Updates, their bound, and the error on new sequences', runs, {
          margin: ['margin asked', ({ margin }) => margin],
          gamma: ['$\\gamma$', ({ gamma }) => gamma, 3],
          radius: ['$R$', ({ radius }) => radius, 3],
          updates: ['updates', ({ updates }) => updates],
          bound: ['bound', ({ bound }) => bound, 5],
          distinct: ['examples updated', ({ distinct }) => distinct],
          passes: ['passes', ({ passes }) => passes],
          first: ['mistakes of pass 1', ({ firstPass }) => firstPass],
          compression: [
            `error at most, 1 − δ = ${1 - DELTA}`,
            ({ compression }) => (compression > 0.99 ? 'vacuous' : compression.toFixed(3)),
          ],
          test: ['test error', ({ testError }) => testError.mean, 3],
          online: [
            `mean error of pass 1 at most, 1 − δ = ${1 - DELTA}`,
            ({ online }) => (online > 0.99 ? 'vacuous' : online.toFixed(3)),
          ],
          firstTest: ['measured', ({ firstPassError }) => firstPassError.mean, 3],
        }),
      ],
      figures: [
        {
          id: 'mistakes',
          title: 'Updates stay below the bound, which is attained on orthogonal examples',
          caption: `Updates of the structured perceptron against its bound (R/γ)². Circles: chains of length ${params.length} with 3 labels, ${params.sequences} training sequences. Diamonds: orthogonal examples, on which the bound is attained. The line is equality.`,
          panels: [
            panelOf(
              {
                x: { label: 'bound (R/γ)²', scale: 'log' },
                y: { label: 'updates', scale: 'log' },
              },
              [
                line(
                  'equality',
                  [
                    ...runs.map(({ bound }) => bound),
                    ...attained.map(({ measured }) => measured.bound),
                  ]
                    .sort((a, b) => a - b)
                    .map((x) => ({ x, y: x })),
                  xy,
                  { tone: 'bound', dash: true, key: 'equality' },
                ),
                dots(
                  'chains',
                  runs,
                  { x: ({ bound }) => bound, y: ({ updates }) => Math.max(1, updates) },
                  { tone: 'measured', key: 'chains' },
                ),
                line(
                  'attained',
                  attained,
                  { x: ({ measured }) => measured.bound, y: ({ measured }) => measured.updates },
                  { tone: 'ink', dots: { symbol: 'diamond' }, key: 'orthogonal examples' },
                ),
              ],
            ),
          ],
        },
      ],
    }
  },
})

/**
 * What the hypotheses before each example of the first pass do on test examples, averaged over the pass.
 * They change at the mistakes only, which are learned from again, in order.
 */
function firstPass(
  problem: StructuredProblem,
  { order, firstPass: mistakes }: { readonly order: Int32Array; readonly firstPass: number },
  errorsOf: (w: Float64Array) => readonly number[],
): number[] {
  const w = new Float64Array(problem.dimension)
  let sums = errorsOf(w).map(() => 0)
  let from = 0
  const add = (to: number): void => {
    const errors = errorsOf(w)
    sums = sums.map((sum, i) => sum + (to - from) * errors[i])
    from = to
  }
  for (const i of order.subarray(0, mistakes)) {
    add(i + 1)
    const y = problem.decode(w, i)
    problem.addFeature(w, 1, i, problem.truth(i))
    problem.addFeature(w, -1, i, y)
  }
  add(problem.n)
  return sums.map((sum) => sum / problem.n)
}
