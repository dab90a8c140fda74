import { certificateRecord, reluPair, type CertificateRecord } from '@nonconvex/gaussian-theory'
import {
  descendToCritical,
  hessian,
  mergeByPermutation,
  orthonormalInitialization,
  orthonormalTeacher,
  perpendicularBlock,
  reluIntervals,
  solveFamily,
  splitBlocks,
  teacherSpectrum,
  type DescentEnd,
  type FamilyKind,
  type OrthonormalShape,
  type TeacherStudent,
} from '@nonconvex/gaussian-theory/teacher-student'
import { certifyByIntervals } from '@nonconvex/optim/certify'
import type { Matrix } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { MeasureContext } from '../../define/experiment.js'
import { witnessed, type PartRow } from '../../define/work.js'
import type { Params } from './experiment.js'

type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'signal'>

/** The part of 2/λ_max at the teacher that the step size may be: descent is stable there. */
const STABLE = 0.8
/** How far the split point is left along the direction of negative curvature. */
const ASIDE = 0.01

/** The step size with k teacher neurons. */
export function stepSize(k: number, { eta }: Pick<Params, 'eta'>): number {
  const spectrum = teacherSpectrum(k)
  return Math.min(eta, (2 * STABLE) / spectrum[spectrum.length - 1][0])
}

const eigenvalues = (matrix: Matrix): number[] => Array.from(eigenSymmetric(matrix).values)
const inW = (ts: TeacherStudent): number[] => eigenvalues(hessian(ts, { withA: false }))

/** The interval certificate at W; cubes that prove anything are smaller than 0.01/k. */
function certificateAt(W: Float64Array, shape: OrthonormalShape): CertificateRecord {
  const objective = reluIntervals(orthonormalTeacher(W, shape))
  return certificateRecord(certifyByIntervals(objective, W, { largestRadius: 0.01 / shape.k }))
}

/** Local minima that differ by a permutation, where runs ended. */
export interface FoundFamily {
  readonly loss: number
  readonly smallestEigenvalue: number
  readonly runs: number
  readonly found: CertificateRecord
}

/** The neurons of teacher and student. */
interface Size {
  readonly k: number
  readonly n: number
}

/** Where the runs of one size ended. */
export interface Searched {
  readonly missed: number
  readonly unfinished: number
  /** of all runs together */
  readonly steps: number
  readonly families: readonly FoundFamily[]
}

/** Runs from random initializations, with the first point of each family as the witness. */
export function search({ k, n }: Size, { params, stream, signal }: Context) {
  const shape = { n, k, d: k }
  const options = { eta: stepSize(k, params), maxSteps: params.maxSteps }
  const ends: DescentEnd[] = Array.from({ length: params.runs }, (_, i) => {
    signal.throwIfAborted()
    const W = orthonormalInitialization(shape, stream.child('run', i))
    return descendToCritical(W, shape, options)
  })
  const missed = ends.filter(({ kind }) => kind === 'local minimum')
  const merged = mergeByPermutation(missed, shape)
  const measured: Searched = {
    missed: missed.length,
    unfinished: ends.filter(({ kind }) => kind === 'unfinished').length,
    steps: ends.reduce((sum, { steps }) => sum + steps, 0),
    families: merged.map(([first, ...others]) => {
      signal.throwIfAborted()
      return {
        loss: first.loss,
        smallestEigenvalue: first.smallestEigenvalue,
        runs: 1 + others.length,
        found: certificateAt(first.W, shape),
      }
    }),
  }
  return witnessed(measured, { points: merged.map(([{ W }]) => Array.from(W)) })
}

/** The loss of the recorded points by the pair function of the single-filter networks. */
export function lossByPairs({
  cell: { k, n },
  measured,
  witness,
}: PartRow<Size, Searched, { readonly points: readonly (readonly number[])[] }>): void {
  const teacher = Array.from({ length: k }, (_, j) => unit(k, j))
  measured.families.forEach(({ loss }, at) => {
    const W = witness.points.at(at)
    if (W?.length !== n * k) return
    const students = Array.from({ length: n }, (_, i) => W.slice(i * k, (i + 1) * k))
    const all = [
      ...students.map((row) => ({ row, sign: 1 })),
      ...teacher.map((row) => ({ row, sign: -1 })),
    ]
    let sum = 0
    for (const u of all) for (const v of all) sum += (u.sign * v.sign * reluPair(u.row, v.row)) / 2
    if (!(Math.abs(sum - loss) <= 1e-12))
      throw new Error(`the sum over pairs of neurons gives the loss ${sum}, recorded is ${loss}`)
  })
}

const unit = (k: number, j: number): number[] =>
  Array.from({ length: k }, (_, t) => (t === j ? 1 : 0))

