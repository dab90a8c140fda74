import {
  gradientClosedForm,
  hessianEigenvalues,
  lossClosedForm,
  noOverlapLoss,
  slideForm,
  topCurvature,
  zScores,
  type SampleComparison,
} from '@nonconvex/gaussian-theory'
import { hypothesis } from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import { finite } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartContext, type PartRow } from '../../define/work.js'
import { noOverlap, sharedCoordinates, type Params } from './experiment.js'
import { agreementFigure, gradientComparison, lossComparison } from './figures.js'
import { measuredAt, type Pair, type PointMeasured } from './measure.js'

type PointRow = PartRow<CellsOf<typeof noOverlap>['point'], PointMeasured, Pair>

export const work = workOf(noOverlap, {
  parts: {
    point: {
      measure: (_, context) => {
        const { stream, params } = context
        const draw = (name: string): number[] =>
          Array.from(stream.child(name).normalInto(new Float64Array(params.m)))
        const pair = { w: draw('student'), wStar: draw('teacher') }
        return witnessed(measuredAt(pair, context), pair)
      },
      audit: otherForm,
    },
  },
  conclude: ({ point }, params, verdict) => {
    const all = point.map(({ measured }) => measured)
    const shared = sharedCoordinates(params)
    const together = (of: (m: PointMeasured) => SampleComparison) => {
      const list = all.map(of)
      return {
        samples: params.samples,
        exact: list.flatMap((one) => one.exact),
        mean: list.flatMap((one) => one.mean),
        error: list.flatMap((one) => one.error),
        hypotheses: [
          shared === 0
            ? hypothesis('patches share no coordinate', 'by construction')
            : hypothesis('patches share no coordinate', false, shared),
        ],
      }
    }
    const points = all.length
    const largest = (of: (m: PointMeasured) => number): number => Math.max(...all.map(of))
    return {
      verdicts: [
        verdict(lossClosedForm, ['point'], () => together(lossComparison)),
        verdict(gradientClosedForm, ['point'], () => together(gradientComparison)),
        verdict(slideForm, ['point'], () => ({ largest: largest((m) => m.slideOff), points })),
        verdict(hessianEigenvalues, ['point'], () => ({
          largest: largest((m) => m.eigenvaluesOff),
          points,
        })),
        verdict(topCurvature, ['point'], () => ({
          k: params.k,
          top: largest((m) => m.top),
          points,
        })),
      ],
      tables: [lossTable(point)],
      figures: [agreementFigure(point, params)],
    }
  },
})

/** The loss by the talk's form. */
function otherForm(
  { measured: { loss }, witness: { w, wStar } }: PointRow,
  { params }: PartContext<Params>,
): void {
  const slide = noOverlapLoss(w, wStar, params.k, 'slide')
  const size = Math.max(1, norm2(w) ** 2 + norm2(wStar) ** 2)
  if (!(Math.abs(loss - slide) <= 1e-12 * size))
    throw new Error(`the other form of the loss gives ${slide}, recorded is ${loss}`)
}

const largestScore = (measured: PointMeasured): number | null =>
  finite(Math.max(...zScores(gradientComparison(measured)).map((z) => Math.abs(z))))

const lossTable = (rows: readonly { readonly key: string; readonly measured: PointMeasured }[]) =>
  tableOf('points', 'Closed form and sample means at each point', rows, {
    point: ['point', ({ key }) => key],
    closed: ['closed form $\\ell(w)$', ({ measured }) => measured.loss, 6],
    sampled: ['mean of samples', ({ measured }) => measured.sampledLoss.mean, 6],
    difference: ['difference', ({ measured: m }) => m.sampledLoss.mean - m.loss, 3],
    z: ['in standard errors', ({ measured }) => finite(zScores(lossComparison(measured))[0]), 3],
    gradient: ['gradient, largest entry', ({ measured }) => largestScore(measured), 3],
    least: ['smallest eigenvalue', ({ measured }) => measured.eigenvalues[0], 4],
  })
