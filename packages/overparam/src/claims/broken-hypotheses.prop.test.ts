import { verdictOn, type Verdict } from '@nonconvex/optim/claims'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { problems, type Problem } from '../../test/problems.js'
import {
  boundIndependentOfWidth,
  boundSetting,
  cauchySchwarz,
  forward,
  globalMinimum,
  hingeLoss,
  lowerLine,
  normEnvelope,
  separability,
  theoremHypotheses,
  trainSgd,
  updateBounds,
  updateIdentities,
  updatesBounded,
  type Dataset,
  type Separable,
  type SgdOptions,
  type TheoremFacts,
} from '../index.js'

const RUNS = 500

/** What is found out about the data, from the data alone. */
const answers: { readonly [kind: string]: Separable } = { separable: 'yes', inseparable: 'no' }

/** A traced run as the verdicts see it, with the hypotheses as they are found. */
function evidenceOf(data: Dataset, wStar: Float64Array, options: Problem['options']): TheoremFacts {
  const traced: SgdOptions = { ...options, trace: { wStar } }
  const run = trainSgd(data, traced)
  const setting = boundSetting({ ...run.net, weights: options.start }, data, wStar, options.eta)
  const bounded = setting.alpha > 0 && setting.gamma > 0
  return {
    runs: [
      {
        name: 'this one',
        k: options.k,
        status: run.status,
        updates: run.updates,
        loss: hingeLoss(forward(run.net, data.x), data.y),
        rooms: run.trace?.rooms ?? [],
        ...(bounded && { bounds: updateBounds(setting), setting }),
      },
    ],

    hypotheses: theoremHypotheses({
      separable: answers[separability(data).kind] ?? 'unknown',
      gamma: setting.gamma,
      alpha: options.alpha,
    }),
  }
}

const theorem = (evidence: TheoremFacts): readonly Verdict[] => [
  verdictOn(updatesBounded, evidence),
  verdictOn(globalMinimum, evidence),
  ...[lowerLine, normEnvelope, cauchySchwarz, updateIdentities].map((claim) =>
    verdictOn(claim, evidence),
  ),
]

const statuses = (verdicts: readonly Verdict[]): readonly string[] => [
  ...new Set(verdicts.map(({ status }) => status)),
]

/** One example more, which contradicts the first. */
function contradicted({ x, y }: Dataset): Dataset {
  const data = new Float64Array(x.data.length + x.cols)
  data.set(x.data)
  data.set(x.data.subarray(0, x.cols), x.data.length)
  return {
    x: { rows: x.rows + 1, cols: x.cols, data },
    y: Float64Array.from([...y, -y[0]]),
  }
}

it(`holds on ${RUNS} random configurations that meet the hypotheses, each found from its own data`, () => {
  fc.assert(
    fc.property(problems, ({ data, wStar, options }) => {
      const evidence = evidenceOf(data, wStar, options)
      const watched = evidence.runs[0].updates > 0
      const verdicts = theorem(evidence)
      // without an update there is nothing to watch
      expect(statuses(watched ? verdicts : verdicts.slice(0, 2))).toEqual(['holds'])
    }),
    { numRuns: RUNS },
  )
})

it.each<readonly [string, (p: Problem) => Problem]>([
  ['no separator exists', (p) => ({ ...p, data: contradicted(p.data) })],
  ['the leaky ReLU slope α is 0', (p) => ({ ...p, options: { ...p.options, alpha: 0 } })],
])(`is inapplicable on ${RUNS} random configurations where %s`, (_, broken) => {
  fc.assert(
    fc.property(problems, (problem) => {
      const { data, wStar, options } = broken(problem)
      const evidence = evidenceOf(data, wStar, { ...options, maxSteps: 500 })
      expect(
        statuses([...theorem(evidence), verdictOn(boundIndependentOfWidth, evidence)]),
      ).toEqual(['inapplicable'])
    }),
    { numRuns: RUNS },
  )
})
