import type {
  BasinsMeasured,
  CertificatesMeasured,
  FormulasMeasured,
  MinimumRow,
  PointMeasured,
  TrapMeasured,
} from './measure.js'
import { windowsOf, type MinimumParams } from './params.js'

/** The rows so far for one number of windows, by what they looked at. */
export interface Found {
  readonly k: number
  /** −t₀w*, as every row has it; zero without rows */
  readonly w: readonly number[]
  readonly point: PointMeasured | undefined
  readonly certificates: CertificatesMeasured | undefined
  readonly formulas: FormulasMeasured | undefined
  readonly trap: TrapMeasured | undefined
  readonly basins: BasinsMeasured | undefined
}

export function foundOf(rows: readonly MinimumRow[], params: MinimumParams): Found[] {
  return windowsOf(params).map((k) => {
    const own = rows.filter(({ key }) => key.startsWith(`k=${k}/`))
    const of = (part: string) => own.find(({ key }) => key === `k=${k}/${part}`)?.measured
    return {
      k,
      w: own.at(0)?.witness.w ?? [0, 0],
      point: of('point') as PointMeasured | undefined,
      certificates: of('certificates') as CertificatesMeasured | undefined,
      formulas: of('formulas') as FormulasMeasured | undefined,
      trap: of('trap') as TrapMeasured | undefined,
      basins: of('basins') as BasinsMeasured | undefined,
    }
  })
}
