import {
  argumentError,
  checkCount,
  checkPositive,
  checkProperFraction,
} from '@nonconvex/tensor/check'
import type { Verdict } from '@nonconvex/optim/claims'
import type { Stream } from '@nonconvex/tensor'
import { checkDataset, radius } from '../data/dataset.js'
import { isSparse, type Features } from '../data/sparse-rows.js'
import { compareGuarantees, type GuaranteeTable } from '../generalization/compare-guarantees.js'
import {
  prepare,
  scaled,
  standardisation,
  unitScale,
  type Preparation,
} from '../model/preparation.js'
import type { SeparableModel } from '../model/model.js'
import type { SgdProgress } from '../sgd/options.js'
import { sharedRows, type LinedDataset, type SharedRows } from '../tabular/known-rows.js'
import type { Table } from '../tabular/table.js'
import { DataError } from '../tabular/data-error.js'
import { fitSize } from './fit-size.js'
import { checkNorms, checkScale, inspect, type TableFacts } from './inspect.js'
import { agreementOf, compareRules, type Agreement, type RuleErrors } from './rules.js'
import { BUDGETS, runWidth, type Trained, type WidthRun } from './run-width.js'
import { separate, type Separation } from './separate.js'
import { fitVerdicts } from './verdicts.js'

export interface FitOptions {
  /** units of each sign, default 100; k = 1 is always trained, too */
  readonly k?: number
  /** initialization and order of visits are drawn from it */
  readonly stream: Stream
  /** in (0, 1), default 0.05: failure probability of every guarantee */
  readonly delta?: number
  /**
   * standardize every feature to mean 0 and deviation 1, computed on these examples; voids all
   * guarantees but the held-out one
   */
  readonly standardise?: boolean
  /** value of a constant feature that acts as a bias, default 0: none */
  readonly bias?: number
  /**
   * factor of all features, independent of the examples; default: the power of two that scales the
   * longest to norm in (½, 1], for which the guarantees count one more example
   */
  readonly scale?: number
  /**
   * budget of each run. By default one of two: 10,000 n and at least 10^7 where a separator is
   * known and the bound B on the updates is at most 1000 times that; otherwise, as convergence
   * cannot be expected, 100 n and at most 10^7, but at least two passes. A bound out of reach is
   * reported before the run (`FitProgress`). As the choice depends on the examples, every
   * certificate but the held-out one then uses δ/2
   */
  readonly maxSteps?: number
  /**
   * the numbers of the table are given away, which saves a copy of them: they may be overwritten, and
   * their memory may be freed; default false
   */
  readonly consume?: boolean
  /** as in `SgdOptions`; default 1 */
  readonly threads?: 1 | 2
  /**
   * test examples, as in a file; they certify nothing if one of them is a training example
   */
  readonly test?: LinedDataset
  readonly signal?: AbortSignal
  readonly watch?: (progress: FitProgress) => void
}

/** Progress of a fit. */
export type FitProgress =
  | { readonly stage: 'separability' }
  | { readonly stage: 'training'; readonly k: number; readonly sgd: SgdProgress }
  | {
      /**
       * before a run with the smaller budget, because its bound on the updates is out of reach
       */
      readonly stage: 'out-of-reach'
      readonly k: number
      readonly bound: number
      readonly maxSteps: number
    }
  | { readonly stage: 'starting' | 'measuring'; readonly k: number }
  | { readonly stage: 'comparing' | 'replaying' }

/** The analysis of a data set and of the networks that were trained on it. */
export interface SeparableFit {
  readonly model: SeparableModel
  readonly table: TableFacts
  /** features of the network, including the constant */
  readonly d: number
  /** norm of the longest row with its constant, before scaling */
  readonly radius: number
  /** γ, in the units of `radius` */
  readonly separation: Separation
  /** k = 1, then the requested one */
  readonly runs: readonly WidthRun[]
  /**
   * number of step budgets among which the sample chose; every certificate in `guarantees` accounts
   * for it; 1 with `maxSteps`
   */
  readonly budgets: number
  readonly guarantees: GuaranteeTable
  /** indices of the examples on which the last run made its updates, ascending */
  readonly updated: Int32Array
  /** [n] N(x) of the last run on the training examples, and on the test examples */
  readonly outputs: Float64Array
  readonly testOutputs?: Float64Array
  /** test examples that are also training examples; absent if there are none */
  readonly shared?: SharedRows
  readonly rules: readonly RuleErrors[]
  /** with the max-margin separator; absent without a separator */
  readonly agreement?: Agreement
  readonly verdicts: readonly Verdict[]
}

/**
 * Trains the two-layer network on the examples of a file and analyzes the result: separability, the
 * bound on the number of updates and every inequality of its proof, bounds on the test error, and
 * linear classifiers for comparison.
 *
 * Without a separator the theorem is inapplicable; the network is still trained, up to the step
 * limit.
 *
 * @param table - as `loadCsv`, `loadSvmlight` or `loadIdxTable` gives it
 * @param options - see `FitOptions`
 * @throws RangeError for an option outside its range; DataError for a row that is too long or short
 *   to be squared, scaled or not, for more than 2^26 weights, or for sparse rows to be standardized; the signal's reason if it was aborted
 *
 * The same table, options and stream give the same bits. Source: Brutzkus, Globerson, Malach,
 * Shalev-Shwartz (2018); the certificates are ours unless cited where they are computed.
 *
 * @example
 * import { fitSeparable } from '@nonconvex/overparam/fit'
 * import { loadCsv } from '@nonconvex/overparam/tabular'
 * import { stream } from '@nonconvex/tensor'
 * const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i},${i % 7 > 2 ? 'far' : 'near'}`)
 * const table = loadCsv(['width,height,where', ...rows].join('\n'))
 * const { separation, runs } = await fitSeparable(table, { k: 10, bias: 1, stream: stream(1) })
 * console.log(separation.kind, runs.map((run) => run.status)) // → separable [ 'converged', 'converged' ]
 */
