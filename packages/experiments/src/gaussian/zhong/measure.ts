import {
  descendToCritical,
  grad,
  hessian,
  leaky,
  orthonormalTeacher,
  relu,
  relu2,
} from '@nonconvex/gaussian-theory/teacher-student'
import {
  activationSlopes,
  teacherCurvature,
  zhongConstants,
} from '@nonconvex/gaussian-theory/zhong'
import { identity, norm2, power } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { MeasureContext } from '../../define/experiment.js'
import type { Params } from './experiment.js'

const kernels = { relu, leaky: leaky(0.01), relu2 }
/** The steps between which the rate is measured, and after which a run should be near. */
const [FROM, TO] = [150, 300]
const NEAR = 0.01
/** The noise of the initialization whose rate is measured, of each weight. */
const NOISE = 0.1

type Context = MeasureContext<Params>

/** The curvature at an orthonormal teacher and at random ones. */
export function measureTeachers({ params, stream }: Context) {
  const { activation, teacherSize: k } = params
  const slope = activationSlopes[activation]
  const at = (name: keyof typeof kernels, W: Float64Array) => {
    const { smallest, sigma, conditioning } = teacherCurvature(W, k, kernels[name])
    return { smallest, conditioning, rho: zhongConstants(activationSlopes[name], sigma).rho }
  }
  return {
    orthonormal: (['relu', 'leaky'] as const).map((name) => ({
      activation: name,
      ...at(name, identity(k).data),
    })),
    unit: zhongConstants(slope, 1).rho,
    random: Array.from({ length: params.teachers }, (_, i) =>
      at(activation, stream.child('teacher', i).normalInto(new Float64Array(k * k))),
    ),
  }
}

/** Gradient descent next to an orthonormal teacher, and its error at each step. */
export function measureRate({ params: { k, eta }, stream }: Context) {
  const teacher = identity(k).data
  const W = stream.normalInto(new Float64Array(k * k)).map((x, i) => teacher[i] + NOISE * x)
  const shape = { n: k, k, d: k }
  const ts = orthonormalTeacher(W, shape)
  const [slope, unused] = [new Float64Array(k * k), new Float64Array(k)]
  const errorOf = () => norm2(W.map((x, i) => x - teacher[i])) / Math.sqrt(k)
  const errors = [errorOf()]
  for (let t = 1; t <= TO; t++) {
    grad(ts, slope, unused)
    for (let i = 0; i < W.length; i++) W[i] -= eta * slope[i]
    errors.push(errorOf())
  }
  const H = hessian(orthonormalTeacher(teacher, shape), { withA: false })
  const rate = power(errors[TO] / errors[FROM], 1 / (TO - FROM))
  return {
    rho: zhongConstants(activationSlopes.relu, 1).rho,
    largest: eigenSymmetric(H).values[k * k - 1],
    rate: Number.isFinite(rate) ? rate : 0,
    converged: errors[FROM] < NEAR,
    errors: errors.map((e) => (Number.isFinite(e) ? e : null)),
  }
}

/** Where runs end from a distance of an orthonormal teacher. */
export function measureBasin(distance: number, { params, stream, signal }: Context) {
  const { basinSize: k, runs, maxSteps } = params
  const teacher = identity(k).data
  const size = distance * Math.sqrt(k)
  const eta = 4 / (k + 3.4)
  const found = Array.from({ length: runs }, (_, i) => {
    signal.throwIfAborted()
    const direction = stream.child('run', i).unitVector(k * k)
    const W0 = direction.map((x, j) => teacher[j] + size * x)
    const { W, kind } = descendToCritical(W0, { n: k, k, d: k }, { eta, maxSteps })
    const off = norm2(W.map((x, j) => x - teacher[j]))
    return { kind, same: off < 0.1 }
  })
  const count = (of: (end: (typeof found)[0]) => boolean) => found.filter(of).length
  return {
    global: count(({ kind }) => kind === 'global'),
    same: count(({ kind, same }) => kind === 'global' && same),
    unfinished: count(({ kind }) => kind === 'unfinished'),
  }
}
