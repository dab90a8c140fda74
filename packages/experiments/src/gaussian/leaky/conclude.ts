import {
  decideLeakyEscape,
  decideLeakySaddle,
  decideLeakyThreshold,
  leakyEscapeClaim,
  leakySaddleClaim,
  leakySmoothness,
  leakyThreshold,
  leakyThresholdClaim,
  type LeakyLandscape,
} from '@nonconvex/gaussian-theory'
import type { Claim, Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { difference, differenceOfSteps, furthest, named, type Closeness } from '../furthest.js'
import { soFar } from '../partial.js'
import { leakyFigures } from './figures.js'
import type { LeakyMeasured, LeakyRow } from './measure.js'
import { angles, leakyCells, type LeakyParams } from './params.js'

export function concludeLeaky(rows: readonly LeakyRow[], params: LeakyParams): Conclusion {
  const found = rows.map(({ measured }) => measured).sort((a, b) => a.k - b.k || a.leak - b.leak)
  return {
    verdicts: verdicts(found, params),
    tables: [pointTable(found, params), escapeTable(found)],
    figures: leakyFigures(found, params),
  }
}

/**
 * Each claim on all pairs of windows and leak; it applies to those on its side of the threshold.
 */
function verdicts(found: readonly LeakyMeasured[], params: LeakyParams): Verdict[] {
  const progress = { done: found.length, total: leakyCells(params).length }
  const each = (
    claim: Claim,
    closeness: Closeness,
    decided: (at: LeakyLandscape, one: LeakyMeasured) => Verdict,
  ): Verdict =>
    soFar(claim, progress, () =>
      furthest(
        closeness,
        found.map((one) => {
          const { k, leak } = one
          return named(
            `k = ${k}, leak ${leak}`,
            decided({ k, m: params.m, R: 1, slope: leak }, one),
          )
        }),
      ),
    )
  return [
    each(leakySaddleClaim, difference, (at, { point }) => {
      const { eigenvalues } = point
      const shown = eigenvalues.length > 0 ? eigenvalues : [0]
      return decideLeakySaddle(at, { ...point, eigenvalues: shown })
    }),
    each(leakyEscapeClaim, differenceOfSteps, (at, { escape }) => {
      const [, , third, fourth] = escape
      // a run that never left counts as one that took for ever
      const steps = [third ?? 0, fourth ?? Infinity] as const
      return decideLeakyEscape(at, steps, 1 / leakySmoothness(at.k, at.slope), angles[2])
    }),
    // the flattest slope is the closest
    each(
      leakyThresholdClaim,
      (measured) => -measured,
      (at, { ray }) => decideLeakyThreshold(at, ray.flattest, ray.points),
    ),
  ]
}

function pointTable(found: readonly LeakyMeasured[], { starts: count }: LeakyParams): Table {
  return {
    id: 'point',
    title: 'The point opposite to the teacher, and random starts',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'leak', title: 'leak $\\lambda$', digits: 4 },
      { name: 'threshold', title: 'threshold $\\lambda^*(k)$', digits: 6 },
      { name: 'r', title: 'distance from $0$', digits: 6 },
      { name: 'least', title: 'smallest eigenvalue', digits: 4 },
      { name: 'greatest', title: 'largest eigenvalue', digits: 4 },
      { name: 'reached', title: 'starts that reach the teacher' },
      { name: 'steps', title: 'median steps' },
    ],
    rows: found.map(({ k, leak, point, starts }) => [
      k,
      leak,
      leakyThreshold(k),
      point.r,
      point.eigenvalues.at(0) ?? null,
      point.eigenvalues.at(-1) ?? null,
      `${starts.reached} of ${count}`,
      starts.medianSteps,
    ]),
  }
}

function escapeTable(found: readonly LeakyMeasured[]): Table {
  return {
    id: 'escape',
    title: 'Steps until the angle to $-w^*$ is a right one',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'leak', title: 'leak $\\lambda$', digits: 4 },
      ...angles.map((phi) => ({
        name: `from${phi.toExponential()}`,
        title: `$\\varphi_0 = 10^{${Math.round(Math.log10(phi))}}$`,
      })),
    ],
    rows: found.map(({ k, leak, escape }) => [k, leak, ...escape]),
  }
}
