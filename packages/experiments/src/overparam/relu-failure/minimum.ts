import {
  flatRadius,
  forward,
  hingeLoss,
  minMargin,
  reluBadMinimum,
  trainSgd,
  type BadMinimumFacts,
  type Dataset,
  type Net,
  type SgdOptions,
  type SgdStatus,
} from '@nonconvex/overparam'
import type { Stream } from '@nonconvex/tensor'
import { pack, type Packed } from '../../result/packed.js'
import { plantedData } from '../runs/planted.js'
import type { ReluFailureParams } from './params.js'

/** A point said to be a bad minimum, and what was found around it. */
export type MinimumMeasured = {
  readonly kind: 'minimum'
  readonly facts: { readonly [K in keyof BadMinimumFacts]: BadMinimumFacts[K] }
  /** how far every row may move without a change of the loss */
  readonly radius: number
  /** loss along random directions, [directions, points], and how far every row is moved there */
  readonly moved: { readonly [K in keyof Packed]: Packed[K] }
  readonly losses: { readonly [K in keyof Packed]: Packed[K] }
  /** SGD from the same point with a leak */
  readonly leak: { readonly status: SgdStatus; readonly updates: number; readonly loss: number }
}

const K = 4
const D = 10
const GAMMA = 0.1
const AROUND = 20
const DIRECTIONS = 3
const POINTS = 61
/** The curves go as many times further than the loss is known to be constant. */
const FURTHER = 8
/** Leak of the run that does get away. */
const LEAK = 0.1

/** Rows of norm 1 in random directions. */
const direction = (stream: Stream): Float64Array => {
  const rows = new Float64Array(2 * K * D)
  for (let j = 0; j < 2 * K; j++) rows.set(stream.unitVector(D), j * D)
  return rows
}

export function minimumOf(
  dead: 1 | -1,
  p: ReluFailureParams,
  { shared, stream }: { readonly shared: Stream; readonly stream: Stream },
): MinimumMeasured {
  const planted = { n: p.points, d: D, gamma: GAMMA, flips: p.flips }
  const { data, teacher } = plantedData(planted, shared.child('data'))
  const margin = minMargin(data, teacher)
  // a hair more than 1, so that rounding leaves it at least 1
  const w = teacher.map((value) => (value * (1 + 1e-12)) / (margin > 0 ? margin : GAMMA))
  const v = 1 / Math.sqrt(2 * K)
  const net: Net = { k: K, d: D, v, alpha: 0, weights: reluBadMinimum(w, K, v, { dead }) }
  const radius = flatRadius(net, data)
  const lossAt = (along: Float64Array, by: number): number =>
    lossOf({ ...net, weights: net.weights.map((value, at) => value + by * along[at]) }, data)
  const around = stream.child('around')
  const reach = radius > 0 && Number.isFinite(radius) ? radius : 0
  const moved = Float64Array.from(
    { length: POINTS },
    (_, i) => ((FURTHER * i) / (POINTS - 1)) * (reach || GAMMA),
  )
  const losses = Array.from({ length: DIRECTIONS }, (_, i) =>
    direction(stream.child('along', i)),
  ).flatMap((along) => Array.from(moved, (by) => lossAt(along, by)))
  return {
    kind: 'minimum',
    facts: {
      positive: data.y.filter((label) => label > 0).length,
      negative: data.y.filter((label) => label < 0).length,
      separates: minMargin(data, w) >= 1,
      dead,
      loss: lossOf(net, data),
      around: Array.from({ length: AROUND }, () => lossAt(direction(around), 0.999 * reach)),
      moved: movedBy(net, data, p),
    },
    radius: reach,
    moved: pack(moved),
    losses: pack(Float64Array.from(losses), [DIRECTIONS, POINTS]),
    leak: leakFrom(net, data, p),
  }
}

const lossOf = (net: Net, data: Dataset): number => hingeLoss(forward(net, data.x), data.y)

const optionsOf = (net: Net, p: ReluFailureParams): SgdOptions => ({
  k: K,
  v: net.v,
  eta: p.eta,
  start: net.weights,
  order: { kind: 'cyclic' },
})

/** Weights that ten passes of SGD change. */
function movedBy(net: Net, data: Dataset, p: ReluFailureParams): number {
  const options = { ...optionsOf(net, p), alpha: 0, maxSteps: 10 * data.y.length }
  const { weights } = trainSgd(data, options).net
  return weights.reduce((sum, value, at) => sum + (Object.is(value, net.weights[at]) ? 0 : 1), 0)
}

function leakFrom(net: Net, data: Dataset, p: ReluFailureParams): MinimumMeasured['leak'] {
  const run = trainSgd(data, { ...optionsOf(net, p), alpha: LEAK, maxSteps: 1000 * data.y.length })
  const { status, updates } = run
  return { status, updates, loss: lossOf(run.net, data) }
}
