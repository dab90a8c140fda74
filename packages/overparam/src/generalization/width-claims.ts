import { claim, counted, hypothesis, readable, type Evidence } from '@nonconvex/optim/claims'
import { meanWithError, studentInterval, type MeanByStudent } from '@nonconvex/optim/statistics'
import { nothing } from '../claims/facts.js'
import { source } from '../source.js'

/** Test errors of two networks, trained on the same examples. */
export interface ErrorPair {
  readonly first: number
  readonly second: number
}

/** Test errors of two networks on several data sets. */
export interface ErrorPairs {
  /** names of the networks in statements: 'k = 1' */
  readonly names: readonly [first: string, second: string]
  readonly pairs: readonly ErrorPair[]
  /** runs that did not end with loss 0 */
  readonly cut: number
  /**
   * test examples per training example where all data sets are random splits of one, 0 where each
   * is drawn anew
   */
  readonly resplit: number
}

/**
 * The mean of second − first with its 95 % interval by Student's distribution over the data sets.
 * Random splits of one data set have examples in common, so that the variance of the mean of J of
 * them is not s²/J; with m test examples for each training example it is taken as s²(1/J + m).
 *
 * Source: C. Nadeau and Y. Bengio, Inference for the generalization error (2003), for splits.
 *
 * @example
 * import { errorGrowth } from '@nonconvex/overparam/generalization'
 * const pairs = [0.01, 0.02, 0.03].map((second) => ({ first: 0.01, second }))
 * const { mean, freedom } = errorGrowth({ names: ['k = 1', 'k = 9'], pairs, cut: 0, resplit: 0 })
 * console.log(mean.toFixed(3), freedom) // → 0.010 2
 */
export function errorGrowth({ pairs, resplit }: ErrorPairs): MeanByStudent {
  const { mean, error } = meanWithError(pairs.map(({ first, second }) => second - first))
  return { mean, error: error * Math.sqrt(1 + pairs.length * resplit), freedom: pairs.length - 1 }
}

/** Data sets from which on an interval is meant seriously. */
const SETS = 4

const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, x) => sum + x, 0) / Math.max(1, numbers.length)

/** The evidence that the error grows from the first network to the second, or does not. */
function growth(facts: ErrorPairs, grows: boolean, data: string): Evidence {
  const { names, pairs, cut, resplit } = facts
  const [middle, low, high] = studentInterval(errorGrowth(facts))
  const percent = (x: number): string => readable(100 * x, 3)
  const larger = pairs.filter(({ first, second }) => second > first).length
  const [first, second] = [pairs.map((one) => one.first), pairs.map((one) => one.second)].map(
    meanOf,
  )
  const finite = Number.isFinite(low)
  return {
    statement: `test error ${percent(first)} % with ${names[0]}, ${percent(second)} % with ${names[1]}; difference ${percent(middle)}${finite ? ` (${percent(low)} to ${percent(high)})` : ''}, above 0 on ${larger} of ${counted(pairs.length, 'data set')}`,
    measured: finite ? (grows ? low : high) : middle,
    relation: grows ? '>=' : '<=',
    bound: 0,
    confidence: 0.95,
    hypotheses: [
      hypothesis(data, resplit === 0 ? 'by construction' : 'assumed'),
      hypothesis('every run ended with loss 0', cut === 0, cut),
      hypothesis(`at least ${SETS} data sets`, pairs.length >= SETS, pairs.length),
    ],
    ...(low <= 0 && high >= 0 && { undecided: 'the interval contains 0; measure more data sets' }),
  }
}

const drawn = 'each data set is drawn anew, its labels are the side of a hyperplane'

/**
 * On linearly separable data with a margin the widest network errs more than the narrowest, by the
 * lower end of the 95 % interval over data sets; violated if the interval is below 0.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { widthHurtsLinear } from '@nonconvex/overparam/generalization'
 * const pairs = [0.01, 0.02, 0.02, 0.03].map((second) => ({ first: 0.005, second }))
 * const facts = { names: ['k = 1', 'k = 100'], pairs, cut: 0, resplit: 0 } as const
 * console.log(verdictOn(widthHurtsLinear, facts).status) // → holds
 */
export const widthHurtsLinear = claim(
  'overparam/width-hurts-linear',
  'On planted linear data the test error grows with the width k',
  'statistical',
  { ours: 'the labels need no second activation pattern; paired over data sets' },
  (facts: ErrorPairs) => growth(facts, true, drawn),
)

