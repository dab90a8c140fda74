import {
  arcCosineKernel,
  exactOppositeAngle,
  reluPair,
  reluPairNaive,
  reluPairQuadrature,
} from '@nonconvex/gaussian-theory'
import { angles, norm2, type Stream } from '@nonconvex/tensor'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import { sameJson } from '../../result/canonical.js'
import { across } from '../across.js'
import { samplePair } from './monte-carlo.js'
import { gridAngle, type IntegralCell, type IntegralParams } from './params.js'

/** The mean at an angle in three ways, in units of ‖u‖‖v‖. */
export type AngleMeasured = {
  readonly theta: number
  readonly closed: number
  readonly quadrature: number
  readonly mean: number
  readonly error: number
}
export type AnglesMeasured = { readonly angles: readonly AngleMeasured[] }
/** Largest relative errors over the pairs of a cell. */
export type DigitsMeasured = {
  readonly phi: number
  readonly stable: number
  readonly naive: number
}

/** The mean of the pair u, v, in three ways, as it is: not divided by their lengths. */
export type PairMeasured = { readonly pair: AngleMeasured & { readonly phi: number } }

export type IntegralMeasured = AnglesMeasured | DigitsMeasured | PairMeasured

type Pair = { readonly u: readonly number[]; readonly v: readonly number[] }

export interface IntegralRow extends Row {
  readonly measured: IntegralMeasured
  readonly witness: { readonly pairs: readonly Pair[] }
}

type Context = Pick<MeasureContext<IntegralParams>, 'params' | 'stream' | 'signal'>

export function measureIntegral(
  cell: IntegralCell,
  context: MeasureContext<IntegralParams>,
): IntegralRow {
  const pairs = pairsOf(cell, context)
  return { key: cell.key, measured: measured(cell, pairs, context), witness: { pairs } }
}

/**
 * Unit vectors at the angles of the cell; or, in the plane, of random lengths and nearly opposite.
 */
function pairsOf({ part, from, to, phi }: IntegralCell, { params, stream }: Context): Pair[] {
  if (part === 'pair') return [{ u: params.u, v: params.v }]
  return Array.from({ length: to - from }, (_, i) => {
    const draws = stream.child('pair', from + i)
    if (part === 'angles') return pairAt(gridAngle(from + i, params.angles), params.m, draws)
    // -u turned by φ; both of random length, so that normalising rounds
    const [x, y] = draws.unitVector(2)
    const [cos, sin] = [Math.cos(phi), Math.sin(phi)]
    const [p, q] = [draws.normal(), draws.normal()].map(Math.exp)
    return { u: [p * x, p * y], v: [-q * (cos * x - sin * y), -q * (cos * y + sin * x)] }
  })
}

/** A random unit vector u, and cos θ u + sin θ e with e a random unit vector orthogonal to u. */
function pairAt(theta: number, m: number, draws: Stream): Pair {
  const u = draws.unitVector(m)
  const e = across(u, draws)
  const v = u.map((x, j) => Math.cos(theta) * x + Math.sin(theta) * e[j])
  return { u: Array.from(u), v: Array.from(v) }
}

function measured(cell: IntegralCell, pairs: readonly Pair[], context: Context): IntegralMeasured {
  if (cell.part === 'digits') return digitsOf(cell.phi, pairs)
  if (cell.part === 'pair') return pairOf(pairs[0], context)
  const { params, stream, signal } = context
  return {
    angles: pairs.map(({ u, v }, i) => {
      const theta = gridAngle(cell.from + i, params.angles)
      const draws = stream.child('samples', cell.from + i)
      return {
        theta,
        closed: reluPair(u, v),
        quadrature: reluPairQuadrature(1, 1, Math.PI - theta),
        ...samplePair(u, v, params, draws, signal),
      }
    }),
  }
}

function pairOf({ u, v }: Pair, { params, stream, signal }: Context): PairMeasured {
  const { theta, phi } = angles(u, v)
  return {
    pair: {
      theta,
      phi,
      closed: reluPair(u, v),
      quadrature: reluPairQuadrature(norm2(u), norm2(v), phi),
      ...samplePair(u, v, params, stream.child('samples'), signal),
    },
  }
}

/** Both forms against quadrature, at the angle that the rounded vectors really have. */
function digitsOf(phi: number, pairs: readonly Pair[]): DigitsMeasured {
  let [stable, naive] = [0, 0]
  for (const { u, v } of pairs) {
    const exact = reluPairQuadrature(norm2(u), norm2(v), exactOppositeAngle(u, v))
    stable = Math.max(stable, Math.abs(reluPair(u, v) / exact - 1))
    naive = Math.max(naive, Math.abs(reluPairNaive(u, v) / exact - 1))
  }
  return { phi, stable, naive }
}

/**
 * Everything again, from pairs drawn again; and the closed form once more as the kernel of degree
 * 1.
 */
export function checkIntegral(
  row: IntegralRow,
  context: CheckContext<IntegralParams, IntegralCell>,
): IntegralMeasured {
  const { cell } = context
  const pairs = pairsOf(cell, context)
  if (!sameJson(row.witness, { pairs }))
    throw new Error('the witness is not the pairs that the stream of this cell gives')
  const again = measured(cell, pairs, context)
  if ('angles' in row.measured)
    row.measured.angles.forEach(({ closed }, i) => {
      const kernel = arcCosineKernel(pairs[i].u, pairs[i].v, 1)
      if (!(Math.abs(kernel - closed) <= 1e-12))
        throw new Error(`pair ${cell.from + i}: the kernel is ${kernel}, recorded is ${closed}`)
    })
  return again
}
