import { checkVector } from '@nonconvex/tensor/check'
import { checkDataset, separationsOf, squaredNorms, type Examples } from '../data/dataset.js'
import type { SgdOutcome } from '../sgd/outcome.js'
import { slopeSum } from '../sgd/update-state.js'
import { lineUnderRoot } from './quadratic.js'
import { checkSetting, type BoundSetting } from './setting.js'
import { updateBounds } from './update-bounds.js'

/**
 * The looseness of the theorem on a run, as a sequence of bounds; each replaces one more worst-case
 * number by the observed one.
 */
export interface Ledger {
  readonly updates: number
  readonly paper: number
  readonly quad: number
  readonly slope: number
  /** with the run's mean slope ā = A_T/(2kU) */
  readonly meanSlope: number
  readonly slopesBound: number
  /** and with its mean y N(x) before updates instead of 1 */
  readonly meanMargin: number
  readonly marginsBound: number
  /** and with the mean ‖x‖² of the updated examples, weighted by Σ s² */
  readonly meanNorm2: number
  readonly normsBound: number
  /** and with their mean y w*·x, weighted by the slopes */
  readonly meanSeparation: number
  readonly separationsBound: number
  /** F_T / (‖W*‖ √S_T): the looseness of Cauchy–Schwarz */
  readonly cosine: number
}

/**
 * Computes the ledger of a finished run, whose bounds decrease from the published bound towards U.
 *
 * @param setting - of the initialization, from `boundSetting`
 * @param data - the training data of the run
 * @param wStar - the separator of the setting
 * @param run - a traced run
 * @throws ShapeError, RangeError for malformed data, a number outside its range, or a run that is
 *   not traced, has no updates, or used other data
 *
 * Source: ours.
 *
 * @example
 * import { boundSetting, ledger, initialWeights, trainSgd } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * const data = { x, y: Float64Array.of(1, -1) }
 * const [start, wStar] = [initialWeights({ kind: 'zero' }, 1, 2), Float64Array.of(1, -1)]
 * const run = trainSgd(data, { k: 1, start, order: { kind: 'cyclic' }, trace: { wStar } })
 * const setting = boundSetting({ ...run.net, weights: start }, data, wStar, 10)
 * const { slope, separationsBound, cosine } = ledger(setting, data, wStar, run)
 * const entries = [slope, separationsBound, separationsBound * cosine ** 2]
 * console.log(entries.map((entry) => entry.toFixed(1)), run.updates) // → [ '42.0', '5.9', '4.0' ] 4
 */
export function ledger(
  setting: BoundSetting,
  data: Examples,
  wStar: Float64Array,
  run: SgdOutcome,
): Ledger {
  checkDataset('ledger', data)
  checkVector('ledger', 'wStar', wStar, data.x.cols, 'd')
  checkSetting('ledger', setting)
  const { trace, updates } = run
  if (!trace || updates === 0)
    throw new RangeError(`ledger: expected a traced run with updates, got ${updates} updates`)
  const foreign = run.sequence.find((i) => i >= data.x.rows)
  if (foreign !== undefined)
    throw new RangeError(
      `ledger: expected a run on these ${data.x.rows} examples, got an update of example ${foreign}`,
    )
  const { paper, quad, slope } = updateBounds(setting)
  const { k, alpha, eta, v, gamma, radius, wStarNorm, startF: f, startS: s } = setting
  const units = 2 * k
  const squares = Array.from(run.active, (on) => on + alpha ** 2 * (units - on))
  const slopes = Array.from(run.active, (on) => slopeSum(on, setting))
  const norms2 = squaredNorms(data.x)
  const separations = separationsOf(data, wStar)
  const mean = (values: (t: number) => number, weights?: readonly number[]): number => {
    let sum = 0
    let total = 0
    for (let t = 0; t < updates; t++) {
      const weight = weights ? weights[t] : 1
      sum += weight * values(t)
      total += weight
    }
    return sum / total
  }
  const meanSlope = mean((t) => slopes[t]) / units
  const meanMargin = mean((t) => run.margins[t])
  const meanNorm2 = mean((t) => norms2[run.sequence[t]], squares)
  const meanSeparation = mean((t) => separations[run.sequence[t]], slopes)
  const meanSquares = mean((t) => squares[t])
  const bound = (margin: number, norm2: number, separation: number): number =>
    lineUnderRoot({
      f,
      a: eta * v * separation * units * meanSlope,
      l: units * wStarNorm ** 2,
      s,
      b: 2 * eta * margin + (eta * v) ** 2 * norm2 * meanSquares,
    })
  const r2 = radius ** 2
  return {
    updates,
    paper,
    quad,
    slope,
    meanSlope,
    slopesBound: bound(1, r2, gamma),
    meanMargin,
    marginsBound: bound(meanMargin, r2, gamma),
    meanNorm2,
    normsBound: bound(meanMargin, meanNorm2, gamma),
    meanSeparation,
    separationsBound: bound(meanMargin, meanNorm2, meanSeparation),
    cosine: trace.f[updates] / (wStarNorm * Math.sqrt(units * trace.s[updates])),
  }
}