/**
 * On planted linear data a wide network errs more from Gaussian initial weights than from zero,
 * where all units of a sign stay equal: the cause is the diversity of activation patterns.
 */
export const diversityHurtsLinear = claim(
  'overparam/diversity-hurts-linear',
  'On planted linear data the widest network errs more from random initial weights than from zero',
  'statistical',
  { ours: 'from W₀ = 0 the decision boundary stays linear for every k; paired over data sets' },
  (facts: ErrorPairs) => growth(facts, true, drawn),
)

/**
 * On handwritten digits the widest network errs no more than the narrowest: the 95 % interval of
 * the difference lies below 0.
 */
export const widthHarmlessOnDigits = claim(
  'overparam/width-harmless-on-digits',
  'On handwritten digits the test error does not grow with the width k',
  'statistical',
  { ...source, theorem: 'binary MNIST: no over-fitting in the width' },
  (facts: ErrorPairs) =>
    growth(facts, false, 'the images are independent draws of one distribution'),
)

/** Runs on random labels, or on the labels that they replace. */
export interface LabelRun {
  /** its name in statements: 'k = 20, data 3' */
  readonly name: string
  readonly k: number
  /** training examples short of y N(x) ≥ 1 at the end */
  readonly short: number
  /** test errors, of `tested` examples */
  readonly errors: number
  readonly tested: number
  /** the smallest compression bound of the run */
  readonly bound: number
}

/** All runs on random labels, and what the claims on them need. */
export interface RandomLabels {
  readonly runs: readonly LabelRun[]
  readonly n: number
  readonly d: number
  readonly alpha: number
}

const randomLabels = hypothesis(
  'the labels are fair coin flips, drawn without the examples',
  'by construction',
)

/** The wide runs, with kd > n, and the hypotheses on them. */
function wide({ runs, n, d, alpha }: RandomLabels) {
  const some = runs.filter(({ k }) => k * d > n)
  return {
    some,
    hypotheses: [
      randomLabels,
      hypothesis(
        'a width with kd > n',
        some.length > 0,
        Math.max(0, ...runs.map(({ k }) => k)) * d,
      ),
      // with one slope the network is linear
      hypothesis('leaky ReLU slope α in (0, 1)', alpha > 0 && alpha < 1, alpha),
    ],
  }
}

/**
 * With more than n/d units of each sign SGD fits random labels: all training examples end with
 * y N(x) ≥ 1, so that the loss is exactly 0.
 */
export const fitsRandomLabels = claim(
  'overparam/fits-random-labels',
  'With kd > n SGD reaches training loss 0 on random labels',
  'float64',
  { ...source, theorem: 'expressivity: kd > n parameters fit any labels' },
  (facts: RandomLabels) => {
    const { some, hypotheses } = wide(facts)
    const worst = some.reduce((most, { short }) => Math.max(most, short), 0)
    return {
      statement: `${counted(some.length, 'run')} with kd > n = ${facts.n}; at most ${counted(worst, 'example')} with y N(x) < 1 at the end`,
      measured: worst,
      relation: '<=',
      bound: 0,
      hypotheses,
    }
  },
)

/** A network that `memorize` constructed for the random labels of a data set, or none. */
export interface Constructed {
  /** units of each sign */
  readonly k: number
  /** the least and the largest y N(x) on the examples; null if no draw of the units fits */
  readonly margins: readonly [least: number, largest: number] | null
  /** draws of the units until one fits */
  readonly draws: number
}

/** The margin of the networks that `memorize` constructs. */
const CONSTRUCTED = 1.5

/**
 * With kd ≥ n a network that fits any labels is constructed: y N(x) is 1.5 on every example, so that
 * the loss is exactly 0, without training. SGD needs more units.
 *
 * @example
 * import { fittedByConstruction } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const net = { k: 10, margins: [1.5, 1.5] as const, draws: 1 }
 * const facts = { nets: [net], n: 200, d: 20, alpha: 0.1 }
 * console.log(verdictOn(fittedByConstruction, facts).status) // → holds
 * console.log(verdictOn(fittedByConstruction, { ...facts, n: 201 }).status) // → inapplicable
 */
