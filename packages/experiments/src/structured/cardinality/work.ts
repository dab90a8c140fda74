import {
  budgetIsKept,
  cardinalityMarginals,
  countIsWorth,
  countPotential,
  decideF1,
  decideProjection,
  decodeF1,
  decodeTopK,
  f1DecodingIsBest,
  f1Example,
  f1Proved,
  makeMultilabel,
  marginalsAreExact,
  projectBudget,
  projectionProved,
  publishedBudget,
  publishedBudgetLeaks,
  softBudget,
  threshold,
} from '@nonconvex/structured/cardinality'
import {
  interval95,
  meanWithError,
  pairedDifference,
  type MeanWithError,
} from '@nonconvex/optim/statistics'
import { row, type Stream } from '@nonconvex/tensor'
import { mean } from '../../averages.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { cardinality, ways, type Params, type Way } from './experiment.js'
import { cardinalityFigures } from './figures.js'

/** Sums of projected scores. */
export type BudgetMeasured = {
  /** largest |Σ y − z| of the exact projection, and of the two soft ones */
  readonly off: number
  readonly softOff: number
  /** Σ y − z of the published one */
  readonly published: MeanWithError
  /** its largest label */
  readonly largest: number
}

/** Mean F1 of each decoding rule, and paired differences on the same examples. */
export type WorthMeasured = {
  readonly f1: readonly number[]
  /** top-k with the most likely count given x, minus top-k with the most likely count on average */
  readonly likeliest: MeanWithError
  /** top-k with the true count, minus top-k with the most likely count given x */
  readonly known: MeanWithError
}

export const work = workOf(cardinality, {
  parts: {
    budget: { measure: ({ L }, { params, stream }) => budgets(L, params, stream) },
    enumerated: { measure: (_, { params, stream }) => enumerated(params.distributions, stream) },
    exact: { measure: (_, { stream }) => exactly(stream) },
    problem: { measure: (_, { params, stream }) => worth(params, stream) },
  },
  conclude: (rows, params, verdict) => {
    const { distributions, draws, budget, maxCount } = params
    const sums = rows.budget.map(({ cell, measured }) => ({
      labels: cell.L,
      draws,
      budget,
      ...measured,
    }))
    const problems = rows.problem.map(({ cell, measured }) => ({ ...cell, ...measured }))
    const tables = () =>
      rows.enumerated.map(({ measured: { error, gap } }) => ({
        facts: { distributions, error, gap },
      }))
    const gain = (of: MeanWithError): string => {
      const [middle, low, high] = interval95(of, 100).map((x) => x.toFixed(2))
      return `${middle} (${low} to ${high})`
    }
    return {
      verdicts: [
        verdict(budgetIsKept, ['budget'], () => sums),
        verdict(publishedBudgetLeaks, ['budget'], () => sums),
        verdict.each(marginalsAreExact, ['enumerated'], tables),
        verdict.each(f1DecodingIsBest, ['enumerated'], tables),
        verdict(projectionProved, ['exact'], () => rows.exact[0].measured.projections),
        verdict(f1Proved, ['exact'], () => rows.exact[0].measured.decodings),
        verdict(countIsWorth, ['problem'], () => problems.map((one) => ({ maxCount, ...one }))),
      ],
      tables: [
        tableOf('sums', `Sums of projected scores for budget ${budget}`, sums, {
          labels: ['labels', ({ labels }) => labels],
          off: ['exact: max error', ({ off }) => off, 2],
          softOff: ['soft: max error', ({ softOff }) => softOff, 2],
          published: ['published: mean sum', ({ published }) => budget + published.mean, 4],
          error: ['standard error', ({ published }) => published.error, 2],
          largest: ['published: largest label', ({ largest }) => largest, 4],
        }),
        tableOf(
          'f1',
          'Mean F1 in % by decoding rule, and paired differences with 95 % intervals',
          problems,
          {
            problem: ['problem', ({ problem }) => problem],
            threshold: ['p ≥ 1/2', ({ f1 }) => 100 * f1[0], 4],
            expected: ['expected F1', ({ f1 }) => 100 * f1[1], 4],
            average: ['average count', ({ f1 }) => 100 * f1[2], 4],
            likeliest: ['most likely count', ({ f1 }) => 100 * f1[3], 4],
            known: ['true count', ({ f1 }) => 100 * f1[4], 4],
            likeliestGain: ['most likely − average count', ({ likeliest }) => gain(likeliest)],
            knownGain: ['true − most likely count', ({ known }) => gain(known)],
          },
        ),
      ],
      figures: cardinalityFigures(sums, problems, params),
    }
  },
})

const EXACT = 10

/** Projections and decodings of numbers with three digits, in rational arithmetic. */
function exactly(source: Stream) {
  const decimals = (values: Float64Array): string[] =>
    [...values].map((value) => String(Math.round(1000 * value) / 1000))
  const draws = Array.from({ length: EXACT }, (_, t) => t)
  return {
    projections: draws.map((t) =>
      decideProjection(decimals(source.normalInto(new Float64Array(4 + t))), 1 + (t % 3)),
    ),
    decodings: draws.map((t) =>
      decideF1(decimals(source.uniformInto(new Float64Array(1 + (t % 5))))),
    ),
  }
}

