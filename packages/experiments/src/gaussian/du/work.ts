import {
  duAboveThreshold,
  duBestA,
  duGrad,
  duGuarantee,
  duRun,
  duTeacher,
  duThreshold,
} from '@nonconvex/gaussian-theory/teacher-student'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { line, panelOf, ruleX } from '../../figure/layers.js'
import { du } from './experiment.js'

/** The runs of one teacher. */
export interface DuMeasured {
  readonly ratio: number
  readonly reached: number
  /** runs that had too few steps to settle */
  readonly unsettled: number
  /** runs that meet the conditions of the published guarantee, and the same of them */
  readonly guaranteed: number
  readonly guaranteedReached: number
  readonly guaranteedUnsettled: number
}

const closedThreshold = (k: number): number => 1 + (k - 1) / Math.PI
/** The angle to −w* at which the direction of descent is measured. */
const ASIDE = 1e-6
const HALVINGS = 50

/** The ratio S²/A at which the filter next to −w* turns the other way, by bisection. */
function measuredThreshold(k: number): number {
  let [low, high] = [0, k]
  for (let step = 0; step < HALVINGS; step++) {
    const ratio = (low + high) / 2
    const star = duTeacher(k, ratio)
    const best = duBestA(Math.PI, star, 1)
    // descent decreases the distance to −w*
    if (duGrad([-1, ASIDE], best, [1, 0], star).v[1] > 0) low = ratio
    else high = ratio
  }
  return low
}

export const work = workOf(du, {
  parts: {
    teacher: {
      measure: ({ fraction }, { params, stream }): DuMeasured => {
        const ratio = fraction * closedThreshold(params.k)
        const runs = Array.from({ length: params.runs }, (_, i) =>
          duRun({ ...params, ratio }, stream.child('run', i)),
        )
        const sure = runs.filter(({ guaranteed }) => guaranteed)
        const reachedOf = (some: typeof runs) => some.filter(({ reached }) => reached).length
        const unsettledOf = (some: typeof runs) => some.filter(({ settled }) => !settled).length
        return {
          ratio,
          reached: reachedOf(runs),
          unsettled: unsettledOf(runs),
          guaranteed: sure.length,
          guaranteedReached: reachedOf(sure),
          guaranteedUnsettled: unsettledOf(sure),
        }
      },
    },
    threshold: { measure: (_cell, { params }) => ({ ratio: measuredThreshold(params.k) }) },
  },
  conclude: ({ teacher, threshold }, params, verdict) => {
    const { k, eta, runs } = params
    const above = teacher.map(({ cell, measured: { ratio, reached, unsettled } }) => ({
      which: `S²/A = ${cell.fraction} of the threshold`,
      facts: { k, eta, ratio, runs, failed: runs - reached - unsettled, unsettled },
    }))
    const guaranteed = teacher.reduce(
      (sum, { measured: m }) => ({
        runs: sum.runs + m.guaranteed,
        failed: sum.failed + m.guaranteed - m.guaranteedReached - m.guaranteedUnsettled,
        unsettled: sum.unsettled + m.guaranteedUnsettled,
      }),
      { runs: 0, failed: 0, unsettled: 0 },
    )
    const points = teacher.map(({ measured }) => ({
      x: measured.ratio,
      y: measured.reached / runs,
    }))
    return {
      verdicts: [
        verdict(duThreshold, ['threshold'], () => ({ k, measured: threshold[0].measured.ratio })),
        verdict.each(duAboveThreshold, ['teacher'], () => above),
        verdict(duGuarantee, ['teacher'], () => ({ k, eta, ratio: 0, ...guaranteed })),
      ],
      tables: [
        tableOf('rates', 'Success rates', teacher, {
          fraction: ['fraction of the threshold', ({ cell }) => cell.fraction],
          ratio: ['$S^2/A$', ({ measured }) => measured.ratio, 4],
          rate: ['success rate', ({ measured }) => measured.reached / runs, 3],
          guaranteed: ['runs that meet the conditions', ({ measured }) => measured.guaranteed],
        }),
      ],
      figures: [
        {
          id: 'rates',
          title: 'Above the threshold every run reaches the teacher',
          caption: `Success rate of gradient descent from ${runs} random initializations for each teacher, $k = ${k}$. Vertical line: $1 + (k-1)/\\pi$, above which the point opposite to the teacher is a saddle.`,
          panels: [
            panelOf(
              {
                x: { label: 'S²/A of the teacher' },
                y: { label: 'success rate', domain: [0, 1.05] },
              },
              [
                ruleX('threshold', [closedThreshold(k)], { tone: 'bound', key: '1 + (k − 1)/π' }),
                line(
                  'rates',
                  points,
                  { x: ({ x }) => x, y: ({ y }) => y },
                  { tone: 'measured', dots: {}, key: 'success rate' },
                ),
              ],
            ),
          ],
        },
      ],
    }
  },
})
