import {
  decideHessianLipschitz,
  decideLagForm,
  decideReflected,
  decideSpuriousMinimum,
  decideTrap,
  hessianLipschitzClaim,
  lagFormClaim,
  overlapHypotheses,
  reflectedClaim,
  spuriousMinimumClaim,
  trapClaim,
} from '@nonconvex/gaussian-theory'
import { decide } from '@nonconvex/optim'
import type { Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { minimumFigures } from './figures.js'
import type {
  BasinsMeasured,
  FormulasMeasured,
  MinimumRow,
  PointMeasured,
  TrapMeasured,
} from './measure.js'
import { shapeOf } from './params.js'
import type { MinimumParams } from './params.js'

/** The rows so far, by what they looked at. */
export interface Found {
  readonly point: PointMeasured | undefined
  readonly formulas: FormulasMeasured | undefined
  readonly trap: TrapMeasured | undefined
  readonly basins: BasinsMeasured | undefined
}

export function concludeMinimum(rows: readonly MinimumRow[], params: MinimumParams): Conclusion {
  const of = (key: string) => rows.find((row) => row.key === key)?.measured
  const found: Found = {
    point: of('point') as PointMeasured | undefined,
    formulas: of('formulas') as FormulasMeasured | undefined,
    trap: of('trap') as TrapMeasured | undefined,
    basins: of('basins') as BasinsMeasured | undefined,
  }
  return {
    verdicts: verdicts(found, params),
    tables: [pointTable(found, params)],
    figures: minimumFigures(found, params),
  }
}

const one = (row: unknown): { done: number; total: number } => ({ done: row ? 1 : 0, total: 1 })

function verdicts({ point, formulas, trap }: Found, params: MinimumParams): Verdict[] {
  const shape = shapeOf(params)
  return [
    soFar(spuriousMinimumClaim, one(point), () => {
      const { t0 = 0, loss = 0, gradientNorm = 0, eigenvalues = [0] } = point ?? {}
      const found = { loss, gradientNorm, eigenvalues: eigenvalues.length > 0 ? eigenvalues : [0] }
      return decideSpuriousMinimum(shape, found, 2 * (1 + t0 * t0))
    }),
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

function pointTable({ point, trap }: Found, { k, starts }: MinimumParams): Table {
  return {
    id: 'minimum',
    title: 'The point opposite to the teacher, and the two quadrants',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 't0', title: 'at, in units of $-w^*$', digits: 6 },
      { name: 'loss', title: 'loss$/\\lVert w^*\\rVert^2$', digits: 6 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
      { name: 'greatest', title: 'largest eigenvalue', digits: 4 },
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
        trap ? `${trap.trapped} of ${starts}` : null,
        trap ? `${trap.reached} of ${starts}` : null,
      ],
    ],
  }
}