/** Dynamic programming over counts, and decoding, against enumeration of all labels. */
export type EnumeratedMeasured = {
  /** largest error of log Z, in units of max(1, |log Z|), and of a probability */
  readonly error: number
  /** largest gap of expected F1 to the best set */
  readonly gap: number
}

function enumerated(distributions: number, source: Stream): EnumeratedMeasured {
  let [error, gap] = [0, 0]
  for (let t = 0; t < distributions; t++) {
    const L = 1 + (t % 10)
    const scale = [0.5, 2, 40][t % 3]
    const theta = source.normalInto(new Float64Array(L)).map((x) => scale * x)
    const f = source.normalInto(new Float64Array(L + 1)).map((x) => scale * x)
    if (t % 2 === 1) f.fill(-Infinity, 1 + source.integer(L + 1))
    error = Math.max(error, distributionError(theta, f))
    gap = Math.max(gap, gapOf(source.uniformInto(new Float64Array(1 + (t % 7)))))
  }
  return { error, gap }
}

const setsOf = (L: number): Uint8Array[] =>
  Array.from({ length: 2 ** L }, (_, code) =>
    Uint8Array.from({ length: L }, (_, i) => (code >> i) & 1),
  )
const countOf = (y: Uint8Array): number => y.reduce((sum, label) => sum + label, 0)

function distributionError(theta: Float64Array, f: Float64Array): number {
  const { logZ, labels, counts } = cardinalityMarginals(theta, f)
  const all = setsOf(theta.length).map((y) => {
    const count = countOf(y)
    return { y, count, log: y.reduce((sum, label, i) => sum + label * theta[i], 0) + f[count] }
  })
  const most = all.reduce((largest, { log }) => Math.max(largest, log), -Infinity)
  const total = all.reduce((sum, { log }) => sum + Math.exp(log - most), 0)
  const exact = most + Math.log(total)
  const size = Math.max(1, Math.abs(exact))
  const [ones, sizes] = [new Float64Array(labels.length), new Float64Array(counts.length)]
  for (const { y, count, log } of all) {
    const p = Math.exp(log - most) / total
    sizes[count] += p
    y.forEach((label, i) => {
      ones[i] += label * p
    })
  }
  return Math.max(
    Math.abs(logZ - exact) / size,
    ...labels.map((p, i) => Math.abs(p - ones[i])),
    ...counts.map((p, k) => Math.abs(p - sizes[k])),
  )
}

/** Expected F1 of the best of all sets minus that of the decoded one. */
function gapOf(p: Float64Array): number {
  const sets = setsOf(p.length)
  const weights = sets.map((truth) =>
    truth.reduce((weight, label, i) => weight * (label === 1 ? p[i] : 1 - p[i]), 1),
  )
  const expected = (y: Uint8Array): number =>
    sets.reduce((sum, truth, s) => sum + weights[s] * f1Example(y, truth), 0)
  const best = sets.reduce((most, y) => Math.max(most, expected(y)), 0)
  return Math.max(0, best - expected(decodeF1(p).labels))
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
const sum = (y: Float64Array): number => y.reduce((total, label) => total + label, 0)

function budgets(L: number, params: Params, source: Stream): BudgetMeasured {
  const { budget: z, scores, draws } = params
  let [off, softOff, largest] = [0, 0, 0]
  const excess: number[] = []
  for (let t = 0; t < draws; t++) {
    const v = source
      .normalInto(new Float64Array(L))
      .map(scores === 'peaked' ? (x) => logistic(4 * x - 6) : logistic)
    off = Math.max(off, Math.abs(sum(projectBudget(v, z).y) - z))
    for (const kind of ['sigmoid', 'laplace'] as const)
      softOff = Math.max(softOff, Math.abs(sum(softBudget(v, z, { eps: 0.1, kind }).y) - z))
    const published = publishedBudget(v, z)
    excess.push(sum(published) - z)
    largest = Math.max(largest, ...published)
  }
  return { off, softOff, published: meanWithError(excess), largest }
}

function worth(params: Params, source: Stream): WorthMeasured {
  const { examples, maxCount, scale } = params
  const { y, scores, countDistribution } = makeMultilabel({
    examples,
    maxCount,
    scale,
    stream: source,
  })
  const found = ways.map(() => new Array<number>(examples))
  const average = new Float64Array(countDistribution.cols)
  countDistribution.data.forEach((p, at) => {
    average[at % countDistribution.cols] += p
  })
  const mode = (pmf: Float64Array): number => pmf.indexOf(Math.max(...pmf))
  const usual = mode(average)
  for (let n = 0; n < examples; n++) {
    const u = row(scores, n)
    const pmf = row(countDistribution, n)
    const truth = y.subarray(n * u.length, (n + 1) * u.length)
    const { labels: p } = cardinalityMarginals(u, countPotential(u, pmf))
    const chosen: { readonly [way in Way]: Uint8Array } = {
      threshold: threshold(p, 0.5),
      expected: decodeF1(p).labels,
      average: decodeTopK(u, usual),
      likeliest: decodeTopK(u, mode(pmf)),
      known: decodeTopK(u, countOf(truth)),
    }
    ways.forEach((way, w) => {
      found[w][n] = f1Example(chosen[way], truth)
    })
  }
  return {
    f1: found.map(mean),
    likeliest: pairedDifference(found[3], found[2]),
    known: pairedDifference(found[4], found[3]),
  }
}
