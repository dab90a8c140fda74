import type { PointEvidence } from '@nonconvex/gaussian-theory'
import {
  leakyAntiparallel,
  leakyDescent,
  leakyEscape,
  leakyGradient,
  leakyHessian,
  leakyLoss,
  leakyOneSided,
  leakyPotential,
  leakyPotentialSides,
  leakyRises,
  leakySaddle,
  leakySmoothness,
  leakyThreshold,
  leakyThresholdProved,
  thresholdAssertions,
  type LeakyLandscape,
} from '@nonconvex/gaussian-theory/leaky'
import { difference, type Closeness } from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { median } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartRow } from '../../define/work.js'
import { differenceOfSteps } from '../difference-of-steps.js'
import { angleColumns } from '../powers-of-tenth.js'
import { angles, leaky, type Params } from './experiment.js'
import { leakyFigures } from './figures.js'

type Cell = CellsOf<typeof leaky>['pair']

/** A measured pair, with the point as its witness where there is one. */
export type LeakyRow = PartRow<Cell, LeakyMeasured, { readonly r: number | null }>

export const work = workOf(leaky, {
  parts: {
    pair: {
      measure: (cell, context) => {
        const { k, leak } = cell
        return witnessed(pairOf(cell, context), { r: leakyAntiparallel(1, k, leak)?.r ?? null })
      },
      audit: mixtureOfLosses,
    },
    threshold: { measure: () => ({ checked: thresholdAssertions() }) },
  },
  conclude: ({ pair, threshold }, params, verdict) => {
    const found = pair.map(({ measured }) => measured)
    const cases = <Facts>(facts: (at: LeakyLandscape, one: LeakyMeasured) => Facts) =>
      found.map((one) => ({
        which: `k = ${one.k}, slope ${one.leak}`,
        facts: facts({ k: one.k, m: params.m, R: 1, slope: one.leak }, one),
      }))
    const points = cases((at, { point }) => {
      const eigenvalues = point.eigenvalues.length > 0 ? point.eigenvalues : [0]
      return { ...at, found: { ...point, eigenvalues } }
    })
    const escapes = cases((at, { escape: [, , third, fourth] }) => {
      // a run that did not escape counts as infinitely long
      const steps = [third ?? 0, fourth ?? Infinity] as const
      return { ...at, steps, eta: 1 / leakySmoothness(at.k, at.slope), phi0: angles[2] }
    })
    const rays = cases((at, { ray }) => ({ ...at, ...ray }))
    const flattest: Closeness = (measured) => -measured
    return {
      verdicts: [
        verdict.each(leakySaddle, ['pair'], () => points, { closeness: difference }),
        verdict.each(leakyEscape, ['pair'], () => escapes, { closeness: differenceOfSteps }),
        verdict.each(leakyRises, ['pair'], () => rays, { closeness: flattest }),
        verdict(leakyPotential, ['pair'], () =>
          found.map(({ k, leak, potential }) => ({ k, slope: leak, ...potential })),
        ),
        verdict(leakyThresholdProved, ['threshold'], () => threshold[0].measured.checked),
      ],
      tables: [pointTable(found, params), escapeTable(found)],
      figures: leakyFigures(found, params),
    }
  },
})

/** The measurements for one number of patches and one slope. */
const pairOf = (cell: Cell, context: MeasureContext<Params>) => ({
  k: cell.k,
  leak: cell.leak,
  point: pointOf(cell, context.params.m),
  potential: leakyPotentialSides({ k: cell.k, slope: cell.leak }),
  ray: rayOf(cell),
  escape: escapeOf(cell, context.signal),
  starts: startsOf(cell, context),
})

export type LeakyMeasured = ReturnType<typeof pairOf>

const teacherOf = (m: number): number[] => Array.from({ length: m }, (_, t) => (t === 0 ? 1 : 0))