export const fittedByConstruction = claim(
  'overparam/fitted-by-construction',
  'With kd ≥ n a network that fits any labels is constructed, without training',
  'float64',
  {
    ...source,
    theorem: 'expressivity: kd > n parameters fit any labels',
    ours: 'large random rows keep the slopes, their differences solve a linear system of rank n',
  },
  (facts: Omit<RandomLabels, 'runs'> & { readonly nets: readonly Constructed[] }) => {
    const { nets, n, d, alpha } = facts
    const k = Math.min(...nets.map((net) => net.k))
    const fitted = nets.flatMap(({ margins, draws }) => (margins ? [{ margins, draws }] : []))
    const least = Math.min(...fitted.map(({ margins }) => margins[0]))
    const largest = Math.max(...fitted.map(({ margins }) => margins[1]))
    const off = Math.max(CONSTRUCTED - least, largest - CONSTRUCTED)
    const hypotheses = [
      randomLabels,
      hypothesis('kd ≥ n', k * d >= n, k * d),
      hypothesis('leaky ReLU slope α in (0, 1)', alpha > 0 && alpha < 1, alpha),
      hypothesis(
        'for each data set a draw of the units with n independent examples of slopes times inputs',
        fitted.length === nets.length,
        fitted.length,
      ),
    ]
    if (nets.length === 0) return nothing('networks')
    return {
      statement: `on ${counted(nets.length, 'data set')} with k = ${k}, kd = ${k * d} ≥ n = ${n}: y N(x) is within ${readable(off, 2)} of ${CONSTRUCTED} on every example; at most ${counted(Math.max(...nets.map(({ draws }) => draws)), 'draw')} of the units`,
      measured: off,
      relation: '<=',
      // n terms of size up to t, the factor that keeps the slopes
      bound: 1e-6,
      hypotheses,
    }
  },
)

/**
 * What fits random labels learns nothing: new labels are coin flips too, so that the errors of all
 * runs are binomial with probability ½. Decided by the Clopper–Pearson interval of each width, at
 * 0.002 over the number of widths.
 */
export const randomLabelsHalf = claim(
  'overparam/random-labels-half',
  'The test error on random labels is ½',
  'statistical',
  { ours: 'new labels are independent of every network' },
  ({ runs }: RandomLabels) => {
    const widths = [...new Set(runs.map(({ k }) => k))].map((k) => {
      const some = runs.filter((run) => run.k === k)
      const errors = some.reduce((sum, run) => sum + run.errors, 0)
      const tested = some.reduce((sum, run) => sum + run.tested, 0)
      return { k, fraction: errors / tested, tested }
    })
    if (widths.length === 0) return { statement: 'no runs yet', undecided: 'no runs' }
    const farthest = widths.reduce((a, b) =>
      Math.abs(b.fraction - 0.5) > Math.abs(a.fraction - 0.5) ? b : a,
    )
    // the normal approximation: thousands of examples with probability one half
    const allowed = QUANTILE / (2 * Math.sqrt(farthest.tested))
    return {
      statement: `${readable(farthest.fraction, 4)} of ${counted(farthest.tested, 'new label')} are wrong at k = ${readable(farthest.k)}, the farthest from ½ of ${counted(widths.length, 'width')}`,
      measured: farthest.fraction,
      relation: '==',
      bound: 0.5,
      slack: allowed,
      confidence: 0.998,
      hypotheses: [
        randomLabels,
        hypothesis(
          'at least 1,000 test examples of a width',
          farthest.tested >= 1000,
          farthest.tested,
        ),
      ],
    }
  },
)

/** Standard deviations that one of ten widths exceeds with probability 0.002. */
const QUANTILE = 3.72

/**
 * On random labels no compression bound of a run that fits them is below ½, the error of guessing:
 * nearly every example was updated.
 */
export const randomLabelsVacuous = claim(
  'overparam/random-labels-vacuous',
  'On random labels no compression bound is below ½, the error of guessing',
  'float64',
  { ...source, theorem: 'generalization by compression (Littlestone & Warmuth 1986)' },
  (facts: RandomLabels) => {
    const { some, hypotheses } = wide(facts)
    const least = some.reduce((low, { bound }) => Math.min(low, bound), 1)
    const name = some.find(({ bound }) => bound === least)?.name ?? 'every run'
    return {
      statement: `smallest bound ${readable(least, 3)}, with ${name}, in ${counted(some.length, 'run')} with kd > n`,
      measured: least,
      relation: '>=',
      bound: 0.5,
      hypotheses,
    }
  },
)
