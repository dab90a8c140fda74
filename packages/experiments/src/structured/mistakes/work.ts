import { sequenceBound } from '@nonconvex/optim/statistics'
import {
  attainedMistakes,
  chainProblem,
  mistakesAttained,
  mistakesBounded,
  separableChains,
  structuredPerceptron,
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
  readonly testError: number
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
        let wrong = 0
        for (let i = 0; i < n; i++) if (test.loss(i, test.decode(found.w, i)) > 0) wrong++
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
          testError: wrong / n,
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
    }))
    return {
      verdicts: [
        verdict.each(mistakesBounded, ['run'], () =>
          runs.map(({ margin, seed, gamma, ...one }) => ({
            which: `margin ${margin}, data set ${seed}`,
            facts: { ...one, margin: gamma },
          })),
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
          test: ['test error', ({ testError }) => testError, 3],
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
