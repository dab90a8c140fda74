import { arcCosineKernel, reluPair, zScores } from '@nonconvex/gaussian-theory'
import {
  exactOppositeAngle,
  kernelArcCosine,
  kernelClosedForm,
  kernelDigits,
  kernelQuadrature,
  reluPairNaive,
  reluPairQuadrature,
  type KernelErrors,
} from '@nonconvex/gaussian-theory/integral'
import { hypothesis } from '@nonconvex/optim/claims'
import { angles as anglesOf, norm2, type Stream } from '@nonconvex/tensor'
import { estimateOf, type Estimate } from '../../averages.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartRow } from '../../define/work.js'
import { across } from '../across.js'
import { integral, type Params } from './experiment.js'
import { integralFigure, shown, type AngleMeasured, type PairMeasured } from './figures.js'

type Block = { readonly from: number; readonly to: number }
type Pair = { readonly u: readonly number[]; readonly v: readonly number[] }
type AnglesMeasured = { readonly angles: readonly AngleMeasured[] }

export const work = workOf(integral, {
  parts: {
    angles: {
      measure: (block, context) => {
        const { params, stream, signal } = context
        const pairs = Array.from({ length: block.to - block.from }, (_, i) => {
          const n = block.from + i
          return pairAt(gridAngle(n, params.angles), params.m, stream.child('pair', n))
        })
        const angles = pairs.map(({ u, v }, i): AngleMeasured => {
          const theta = gridAngle(block.from + i, params.angles)
          const draws = stream.child('samples', block.from + i)
          return {
            theta,
            closed: reluPair(u, v),
            quadrature: reluPairQuadrature(1, 1, Math.PI - theta),
            ...samplePair(u, v, params, draws, signal),
          }
        })
        return witnessed({ angles }, { pairs })
      },
      audit: kernelOfDegreeOne,
    },
    digits: {
      measure: ({ phi }, { params, stream }) => {
        const pairs = Array.from({ length: params.pairs }, (_, i) =>
          oppositePair(phi, stream.child('pair', i)),
        )
        return witnessed(errorsOf(phi, pairs), { pairs })
      },
    },
    pair: {
      measure: (_, { params, stream, signal }) => {
        const { u, v } = params
        const { theta, phi } = anglesOf(u, v)
        const pair: PairMeasured = {
          theta,
          phi,
          closed: reluPair(u, v),
          quadrature: reluPairQuadrature(norm2(u), norm2(v), phi),
          ...samplePair(u, v, params, stream.child('samples'), signal),
        }
        return witnessed({ pair }, { pairs: [{ u, v }] })
      },
    },
  },
  conclude: (rows, params, verdict) => {
    const angles = rows.angles
      .flatMap(({ measured }) => measured.angles)
      .sort((a, b) => a.theta - b.theta)
    const digits = rows.digits.map(({ measured }) => measured).sort((a, b) => b.phi - a.phi)
    const pair = rows.pair.at(0)?.measured.pair
    // nearer to opposite vectors the angle itself has too few digits left for a comparison to 1e-8
    const all = [...angles, ...(pair && pair.phi >= LEAST_ANGLE ? [pair] : [])]
    return {
      verdicts: [
        verdict(kernelClosedForm, ['angles', 'pair'], () => comparisonOf(all, params)),
        verdict(kernelQuadrature, ['angles', 'pair'], () => ({
          largest: Math.max(
            ...all.map(({ closed, quadrature }) => Math.abs(closed / quadrature - 1)),
          ),
          angles: all.length,
        })),
        verdict(kernelDigits, ['digits'], () => digits),
        verdict(kernelArcCosine, ['digits'], () => digits),
      ],
      tables: [pairTable(pair, params), angleTable(angles), digitTable(digits)],
      figures: [integralFigure({ angles, digits, pair }, params)],
    }
  },
})

/** Angle i of the even grid: the midpoints of equal parts of [0, π]. */
const gridAngle = (i: number, angles: number): number => (Math.PI * (i + 0.5)) / angles

/** A random unit vector u, and cos θ u + sin θ e with e a random unit vector orthogonal to u. */
function pairAt(theta: number, m: number, draws: Stream): Pair {
  const u = draws.unitVector(m)
  const e = across(u, draws)
  const v = u.map((x, j) => Math.cos(theta) * x + Math.sin(theta) * e[j])
  return { u: Array.from(u), v: Array.from(v) }
}

/** u in the plane, and −u turned by φ; both of random length, so that normalizing rounds. */
function oppositePair(phi: number, draws: Stream): Pair {
  const [x, y] = draws.unitVector(2)
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)]
  const [p, q] = [draws.normal(), draws.normal()].map(Math.exp)
  return { u: [p * x, p * y], v: [-q * (cos * x - sin * y), -q * (cos * y + sin * x)] }
}

/** Both forms against quadrature, at the angle that the rounded vectors really have. */
function errorsOf(phi: number, pairs: readonly Pair[]): KernelErrors {
  let [stable, naive] = [0, 0]
  for (const { u, v } of pairs) {
    const exact = reluPairQuadrature(norm2(u), norm2(v), exactOppositeAngle(u, v))
    stable = Math.max(stable, Math.abs(reluPair(u, v) / exact - 1))
    naive = Math.max(naive, Math.abs(reluPairNaive(u, v) / exact - 1))
  }
  return { phi, stable, naive }
}

