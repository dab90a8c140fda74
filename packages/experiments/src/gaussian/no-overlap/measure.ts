import {
  coefficients,
  noOverlapEigenvalues,
  noOverlapGradient,
  noOverlapHessian,
  noOverlapLoss,
  sortedEigenvalues,
} from '@nonconvex/gaussian-theory'
import { norm2, type Stream, type Vec } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { estimateOf } from '../../averages.js'
import type { MeasureContext } from '../../define/experiment.js'
import { sharedCoordinates, type Params } from './experiment.js'

export interface Pair {
  readonly w: readonly number[]
  readonly wStar: readonly number[]
}

export function measuredAt({ w, wStar }: Pair, { params, stream, signal }: MeasureContext<Params>) {
  const { k, m, samples } = params
  const [r, R] = [norm2(w), norm2(wStar)]
  const loss = noOverlapLoss(w, wStar, k)
  const slide = noOverlapLoss(w, wStar, k, 'slide')
  const network = { k, m, stride: m - sharedCoordinates(params) }
  const sampled = monteCarlo(w, wStar, network, samples, stream.child('samples'), signal)
  const solver = eigenSymmetric(noOverlapHessian(w, wStar, k)).values
  const closed = sortedEigenvalues(noOverlapEigenvalues(w, wStar, k))
  const unit = coefficients(k).c * (1 + R / r)
  return {
    loss,
    gradient: Array.from(noOverlapGradient(w, wStar, k)),
    sampledLoss: sampled.loss,
    sampledGradient: sampled.gradient,
    // |slide − stable| / max(1, r² + R²)
    slideOff: Math.abs(slide - loss) / Math.max(1, r * r + R * R),
    // closed forms, ascending
    eigenvalues: closed,
    // in units of c (1 + R/r)
    eigenvaluesOff: Math.max(...closed.map((x, i) => Math.abs(x - solver[i]))) / unit,
    // the solver's largest
    top: solver[m - 1],
  }
}

export type PointMeasured = ReturnType<typeof measuredAt>

/** The network that is sampled: k patches of length m at this stride. */
interface Patches {
  readonly k: number
  readonly m: number
  readonly stride: number
}

/** Samples between two checks of the signal. */
const SLICE = 4096

/**
 * Loss and gradient of f(x; w) = (1/k) Σ relu(w·x[i]) against f(x; w*), by samples of x ~ N(0, I):
 * no formula of the theory is used, so it is a witness for all of them.
 *
 *     e = f(x; w) − f(x; w*),   loss e²,   gradient (2e/k) Σ_i 1[w·x[i] > 0] x[i]
 */
function monteCarlo(
  w: Vec,
  wStar: Vec,
  patches: Patches,
  samples: number,
  stream: Stream,
  signal?: AbortSignal,
) {
  const { k, m, stride } = patches
  const x = new Float64Array((k - 1) * stride + m)
  const active = new Float64Array(m)
  const sums = new Float64Array(m + 1)
  const squares = new Float64Array(m + 1)
  for (let n = 0; n < samples; n++) {
    if (n % SLICE === 0) signal?.throwIfAborted()
    stream.normalInto(x)
    active.fill(0)
    let difference = 0
    for (let patch = 0; patch < k; patch++)
      difference += onPatch(w, wStar, x, patch * stride, active)
    const e = difference / k
    add(sums, squares, 0, e * e)
    for (let j = 0; j < m; j++) add(sums, squares, j + 1, (2 * e * active[j]) / k)
  }
  const estimates = Array.from(sums, (sum, j) => estimateOf(sum, squares[j], samples))
  return { loss: estimates[0], gradient: estimates.slice(1) }
}

/** relu(w·x[i]) − relu(w*·x[i]); adds x[i] to `active` where w·x[i] > 0. */
function onPatch(w: Vec, wStar: Vec, x: Float64Array, at: number, active: Float64Array): number {
  let student = 0
  let teacher = 0
  for (let j = 0; j < w.length; j++) {
    student += w[j] * x[at + j]
    teacher += wStar[j] * x[at + j]
  }
  if (student > 0) for (let j = 0; j < w.length; j++) active[j] += x[at + j]
  return Math.max(0, student) - Math.max(0, teacher)
}

function add(sums: Float64Array, squares: Float64Array, j: number, value: number): void {
  sums[j] += value
  squares[j] += value * value
}
