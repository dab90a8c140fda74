import {
  decideAgreement,
  decideNaiveKernel,
  decideQuadrature,
  decideStableKernel,
  kernelClaim,
  naiveKernelClaim,
  quadratureClaim,
  stableKernelClaim,
  zScores,
} from '@nonconvex/gaussian-theory'
import { decide, hypothesis, readable, type Verdict } from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { integralFigures } from './figures.js'
import type {
  AngleMeasured,
  AnglesMeasured,
  DigitsMeasured,
  IntegralRow,
  PairMeasured,
} from './measure.js'
import { integralCells, type IntegralParams } from './params.js'

/** The rows so far, by what they looked at; each sorted by angle. */
export interface Found {
  readonly angles: readonly AngleMeasured[]
  readonly digits: readonly DigitsMeasured[]
  readonly pair: PairMeasured['pair'] | undefined
}

export function concludeIntegral(rows: readonly IntegralRow[], params: IntegralParams): Conclusion {
  const of = (part: string) =>
    rows.filter(({ key }) => key.startsWith(`${part}=`)).map(({ measured }) => measured)
  const found: Found = {
    angles: (of('angles') as AnglesMeasured[])
      .flatMap(({ angles }) => angles)
      .sort((a, b) => a.theta - b.theta),
    pair: (rows.find(({ key }) => key === 'pair')?.measured as PairMeasured | undefined)?.pair,
    digits: (of('digits') as DigitsMeasured[]).sort((a, b) => b.phi - a.phi),
  }
  return {
    verdicts: verdicts(rows, found, params),
    tables: [pairTable(found, params), angleTable(found), digitTable(found)],
    figures: integralFigures(found, params),
  }
}

/** The least angle to the opposite vector at which the pair u, v takes part in the comparisons. */
const LEAST_ANGLE = 1e-4

/** Inputs with both products positive that a mean needs before its error is nearly normal. */
const ENOUGH = 400

/** The angles at which so many are expected among the samples. */
function wellSampled(
  angles: readonly AngleMeasured[],
  { samples }: IntegralParams,
): AngleMeasured[] {
  return angles.filter(({ theta }) => (samples * (Math.PI - theta)) / (2 * Math.PI) >= ENOUGH)
}

function verdicts(
  rows: readonly IntegralRow[],
  { angles, digits, pair }: Found,
  params: IntegralParams,
): Verdict[] {
  const part = (prefix: string): { done: number; total: number } => ({
    done: rows.filter(({ key }) => key.startsWith(prefix)).length,
    total: integralCells(params).filter(({ key }) => key.startsWith(prefix)).length,
  })
  const [grid, single] = [part('angles'), part('pair')]
  const compared = { done: grid.done + single.done, total: grid.total + single.total }
  // nearer to opposite vectors the angle itself has too few digits left for a comparison to 1e-8
  const all = [...angles, ...(pair && pair.phi >= LEAST_ANGLE ? [pair] : [])]
  return [
    soFar(kernelClaim, compared, () => agreement(wellSampled(all, params), params)),
    soFar(quadratureClaim, compared, () => {
      const off = all.map(({ closed, quadrature }) => Math.abs(closed / quadrature - 1))
      return decideQuadrature(Math.max(...off), off.length)
    }),
    soFar(stableKernelClaim, part('digits'), () => decideStableKernel(digits)),
    soFar(naiveKernelClaim, part('digits'), () => decideNaiveKernel(digits)),
  ]
}

function agreement(
  sampled: readonly AngleMeasured[],
  { samples, inputs }: IntegralParams,
): Verdict {
  const hypotheses = [hypothesis('inputs are standard normal', inputs === 'normal')]
  if (sampled.length === 0)
    return decide(kernelClaim, {
      statement: `no mean of ${readable(samples)} samples has ${ENOUGH} that count`,
      undecided: 'too few samples',
      hypotheses,
    })
  const comparison = {
    exact: sampled.map(({ closed }) => closed),
    mean: sampled.map(({ mean }) => mean),
    error: sampled.map(({ error }) => error),
  }
  return decideAgreement(kernelClaim, samples, comparison, hypotheses)
}

/** Every so many angles that the table and the figure show about twenty. */
export function shown(angles: readonly AngleMeasured[]): AngleMeasured[] {
  const every = Math.max(1, Math.round(angles.length / 20))
  return angles.filter((_, i) => i % every === Math.floor(every / 2))
}

function pairTable({ pair }: Found, { u, v }: IntegralParams): Table {
  const names = ['theta', 'phi', 'product', 'closed', 'quadrature', 'mean', 'z'] as const
  const titles = {
    theta: 'angle $\\theta$',
    phi: '$\\varphi = \\pi - \\theta$',
    product: '$\\lVert u\\rVert\\lVert v\\rVert$',
    closed: 'closed form',
    quadrature: 'quadrature',
    mean: 'mean of samples',
    z: 'in standard errors',
  }
  const z = pair ? zScores({ exact: [pair.closed], mean: [pair.mean], error: [pair.error] })[0] : 0
  return {
    id: 'pair',
    title: `$g(u, v)$ for $u = (${u.join(', ')})$, $v = (${v.join(', ')})$`,
    columns: names.map((name) => ({ name, title: titles[name], digits: name === 'z' ? 3 : 8 })),
    rows: pair
      ? [
          [
            pair.theta,
            pair.phi,
            norm2(u) * norm2(v),
            pair.closed,
            pair.quadrature,
            pair.mean,
            // without a single input that counts there is no standard error
            Number.isFinite(z) ? z : null,
          ],
        ]
      : [],
  }
}

function angleTable({ angles }: Found): Table {
  return {
    id: 'angles',
    title: 'The mean of $\\mathrm{relu}(u\\cdot x)\\,\\mathrm{relu}(v\\cdot x)$ in three ways',
    columns: [
      { name: 'theta', title: 'angle $\\theta$', digits: 4 },
      { name: 'closed', title: 'closed form', digits: 6 },
      { name: 'quadrature', title: 'quadrature', digits: 6 },
      { name: 'mean', title: 'mean of samples', digits: 6 },
      { name: 'z', title: 'in standard errors', digits: 3 },
    ],
    rows: shown(angles).map(({ theta, closed, quadrature, mean, error }) => {
      const [z] = zScores({ exact: [closed], mean: [mean], error: [error] })
      // without a single input that counts there is no standard error
      return [theta, closed, quadrature, mean, Number.isFinite(z) ? z : null]
    }),
  }
}

/**
 * Correct decimal digits of a number with this relative error: none from 1 on, all of a double's at
 * most.
 */
function digitsOf(error: number): number {
  return Math.max(0, -Math.log10(Math.max(error, Number.EPSILON / 2)))
}

function digitTable({ digits }: Found): Table {
  return {
    id: 'digits',
    title: 'Correct digits for nearly opposite vectors',
    columns: [
      { name: 'phi', title: 'angle $\\varphi$ to the opposite' },
      { name: 'stable', title: 'stable form', digits: 3 },
      { name: 'naive', title: 'with arc cosine', digits: 3 },
    ],
    rows: digits.map(({ phi, stable, naive }) => [phi, digitsOf(stable), digitsOf(naive)]),
  }
}