/** The closed form once more as the kernel of degree 1. */
function kernelOfDegreeOne({
  cell,
  measured,
  witness: { pairs },
}: PartRow<Block, AnglesMeasured, { readonly pairs: readonly Pair[] }>): void {
  measured.angles.forEach(({ closed }, i) => {
    const kernel = arcCosineKernel(pairs[i].u, pairs[i].v, 1)
    if (!(Math.abs(kernel - closed) <= 1e-12))
      throw new Error(`pair ${cell.from + i}: the kernel is ${kernel}, recorded is ${closed}`)
  })
}

/** The least angle to the opposite vector at which the pair u, v takes part in the comparisons. */
const LEAST_ANGLE = 1e-4

/** Inputs with both products positive that a mean needs before its error is nearly normal. */
const ENOUGH = 400

/** The means at angles at which enough such inputs are expected among the samples. */
function comparisonOf(all: readonly AngleMeasured[], { samples, inputs }: Params) {
  const sampled = all.filter(({ theta }) => (samples * (Math.PI - theta)) / (2 * Math.PI) >= ENOUGH)
  return {
    samples,
    exact: sampled.map(({ closed }) => closed),
    mean: sampled.map(({ mean }) => mean),
    error: sampled.map(({ error }) => error),
    hypotheses: [
      hypothesis('inputs are standard normal', inputs === 'normal' && 'by construction'),
    ],
  }
}

/** How far the mean is off, in standard errors; null without a single input that counts. */
function zOf({ closed, mean, error }: AngleMeasured): number | null {
  const [z] = zScores({ exact: [closed], mean: [mean], error: [error] })
  return Number.isFinite(z) ? z : null
}

const pairTable = (pair: PairMeasured | undefined, { u, v }: Params) =>
  tableOf(
    'pair',
    `$g(u, v)$ for $u = (${u.join(', ')})$, $v = (${v.join(', ')})$`,
    pair ? [pair] : [],
    {
      theta: ['angle $\\theta$', (at) => at.theta, 8],
      phi: ['$\\varphi = \\pi - \\theta$', (at) => at.phi, 8],
      product: ['$\\lVert u\\rVert\\lVert v\\rVert$', () => norm2(u) * norm2(v), 8],
      closed: ['closed form', (at) => at.closed, 8],
      quadrature: ['quadrature', (at) => at.quadrature, 8],
      mean: ['mean of samples', (at) => at.mean, 8],
      z: ['in standard errors', zOf, 3],
    },
  )

const angleTable = (angles: readonly AngleMeasured[]) =>
  tableOf(
    'angles',
    'The mean of $\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x)$ in three ways',
    shown(angles),
    {
      theta: ['angle $\\theta$', (at) => at.theta, 4],
      closed: ['closed form', (at) => at.closed, 6],
      quadrature: ['quadrature', (at) => at.quadrature, 6],
      mean: ['mean of samples', (at) => at.mean, 6],
      z: ['in standard errors', zOf, 3],
    },
  )

/** Correct decimal digits of a double with this relative error. */
const digitsOf = (error: number): number =>
  Math.max(0, -Math.log10(Math.max(error, Number.EPSILON / 2)))

const digitTable = (digits: readonly KernelErrors[]) =>
  tableOf('digits', 'Correct digits for nearly opposite vectors', digits, {
    phi: ['angle $\\varphi$ to the opposite', (at) => at.phi],
    stable: ['stable form', (at) => digitsOf(at.stable), 3],
    naive: ['with arc cosine', (at) => digitsOf(at.naive), 3],
  })

/** Inputs drawn between two checks of the signal. */
const CHUNK = 4096

/** Half the width of a uniform distribution of variance 1. */
const HALF_WIDTH = Math.sqrt(3)

/** Mean of relu(u·x) relu(v·x) by samples of x: no formula of the theory is used. */
function samplePair(
  u: readonly number[],
  v: readonly number[],
  { samples, inputs }: Params,
  stream: Stream,
  signal: AbortSignal,
): Estimate {
  const m = u.length
  const x = new Float64Array(CHUNK * m)
  let [sum, squares] = [0, 0]
  for (let done = 0; done < samples; done += CHUNK) {
    signal.throwIfAborted()
    const count = Math.min(CHUNK, samples - done)
    draw(x.subarray(0, count * m), inputs, stream)
    for (let n = 0; n < count; n++) {
      let [first, second] = [0, 0]
      for (let j = 0; j < m; j++) {
        first += u[j] * x[n * m + j]
        second += v[j] * x[n * m + j]
      }
      const value = first > 0 && second > 0 ? first * second : 0
      sum += value
      squares += value * value
    }
  }
  return estimateOf(sum, squares, samples)
}

function draw(x: Float64Array, inputs: Params['inputs'], stream: Stream): void {
  if (inputs === 'normal') {
    stream.normalInto(x)
    return
  }
  stream.uniformInto(x)
  for (let i = 0; i < x.length; i++) x[i] = HALF_WIDTH * (2 * x[i] - 1)
}
