import {
  criticalPoints,
  decideKindsProved,
  decideMinimum,
  decidePeak,
  decideSaddle,
  decideThirdOrder,
  decideThreePoints,
  kindsProvedClaim,
  landscapeHypotheses,
  minimumClaim,
  peakClaim,
  saddleClaim,
  thirdOrderClaim,
  threePointsClaim,
  type PointEvidence,
} from '@nonconvex/gaussian-theory'
import { decide, type Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { landscapeFigures } from './figures.js'
import {
  saddleAngles,
  SLOPE_STEP,
  teacherOf,
  type LandscapeRow,
  type OriginMeasured,
  type PointsMeasured,
  type ProofsMeasured,
  type SaddleMeasured,
  type SearchMeasured,
} from './measure.js'
import { landscapeCells, type LandscapeParams } from './params.js'

/** The rows so far, by what they looked at. */
export interface Found {
  readonly points: PointsMeasured | undefined
  readonly proofs: ProofsMeasured | undefined
  readonly origin: OriginMeasured | undefined
  readonly saddle: SaddleMeasured | undefined
  readonly search: readonly SearchMeasured[]
}

export function concludeLandscape(
  rows: readonly LandscapeRow[],
  params: LandscapeParams,
): Conclusion {
  const found = sort(rows)
  return {
    verdicts: verdicts(found, params),
    tables: [pointTable(params)],
    figures: landscapeFigures(found, params),
  }
}

function sort(rows: readonly LandscapeRow[]): Found {
  const of = (key: string): LandscapeRow['measured'] | undefined =>
    rows.find((row) => row.key === key)?.measured
  return {
    points: of('points') as PointsMeasured | undefined,
    proofs: of('proofs') as ProofsMeasured | undefined,
    origin: of('origin') as OriginMeasured | undefined,
    saddle: of('saddle') as SaddleMeasured | undefined,
    search: rows
      .filter((row) => row.key.startsWith('search='))
      .map((row) => row.measured as SearchMeasured),
  }
}

/** For k = 1 there is no such point; the verdict then says that the claim does not apply. */
const nowhere: PointEvidence = { gradientNorm: 0, loss: 0, eigenvalues: [0] }

function verdicts(found: Found, params: LandscapeParams): Verdict[] {
  const { k, m } = params
  const at = { k, m, R: 1 }
  const one = (row: unknown): { done: number; total: number } => ({ done: row ? 1 : 0, total: 1 })
  const bands = landscapeCells(params).filter((cell) => cell.part === 'search').length
  const { points, proofs, origin, saddle, search } = found
  return [
    soFar(threePointsClaim, { done: search.length + one(proofs).done, total: bands + 1 }, () => {
      const least = search.reduce((best, x) => (x.smallest < best.smallest ? x : best))
      const points = search.reduce((sum, x) => sum + x.points, 0)
      return decideThreePoints(at, proofs?.kinds?.others ?? null, { ...least, points })
    }),
    soFar(kindsProvedClaim, one(proofs), () =>
      proofs?.kinds
        ? decideKindsProved(at, proofs.kinds)
        : decide(kindsProvedClaim, {
            statement: 'nothing to prove',
            holds: false,
            hypotheses: landscapeHypotheses(m, 1, k),
          }),
    ),
    soFar(peakClaim, one(origin), () => decidePeak(at, origin?.slopes ?? [], SLOPE_STEP)),
    soFar(minimumClaim, one(points), () => decideMinimum(at, points?.minimum ?? nowhere)),
    soFar(saddleClaim, one(points), () => decideSaddle(at, points?.saddle ?? nowhere)),
    soFar(thirdOrderClaim, one(saddle), () =>
      decideThirdOrder(at, saddleAngles, saddle?.falls ?? []),
    ),
  ]
}

function pointTable({ k, m }: LandscapeParams): Table {
  const names: Record<string, string> = {
    maximum: 'local maximum',
    minimum: 'global minimum',
    saddle: 'degenerate saddle',
    localMinimum: 'local minimum',
    degenerate: 'neither maximum nor minimum',
  }
  return {
    id: 'critical-points',
    title: k >= 2 && m >= 2 ? 'Critical points' : 'Critical points, outside the hypotheses',
    columns: [
      { name: 'at', title: 'at, in units of $w^*$', digits: 6 },
      { name: 'kind', title: 'what it is' },
      { name: 'loss', title: 'loss$/\\lVert w^*\\rVert^2$', digits: 6 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
      { name: 'greatest', title: 'largest eigenvalue', digits: 4 },
      { name: 'text', title: 'in words' },
    ],
    rows: criticalPoints(teacherOf(m), k).map(({ w, kind, loss, eigenvalues = [], text }) => [
      w[0] === 0 ? 0 : w[0],
      names[kind],
      loss,
      eigenvalues[0]?.value ?? null,
      eigenvalues.at(-1)?.value ?? null,
      text,
    ]),
  }
}