/** The point opposite to the teacher; no eigenvalues where there is no such point. */
function pointOf({ k, leak }: Cell, m: number): PointEvidence & { readonly r: number | null } {
  const r = leakyAntiparallel(1, k, leak)?.r ?? null
  const wStar = teacherOf(m)
  if (r === null) return { r, gradientNorm: 0, loss: 0, eigenvalues: [] }
  const w = wStar.map((x) => -r * x)
  return {
    r,
    gradientNorm: norm2(leakyGradient(w, wStar, k, leak)),
    loss: leakyLoss(w, wStar, k, leak),
    eigenvalues: Array.from(eigenSymmetric(leakyHessian(w, wStar, k, leak)).values),
  }
}

const RAY_POINTS = 400

/** The flattest slope on the ray opposite to the teacher. */
function rayOf({ k, leak }: Cell) {
  let flattest = leakyOneSided([-1], [1], k, leak)
  for (let i = 1; i < RAY_POINTS; i++)
    flattest = Math.min(flattest, -leakyGradient([-i / 200], [1], k, leak)[0])
  return { flattest, points: RAY_POINTS }
}

/** Steps until the angle to −w* is π/2, from each initial angle; null if it never was. */
const escapeOf = ({ k, leak }: Cell, signal: AbortSignal): (number | null)[] =>
  angles.map((phi) => {
    signal.throwIfAborted()
    // angle and radius evolve by themselves in every dimension, so two are enough
    const w0 = [-Math.cos(phi), Math.sin(phi)]
    const run = leakyDescent({ w0, wStar: [1, 0], k, slope: leak, maxSteps: 60 * k * 10_000 })
    return run.escaped ?? null
  })

/** Random initializations; `turnedAway` counts steps on which the angle to the teacher grew. */
function startsOf({ k, leak }: Cell, { params, stream, signal }: MeasureContext<Params>) {
  const { m, starts } = params
  const wStar = teacherOf(m)
  const runs = Array.from({ length: starts }, (_, i) => {
    signal.throwIfAborted()
    const w0 = stream.child('start', i).unitVector(m)
    return leakyDescent({ w0, wStar, k, slope: leak, maxSteps: 20_000 })
  })
  return {
    reached: runs.filter(({ status }) => status === 'converged').length,
    turnedAway: runs.reduce((sum, run) => sum + run.turnedAway, 0),
    medianSteps: median(runs.map((run) => run.steps)),
  }
}

/** The loss at the point as a mixture of ReLU's and of a linear network's. */
function mixtureOfLosses({ cell: { k, leak }, measured, witness: { r } }: LeakyRow): void {
  if (r === null) return
  const mixed = (1 - leak) ** 2 * leakyLoss([-r], [1], k, 0) + (leak / k) * (1 + r) ** 2
  const { loss } = measured.point
  if (!(Math.abs(mixed - loss) <= 1e-12))
    throw new Error(`the two parts of the loss give ${mixed}, recorded is ${loss}`)
}

const pointTable = (found: readonly LeakyMeasured[], { starts }: Params) =>
  tableOf('point', 'The point opposite to the teacher, and random initializations', found, {
    k: ['$k$', (one) => one.k],
    leak: ['slope $\\lambda$', (one) => one.leak, 4],
    threshold: ['threshold $\\lambda^*(k)$', (one) => leakyThreshold(one.k), 6],
    r: ['distance from $0$', (one) => one.point.r, 6],
    least: ['smallest eigenvalue', (one) => one.point.eigenvalues.at(0), 4],
    greatest: ['largest eigenvalue', (one) => one.point.eigenvalues.at(-1), 4],
    reached: ['runs that reach the teacher', (one) => `${one.starts.reached} of ${starts}`],
    steps: ['median steps', (one) => one.starts.medianSteps],
  })

const escapeTable = (found: readonly LeakyMeasured[]) =>
  tableOf('escape', 'Steps until the angle to $-w^*$ is $\\pi/2$', found, {
    k: ['$k$', (one) => one.k],
    leak: ['slope $\\lambda$', (one) => one.leak, 4],
    ...angleColumns(angles, ({ escape }: LeakyMeasured, i) => escape[i]),
  })
