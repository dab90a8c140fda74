import {
  criticalPoint,
  criticalValues,
  factorization,
  linearMinimum,
  linearNetwork,
  residualGradientBound,
  residualNetwork,
  residualSolution,
  saxeHalfTime,
  type LinearMinimum,
} from '@nonconvex/gaussian-theory/linear-nets'
import {
  gradientDescent,
  hessianMatrix,
  lbfgs,
  levenbergMarquardt,
  run,
  type Objective,
} from '@nonconvex/optim'
import { polish } from '@nonconvex/optim/certify'
import {
  dot,
  gemm,
  identity,
  matrix,
  norm2,
  qr,
  transpose,
  type Matrix,
  type Stream,
  type Vec,
} from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { MeasureContext } from '../../define/experiment.js'
import type { Params } from './experiment.js'

type Context = MeasureContext<Params>

/** Gradients up to this size count as 0, those at the initializations being about 10. */
const GRADIENT = 1e-8
const MAX_STEPS = 20_000
const SEARCH_STEPS = 150
/** The size of the weights at which the third-order descent from 0 is measured. */
const SMALL = 0.05
/** Distances of the residual layers from the identity at which the bound is attained. */
const TAUS = [0.1, 0.3, 0.5, 0.7]
/** The largest |log σ(R)| of the residual targets. */
const GAMMA = 1
const RESIDUAL_STEPS = 400
/** Points of the curves of the modes. */
const POINTS = 100
const MODE_STEPS = 1_000_000

/** What the theorems need of the data, and the least loss. */
export interface DataFacts {
  readonly total: number
  readonly eigenvalues: readonly number[]
  readonly smallestInput: number
  readonly least: number
}

/** The same data in all cells, with their least loss. */
function dataOf({ params, shared }: Context): {
  readonly X: Matrix
  readonly Y: Matrix
  readonly width: number
  readonly minimum: LinearMinimum
  readonly facts: DataFacts
} {
  const { inputs, outputs, p, samples } = params
  const X = normals(shared.child('inputs'), inputs, samples)
  const noise = normals(shared.child('noise'), outputs, samples)
  const Y = gemm(normals(shared.child('map'), outputs, inputs), X)
  for (let i = 0; i < Y.data.length; i++) Y.data[i] += noise.data[i]
  // means over the examples in the place of sums
  for (const data of [X.data, Y.data])
    for (let i = 0; i < data.length; i++) data[i] /= Math.sqrt(samples)
  const width = Math.min(p, inputs, outputs)
  const minimum = linearMinimum(X, Y, width)
  return {
    X,
    Y,
    width,
    minimum,
    facts: {
      total: dot(Y.data, Y.data),
      eigenvalues: [...minimum.eigenvalues],
      smallestInput: minimum.smallestInput,
      least: minimum.loss,
    },
  }
}

const normals = (stream: Stream, rows: number, cols: number): Matrix =>
  matrix(rows, cols, stream.normalInto(new Float64Array(rows * cols)))

/** The ends of L-BFGS from random initializations of a network with this many layers. */
export function measureEnds(depth: number, context: Context) {
  const { params, stream, signal } = context
  const { X, Y, facts } = dataOf(context)
  const network = linearNetwork(X, Y, new Array<number>(depth - 1).fill(params.p))
  const method = lbfgs(network)
  const ends = Array.from({ length: params.starts }, (_, i) => {
    signal.throwIfAborted()
    const w = stream.child('start', i).normalInto(new Float64Array(network.d))
    const { state } = run({
      start: method.init(w.map((x) => x / 2)),
      step: method.step,
      stop: ({ residual, stalled }) => (residual <= GRADIENT || stalled ? 'at rest' : undefined),
      maxSteps: MAX_STEPS,
    }).finish()
    return { loss: state.value, gradient: state.residual }
  })
  return { ...facts, depth, ends, tolerance: 100 * GRADIENT }
}