/** The minimum of family II: its certificate, its split neurons, an extra dimension. */
export function minimum({ k }: { k: number }, { params }: Pick<Context, 'params'>) {
  const { W, loss, gradientNorm, smallestEigenvalue } = solveFamily('II', k)
  const shape = { n: k, k, d: k }
  const ts = orthonormalTeacher(W, shape)
  const blocks = splitBlocks(ts)
  const { halves, beside } = splitAt(ts, 0)
  return witnessed(
    {
      loss,
      gradientNorm,
      smallestEigenvalue,
      found: certificateAt(W, shape),
      split: {
        flattest: Math.max(...blocks.map((block) => eigenvalues(block)[0])),
        split: eigenvalues(blocks[0])[0],
        measured: inW(orthonormalTeacher(halves, { ...shape, n: k + 1 }))[0],
        end: descentFrom(beside, k, params).kind,
      },
      added: extraDimensionOf(ts),
    },
    { W: Array.from(W) },
  )
}

/** Where descent goes from the minimum of family II with its flipped neuron split in two. */
export function extraNeuron({ k }: { k: number }, { params }: Pick<Context, 'params'>) {
  const { W } = solveFamily('II', k)
  const { beside } = splitAt(orthonormalTeacher(W, { n: k, k, d: k }), k - 1)
  const end = descentFrom(beside, k, params)
  const shape = { n: k + 1, k, d: k }
  const stuck = end.kind === 'local minimum'
  return witnessed(
    {
      kind: end.kind,
      loss: end.loss,
      smallestEigenvalue: stuck ? end.smallestEigenvalue : null,
      found: stuck ? certificateAt(end.W, shape) : null,
    },
    { W: Array.from(end.W) },
  )
}

const descentFrom = (W: Float64Array, k: number, params: Params): DescentEnd =>
  descendToCritical(
    W,
    { n: k + 1, k, d: k },
    { eta: stepSize(k, params), maxSteps: params.maxSteps },
  )

/** Neuron i in two halves, and a point beside it along the direction of negative curvature. */
function splitAt(ts: TeacherStudent, i: number) {
  const { n, d, W } = ts
  const { vectors } = eigenSymmetric(splitBlocks(ts)[i], { vectors: true })
  const halves = new Float64Array((n + 1) * d)
  halves.set(W)
  const beside = halves.slice()
  for (let t = 0; t < d; t++) {
    const half = W[i * d + t] / 2
    const aside = ASIDE * (vectors?.data[t * d] ?? NaN)
    halves[i * d + t] = halves[n * d + t] = half
    beside[i * d + t] = half + aside
    beside[n * d + t] = half - aside
  }
  return { halves, beside }
}

/** The Hessian with one more dimension of the inputs, against the two parts that it is made of. */
function extraDimensionOf(ts: TeacherStudent) {
  const { n, k, d, W } = ts
  const wide = new Float64Array(n * (d + 1))
  for (let i = 0; i < n; i++) wide.set(W.subarray(i * d, (i + 1) * d), i * (d + 1))
  const block = eigenvalues(perpendicularBlock(ts))
  const parts = [...inW(ts), ...block].sort((x, y) => x - y)
  const whole = inW(orthonormalTeacher(wide, { n, k, d: d + 1 }))
  return { added: block[0], largest: farthest(whole, parts) }
}

const farthest = (some: readonly number[], others: readonly number[]): number =>
  some.reduce((most, x, i) => Math.max(most, Math.abs(x - others[i])), 0)

/** A critical point in closed form. */
export interface ClosedForm {
  readonly kind: FamilyKind
  /** flipped neurons of kind II, the others of kind I, 0 for kind A */
  readonly p: number
  readonly loss: number
  readonly smallestEigenvalue: number
}

/**
 * The symmetric families with k neurons: of kind II those with at most half of them flipped, of kind I
 * those with at least five.
 */
export function families({ k }: { k: number }): { readonly points: readonly ClosedForm[] } {
  const of = (kind: FamilyKind, p: number): ClosedForm[] => {
    const { loss, smallestEigenvalue, gradientNorm } = solveFamily(kind, k, Math.max(1, p))
    return gradientNorm < 1e-12 ? [{ kind, p, loss, smallestEigenvalue }] : []
  }
  const flipped = Array.from({ length: Math.floor(k / 2) }, (_, i) => of('II', i + 1))
  const upright = Array.from({ length: k - 5 }, (_, i) => of('I', i + 1))
  return { points: [...flipped.flat(), ...of('A', 0), ...upright.flat()] }
}

/** The eigenvalues of the Hessian at the teacher, and the largest error of the closed form. */
export function teacher({ k }: { k: number }) {
  const closed = teacherSpectrum(k).flatMap(([value, times]) =>
    Array.from({ length: times }, () => value),
  )
  const W = Float64Array.from({ length: k * k }, (_, at) => (at % (k + 1) === 0 ? 1 : 0))
  const found = inW(orthonormalTeacher(W, { n: k, k, d: k }))
  return {
    smallest: found[0],
    greatest: found[found.length - 1],
    largest: closed.length === found.length ? farthest(found, closed) : Infinity,
  }
}
