import {
  certifiedMinimumClaim,
  decideCertifiedMinimum,
  decideHessianLipschitz,
  decideLagForm,
  decideReflected,
  decideSpuriousMinimum,
  decideTrap,
  hessianLipschitzClaim,
  lagFormClaim,
  overlapHypotheses,
  provedMinimumClaim,
  reflectedClaim,
  spuriousMinimumClaim,
  trapClaim,
} from '@nonconvex/gaussian-theory'
import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { decide } from '@nonconvex/optim'
import type { Claim, Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { discFigures } from './disc-figure.js'
import { minimumFigures } from './figures.js'
import type {
  BasinsMeasured,
  CertificatesMeasured,
  FormulasMeasured,
  MinimumRow,
  PointMeasured,
  TrapMeasured,
} from './measure.js'
import { shapeOf } from './params.js'
import type { MinimumParams } from './params.js'

/** The rows so far, by what they looked at. */
export interface Found {
  /** −t₀w*, as every row has it */
  readonly w: readonly number[]
  readonly point: PointMeasured | undefined
  readonly certificates: CertificatesMeasured | undefined
  readonly formulas: FormulasMeasured | undefined
  readonly trap: TrapMeasured | undefined
  readonly basins: BasinsMeasured | undefined
}

export function concludeMinimum(rows: readonly MinimumRow[], params: MinimumParams): Conclusion {
  const of = (key: string) => rows.find((row) => row.key === key)?.measured
  const found: Found = {
    w: rows.at(0)?.witness.w ?? [0, 0],
    point: of('point') as PointMeasured | undefined,
    certificates: of('certificates') as CertificatesMeasured | undefined,
    formulas: of('formulas') as FormulasMeasured | undefined,
    trap: of('trap') as TrapMeasured | undefined,
    basins: of('basins') as BasinsMeasured | undefined,
  }
  return {
    verdicts: verdicts(found, params),
    tables: [pointTable(found, params)],
    figures: [...minimumFigures(found, params), ...discFigures(found, params)],
  }
}

const one = (row: unknown): { done: number; total: number } => ({ done: row ? 1 : 0, total: 1 })

function verdicts(found: Found, params: MinimumParams): Verdict[] {
  const { point, certificates, formulas, trap } = found
  const shape = shapeOf(params)
  const certified = (claim: Claim, record: CertificateRecord | null | undefined): Verdict =>
    soFar(claim, one(certificates), () =>
      record
        ? decideCertifiedMinimum(shape, record, found.w)
        : decide(claim, {
            statement: 'no such point',
            holds: false,
            hypotheses: overlapHypotheses(shape),
          }),
    )
  return [
    soFar(spuriousMinimumClaim, one(point), () => {
      const { t0 = 0, loss = 0, gradientNorm = 0, eigenvalues = [0] } = point ?? {}
      const at = { loss, gradientNorm, eigenvalues: eigenvalues.length > 0 ? eigenvalues : [0] }
      return decideSpuriousMinimum(shape, at, 2 * (1 + t0 * t0))
    }),
    certified(certifiedMinimumClaim, certificates?.float64),
    certified(provedMinimumClaim, certificates?.proof),
    soFar(trapClaim, one(trap), () => {
      const { flattest = 0, trapped = 0 } = trap ?? {}
      const hypotheses = overlapHypotheses(shape)
      if (hypotheses.some(({ status }) => status === 'fails'))
        return decide(trapClaim, { statement: 'no trap', holds: true, hypotheses })
      return decideTrap({ k: params.k, flattest, starts: params.starts, trapped, skew: 0 })
    }),
    soFar(reflectedClaim, one(formulas), () => {
      const { reflected = NaN, expected = NaN } = formulas ?? {}
      return decideReflected(reflected, expected, Math.SQRT2)
    }),
    soFar(lagFormClaim, one(formulas), () => decideLagForm(formulas?.lagOff ?? NaN, params.points)),
    soFar(hessianLipschitzClaim, one(formulas), () =>
      decideHessianLipschitz(formulas?.lipschitz ?? NaN, params.points),
    ),
  ]
}

function pointTable({ point, certificates, trap }: Found, { k, starts }: MinimumParams): Table {
  return {
    id: 'minimum',
    title: 'The point opposite to the teacher, and the two quadrants',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 't0', title: 'at, in units of $-w^*$', digits: 6 },
      { name: 'loss', title: 'loss$/\\lVert w^*\\rVert^2$', digits: 6 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
      { name: 'greatest', title: 'largest eigenvalue', digits: 4 },
      { name: 'radius', title: 'radius without another, float64', digits: 4 },
      { name: 'proved', title: 'radius, proved', digits: 4 },
      { name: 'trapped', title: 'starts in the trap that end there' },
      { name: 'reached', title: 'starts opposite that reach the teacher' },
    ],
    rows: [
      [
        k,
        point?.t0 ?? null,
        point ? point.loss / 2 : null,
        point?.eigenvalues[0] ?? null,
        point?.eigenvalues[1] ?? null,
        certificates?.float64?.radius ?? null,
        certificates?.proof?.radius ?? null,
        trap ? `${trap.trapped} of ${starts}` : null,
        trap ? `${trap.reached} of ${starts}` : null,
      ],
    ],
  }
}