/** Critical points of two layers, the origin of three, and wrong eigenvectors of a matrix. */
export function measureSaddles(context: Context) {
  const { params, stream, signal } = context
  const { X, Y, width, minimum, facts } = dataOf(context)
  const network = linearNetwork(X, Y, [params.p])
  const values = criticalValues(facts.total, minimum.eigenvalues, width)
  const pointOf = (w: Float64Array) => ({
    loss: network.value(w),
    gradient: norm2(network.gradient(w)),
    curvature: eigenSymmetric(hessianMatrix(network, w)).values[0],
  })
  const derivatives = {
    gradient: (w: Vec) => network.gradient(w),
    hessian: (w: Vec) => hessianMatrix(network, w),
  }
  const critical = levenbergMarquardt({
    d: network.d,
    residuals: derivatives.gradient,
    jacobian: derivatives.hessian,
  })
  const searched = Array.from({ length: params.searches }, (_, i) => {
    signal.throwIfAborted()
    const w = stream.child('search', i).normalInto(new Float64Array(network.d))
    const { state } = run({
      start: critical.init(w),
      step: critical.step,
      stop: ({ value, stalled }) => (value <= 1e-16 || stalled ? 'at rest' : undefined),
      maxSteps: SEARCH_STEPS,
    }).finish()
    return pointOf(polish(derivatives, state.w, 8).w)
  })
  return {
    ...facts,
    values,
    constructed: values.map(({ kept }) => pointOf(criticalPoint(minimum, params.p, kept))),
    found: searched.filter(({ gradient }) => gradient <= GRADIENT),
    flat: flatSaddle(X, Y, facts.total, params.p),
    wrong: wrongEigenvectors(params.modes, stream.child('factorization')),
  }
}

/** Three layers at W = 0: the Hessian there, and the descent along the first singular vectors. */
function flatSaddle(X: Matrix, Y: Matrix, total: number, p: number) {
  const network = linearNetwork(X, Y, [p, p])
  const origin = new Float64Array(network.d)
  const cross = gemm(Y, X, { transposeB: true })
  const { values, vectors = cross } = eigenSymmetric(gemm(cross, cross, { transposeA: true }), {
    vectors: true,
  })
  const n = X.rows
  const v = matrix(
    1,
    n,
    Float64Array.from({ length: n }, (_, i) => vectors.data[i * n + n - 1]),
  )
  const sigma = Math.sqrt(values[n - 1])
  const u = gemm(cross, v, { transposeB: true }).data.map((x) => x / sigma)
  const w = new Float64Array(network.d)
  w.set(v.data)
  w[p * n] = 1
  for (const [i, x] of u.entries()) w[p * n + p * p + i * p] = x
  const t = SMALL
  const drop = network.value(origin) - network.value(w.map((x) => t * x))
  const along = gemm(v, X).data
  return {
    curvature: hessianMatrix(network, origin).data.reduce((a, x) => Math.max(a, Math.abs(x)), 0),
    descent: drop / (t * t * t),
    expected: sigma - (t * t * t * dot(along, along)) / 2,
    t,
    total,
  }
}

/** The Hessian of ¼‖uuᵀ − M‖² at each eigenvector but the first. */
function wrongEigenvectors(eigenvalues: readonly number[], stream: Stream) {
  const mus = [...eigenvalues].sort((a, b) => b - a)
  const { q, M } = symmetric(mus, stream)
  const f = factorization(M, 1)
  return mus.slice(1).map((mu, i) => {
    const u = transpose(q).data.subarray((i + 1) * mus.length, (i + 2) * mus.length)
    const curvature = eigenSymmetric(
      hessianMatrix(
        f,
        u.map((x) => Math.sqrt(mu) * x),
      ),
    ).values[0]
    return { mu, largest: mus[0], curvature }
  })
}

