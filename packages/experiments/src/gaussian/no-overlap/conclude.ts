import {
  decideAgreement,
  decideEigenvalues,
  decideSlideForm,
  decideTopCurvature,
  eigenvaluesClaim,
  gradientClaim,
  lossClaim,
  slideFormClaim,
  topCurvatureClaim,
  zScores,
  type SampleComparison,
} from '@nonconvex/gaussian-theory'
import { hypothesis, type Claim, type Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { agreementFigure } from './figure.js'
import type { NoOverlapParams } from './params.js'
import { sharedCoordinates, type PointMeasured, type PointRow } from './point.js'

export function concludeNoOverlap(rows: readonly PointRow[], params: NoOverlapParams): Conclusion {
  return {
    verdicts: verdicts(rows, params),
    tables: [lossTable(rows)],
    figures: [agreementFigure(rows, params)],
  }
}

export function lossComparison({ loss, sampledLoss }: PointMeasured): SampleComparison {
  return { exact: [loss], mean: [sampledLoss.mean], error: [sampledLoss.error] }
}

export function gradientComparison({ gradient, sampledGradient }: PointMeasured): SampleComparison {
  return {
    exact: gradient,
    mean: sampledGradient.map((e) => e.mean),
    error: sampledGradient.map((e) => e.error),
  }
}

function together(list: readonly SampleComparison[]): SampleComparison {
  return {
    exact: list.flatMap((x) => x.exact),
    mean: list.flatMap((x) => x.mean),
    error: list.flatMap((x) => x.error),
  }
}

function verdicts(rows: readonly PointRow[], params: NoOverlapParams): Verdict[] {
  const { k, samples } = params
  const measured = rows.map((row) => row.measured)
  const shared = sharedCoordinates(params)
  const apart = [hypothesis('windows share no coordinate', shared === 0, shared)]
  const progress = { done: rows.length, total: params.points }
  const decided = (claim: Claim, verdict: () => Verdict): Verdict => soFar(claim, progress, verdict)
  const agreement = (claim: Claim, of: (m: PointMeasured) => SampleComparison): Verdict =>
    decided(claim, () => decideAgreement(claim, samples, together(measured.map(of)), apart))
  const largest = (of: (m: PointMeasured) => number): number => Math.max(...measured.map(of))
  const n = rows.length
  return [
    agreement(lossClaim, lossComparison),
    agreement(gradientClaim, gradientComparison),
    decided(slideFormClaim, () =>
      decideSlideForm(
        largest((x) => x.slideOff),
        n,
      ),
    ),
    decided(eigenvaluesClaim, () =>
      decideEigenvalues(
        largest((x) => x.eigenvaluesOff),
        n,
      ),
    ),
    decided(topCurvatureClaim, () =>
      decideTopCurvature(
        k,
        largest((x) => x.top),
        n,
      ),
    ),
  ]
}

function lossTable(rows: readonly PointRow[]): Table {
  return {
    id: 'points',
    title: 'Closed form and samples at each point',
    columns: [
      { name: 'point', title: 'point' },
      { name: 'closed', title: 'closed form $\\ell(w)$', digits: 6 },
      { name: 'sampled', title: 'mean of samples', digits: 6 },
      { name: 'difference', title: 'difference', digits: 3 },
      { name: 'z', title: 'in standard errors', digits: 3 },
      { name: 'gradient', title: 'gradient, furthest entry', digits: 3 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
    ],
    rows: rows.map(({ key, measured }) => [
      key,
      measured.loss,
      measured.sampledLoss.mean,
      measured.sampledLoss.mean - measured.loss,
      finite(zScores(lossComparison(measured))[0]),
      finite(Math.max(...zScores(gradientComparison(measured)).map(Math.abs))),
      measured.eigenvalues[0],
    ]),
  }
}

/** The number, or nothing where samples without spread are off: tables hold finite numbers. */
export function finite(x: number): number | null {
  return Number.isFinite(x) ? x : null
}