export async function fitSeparable(table: Table, options: FitOptions): Promise<SeparableFit> {
  checkDataset('fitSeparable', table)
  const { k = 100, stream, delta = 0.05, standardise = false, bias = 0, test, signal } = options
  const { threads = 1 } = options
  checkCount('fitSeparable', 'k', k)
  checkProperFraction('fitSeparable', 'delta', delta)
  if (!Number.isFinite(bias))
    throw argumentError('not-finite', 'fitSeparable', 'bias', 'to be finite', bias)
  if (options.scale !== undefined) checkPositive('fitSeparable', 'scale', options.scale)
  if (options.maxSteps !== undefined) checkCount('fitSeparable', 'maxSteps', options.maxSteps)
  fitSize(table.x, k, bias)
  if (standardise && isSparse(table.x))
    throw new DataError(
      'size',
      {},
      `expected a table of few features to standardise, got ${table.x.rows} sparse rows of ${table.x.cols}: without their means subtracted they stay sparse; scale the features in the file`,
    )
  const { y } = table
  const facts = inspect(table)
  const shared = test && sharedRows(table, test)
  const plain: Preparation = {
    bias,
    scale: 1,
    ...(standardise && !isSparse(table.x) && standardisation(table.x)),
  }
  const same = bias === 0 && !plain.mean
  const unscaled = { x: same ? table.x : prepare(table.x, plain), y }
  // a standardized fit looks at the given numbers once more
  if (options.consume === true && !same && !standardise) release(table.x)
  checkNorms(unscaled, table.lines)
  options.watch?.({ stage: 'separability' })
  const separation = separate(unscaled, {
    digits: table.digits,
    ...(standardise && { given: { x: prepare(table.x, { bias, scale: 1 }), y } }),
  })
  const long = radius(unscaled)
  const scale = options.scale ?? (long > 0 ? unitScale(long) : 1)
  const preparation = { ...plain, scale }
  // to the last bit what `prepare` makes with this scale
  const data = {
    x: scaled(unscaled.x, scale, options.consume === true || unscaled.x !== table.x),
    y,
  }
  checkScale(data, scale)
  const tested = test && { x: prepare(test.x, preparation), y: test.y }
  const wStar =
    separation.kind === 'separable' ? separation.w.map((value) => value / scale) : undefined
  const trained: Trained[] = []
  for (const width of [...new Set([1, k])]) {
    options.watch?.({ stage: 'starting', k: width })
    trained.push(
      await runWidth(data, width, {
        stream,
        maxSteps: options.maxSteps,
        wStar,
        test: tested,
        threads,
        ...(signal && { signal }),
        watch: (sgd) => options.watch?.({ stage: 'training', k: width, sgd }),
        trained: () => options.watch?.({ stage: 'measuring', k: width }),
        outOfReach: (found) => options.watch?.({ stage: 'out-of-reach', k: width, ...found }),
      }),
    )
  }
  const last = trained[trained.length - 1]
  options.watch?.({ stage: 'comparing' })
  const { run, net, outcome, outputs, testOutputs } = last
  const budgets = options.maxSteps === undefined ? BUDGETS : 1
  const guarantees = compareGuarantees({
    n: y.length,
    updates: run.updates,
    distinct: run.distinct,
    delta,
    budgets,
    majorityError: Math.min(facts.positives, facts.negatives) / y.length,
    converged: run.status === 'converged',
    errorsUnused: run.errorsUnused,
    preprocessing: standardise ? 'standardise' : options.scale === undefined ? 'scale' : 'nothing',
    network: { k, d: data.x.cols },
    ...(separation.kind === 'separable' &&
      separation.support !== undefined && { supportVectors: separation.support }),
    ...(run.test && {
      heldOut: {
        errors: run.test.errors,
        examples: run.test.examples,
        ...(shared && { seen: shared }),
      },
    }),
  })
  const rules = compareRules(data, tested, wStar)
  const agreement = wStar && agreementOf(net, wStar, data, tested)
  options.watch?.({ stage: 'replaying' })
  return {
    model: { net, preparation },
    table: facts,
    d: data.x.cols,
    radius: long,
    separation,
    runs: trained.map((each) => each.run),
    budgets,
    guarantees,
    updated: Int32Array.from(new Set(outcome.sequence)).sort(),
    outputs,
    ...(testOutputs && { testOutputs }),
    ...(shared && { shared }),
    rules,
    ...(agreement && { agreement }),
    verdicts: fitVerdicts(data, trained, { separation, radius: long, standardise }),
  }
}

/** Frees the memory of features that are not needed any more, and were given away. */
function release(x: Features): void {
  const buffers = (isSparse(x) ? [x.index, x.value] : [x.data]).map(({ buffer }) => buffer)
  const own = [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer)
  structuredClone(own, { transfer: own })
}