/** A random symmetric matrix with these eigenvalues. */
function symmetric(eigenvalues: readonly number[], stream: Stream) {
  const d = eigenvalues.length
  const { q } = qr(normals(stream, d, d))
  const scaled = matrix(
    d,
    d,
    q.data.map((x, i) => x * eigenvalues[i % d]),
  )
  const M = gemm(scaled, q, { transposeB: true })
  const mirrored = transpose(M).data
  return {
    q,
    M: matrix(
      d,
      d,
      M.data.map((x, i) => (x + mirrored[i]) / 2),
    ),
  }
}

/** Gradient descent on two layers that learn diag(σ), with the strength of each mode. */
export function measureModes(aligned: boolean, { params, stream, signal }: Context) {
  const { eta, u0 } = params
  const modes = [...params.modes].sort((a, b) => b - a)
  const d = modes.length
  const Y = matrix(d, d)
  for (const [i, s] of modes.entries()) Y.data[i * d + i] = s
  const network = linearNetwork(identity(d), Y, [d])
  const one = identity(d).data
  const size = Math.sqrt(u0)
  const draws = stream.normalInto(new Float64Array(network.d))
  const start = draws.map((x, i) => size * (aligned ? one[i % (d * d)] : x / Math.sqrt(d)))
  const method = gradientDescent(network, { eta })
  const horizon = 2.2 * Math.max(...modes.map((s) => saxeHalfTime(s, Math.min(u0, s / 4))))
  const steps = Math.min(MODE_STEPS, Math.ceil(horizon / eta))
  const every = Math.ceil(steps / POINTS)
  let state = method.init(start)
  let before = strengths(state.w, d)
  const times = modes.map((): number | null => null)
  const curve = [{ time: 0, loss: network.value(state.w), u: before }]
  for (let t = 1; t <= steps; t++) {
    if (t % 4096 === 0) signal.throwIfAborted()
    state = method.step(state)
    const u = strengths(state.w, d)
    for (const [i, s] of modes.entries())
      if (times[i] === null && u[i] >= s / 2)
        times[i] = eta * (t - (u[i] - s / 2) / (u[i] - before[i]))
    before = u
    if (t % every === 0) curve.push({ time: eta * t, loss: network.value(state.w), u })
  }
  return { aligned, modes: modes.map((s, i) => ({ s, time: times[i] })), curve }
}

/** The diagonal of W_2 W_1. */
function strengths(w: Float64Array, d: number): number[] {
  return Array.from({ length: d }, (_, i) => {
    let sum = 0
    for (let j = 0; j < d; j++) sum += w[d * d + i * d + j] * w[j * d + i]
    return sum
  })
}

/** A residual network: gradient descent from A = 0, the attained bound, and the exact solution. */
export function measureResidual(l: number, { shared, signal }: Context) {
  const d = 3
  const logs = [GAMMA, 0.3 * GAMMA, -0.6 * GAMMA]
  const R = symmetric(logs.map(Math.exp), shared.child('target')).M
  const S = symmetric([1, 0.7, 0.4], shared.child('covariance')).M
  const problem = { l, R, S }
  const f: Objective = residualNetwork(problem)
  const method = gradientDescent(f, { eta: 0.05 / l })
  const descent = run({
    start: method.init(new Float64Array(f.d)),
    step: method.step,
    maxSteps: RESIDUAL_STEPS,
  })
  const path: ReturnType<typeof residualGradientBound>[] = []
  for (const { step, state } of descent) {
    signal.throwIfAborted()
    if (step % 5 === 0) path.push(residualGradientBound(state.w, problem))
  }
  const one = identity(d)
  const attained = TAUS.map((tau) => {
    const A = Float64Array.from({ length: l * d * d }, (_, i) => -tau * one.data[i % (d * d)])
    return residualGradientBound(A, { l, R, S: one })
  })
  const solved = residualGradientBound(residualSolution(R, l), problem)
  return {
    path,
    attained,
    solution: { l, gamma: GAMMA, loss: solved.loss, size: dot(R.data, R.data), tau: solved.tau },
  }
}
