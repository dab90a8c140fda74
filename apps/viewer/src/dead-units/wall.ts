import { forward, initialWeights, trainSgd, type SgdOptions } from '@nonconvex/overparam'
import {
  coordinateData,
  coordinateFate,
  reluFailureProbability,
  trainRelu,
} from '@nonconvex/overparam/relu'
import { clopperPearson } from '@nonconvex/optim/statistics'
import { stream } from '@nonconvex/tensor'
import { MOST_UNITS } from './params.js'

/** Random initializations that are counted for each width. */
export const DRAWS = 200
const ETA = 1
/** Passes of a run at most; with leaky ReLU it ends long before. */
const PASSES = 10_000

/** The active units of a network on e_1, …, e_d, and what SGD makes of it. */
export interface Wall {
  readonly d: number
  readonly k: number
  /** [k · d] 1 where positive unit j is active on coordinate i, at j·d + i */
  readonly active: Uint8Array
  /** coordinates on which no positive unit is active */
  readonly dead: readonly number[]
  /** coordinates that the trained network misclassifies */
  readonly wrong: readonly number[]
  readonly status: string
  readonly updates: number
}

/**
 * The initialization from a seed: positive unit j is the same at every width, so that a wider
 * network has one more row.
 */
function startOf(d: number, k: number, seed: number): Float64Array {
  const draws = stream(seed).child('wall')
  const row = (sign: string, j: number) => draws.child(sign, j).normalInto(new Float64Array(d))
  const start = initialWeights({ kind: 'zero' }, k, d)
  const scale = 1 / Math.sqrt(2 * k * d)
  for (let j = 0; j < k; j++) {
    start.set(row('positive', j), j * d)
    start.set(row('negative', j), (k + j) * d)
  }
  return start.map((value) => value * scale)
}

/** The wall of a seed, and the run of SGD from it. */
export function wallOf(
  { d, k, alpha }: { readonly d: number; readonly k: number; readonly alpha: number },
  seed: number,
): Wall {
  const start = startOf(d, k, seed)
  const data = coordinateData(d)
  const v = 1 / Math.sqrt(2 * k)
  const options: SgdOptions = {
    k,
    v,
    alpha,
    eta: ETA,
    maxSteps: PASSES * d,
    start,
    order: { kind: 'permutation', stream: stream(seed).child('order') },
  }
  const run = alpha > 0 ? undefined : trainRelu(data, options)
  const outcome = run?.outcome ?? trainSgd(data, options)
  const outputs = forward(outcome.net, data.x)
  return {
    d,
    k,
    active: Uint8Array.from(start.subarray(0, k * d), (value) => (value > 0 ? 1 : 0)),
    dead: coordinateFate({ k, d, v, eta: ETA, start }).dead,
    wrong: Array.from(outputs.keys()).filter((i) => !((outputs[i] ?? NaN) > 0)),
    status: run?.status ?? outcome.status,
    updates: outcome.updates,
  }
}

/** How often a width fails: exactly, and among random initializations, with a 99 % interval. */
export interface FailureRate {
  readonly k: number
  readonly probability: number
  readonly failed: number
  readonly low: number
  readonly high: number
}

/** The failure rates of all widths in one dimension. */
export function failureRates(d: number, seed: number): readonly FailureRate[] {
  const draws = stream(seed).child('rates', d)
  // the first width without a dead coordinate, of each initialization
  const alive = Array.from({ length: DRAWS }, (_, i) => firstAlive(d, draws.child('draw', i)))
  return Array.from({ length: MOST_UNITS }, (_, j) => {
    const k = j + 1
    const failed = alive.filter((first) => first > k).length
    return {
      k,
      probability: reluFailureProbability(d, k),
      failed,
      low: 1 - clopperPearson(DRAWS - failed, DRAWS, 0.005),
      high: clopperPearson(failed, DRAWS, 0.005),
    }
  })
}

/** The least number of rows in which every column has an active unit. */
function firstAlive(d: number, draws: ReturnType<typeof stream>): number {
  const dark = new Set(Array.from({ length: d }, (_, i) => i))
  for (let k = 1; k <= MOST_UNITS; k++) {
    // a row is drawn as a whole, so that it is the same whatever was dark before
    const row = draws.uniformInto(new Float64Array(d))
    for (const i of dark) if ((row[i] ?? 0) > 0.5) dark.delete(i)
    if (dark.size === 0) return k
  }
  return MOST_UNITS + 1
}
