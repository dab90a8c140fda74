import {
  decideLeakyEscape,
  decideLeakySaddle,
  decideLeakyThreshold,
  leakyEscapeClaim,
  leakySaddleClaim,
  leakySmoothness,
  leakyThreshold,
  leakyThresholdClaim,
} from '@nonconvex/gaussian-theory'
import type { Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { leakyFigures } from './figures.js'
import type {
  EscapeMeasured,
  LeakyRow,
  PointMeasured,
  RayMeasured,
  StartsMeasured,
} from './measure.js'
import { angles } from './params.js'
import type { LeakyParams } from './params.js'

/** The rows so far, by what they looked at. */
export interface Found {
  readonly point: PointMeasured | undefined
  readonly ray: RayMeasured | undefined
  readonly escape: EscapeMeasured | undefined
  readonly starts: StartsMeasured | undefined
}

export function concludeLeaky(rows: readonly LeakyRow[], params: LeakyParams): Conclusion {
  const of = (key: string) => rows.find((row) => row.key === key)?.measured
  const found: Found = {
    point: of('point') as PointMeasured | undefined,
    ray: of('ray') as RayMeasured | undefined,
    escape: of('escape') as EscapeMeasured | undefined,
    starts: of('starts') as StartsMeasured | undefined,
  }
  return {
    verdicts: verdicts(found, params),
    tables: [pointTable(found, params), escapeTable(found, params)],
    figures: leakyFigures(found, params),
  }
}

const one = (row: unknown): { done: number; total: number } => ({ done: row ? 1 : 0, total: 1 })

function verdicts({ point, ray, escape }: Found, params: LeakyParams): Verdict[] {
  const { k, m, below, above } = params
  const at = { k, m, R: 1 }
  return [
    soFar(leakySaddleClaim, one(point), () => {
      const { gradientNorm = 0, loss = 0, eigenvalues = [] } = point ?? {}
      const found = { gradientNorm, loss, eigenvalues: eigenvalues.length > 0 ? eigenvalues : [0] }
      return decideLeakySaddle({ ...at, slope: below }, found)
    }),
    soFar(leakyEscapeClaim, one(escape), () => {
      const [, , third, fourth] = escape?.leaky ?? []
      // a run that never left counts as one that took for ever
      const steps = [third ?? 0, fourth ?? Infinity] as const
      return decideLeakyEscape({ ...at, slope: below }, steps, 1 / leakySmoothness(k, below))
    }),
    soFar(leakyThresholdClaim, one(ray), () =>
      decideLeakyThreshold({ ...at, slope: above }, ray?.flattest ?? NaN, ray?.points ?? 0),
    ),
  ]
}

function pointTable({ point, starts }: Found, { k, below, starts: count }: LeakyParams): Table {
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
    rows: [
      [
        k,
        below,
        leakyThreshold(k),
        point?.r ?? null,
        point?.eigenvalues[0] ?? null,
        point?.eigenvalues.at(-1) ?? null,
        starts ? `${starts.reached} of ${count}` : null,
        starts?.medianSteps ?? null,
      ],
    ],
  }
}

function escapeTable({ escape }: Found, { below }: LeakyParams): Table {
  return {
    id: 'escape',
    title: 'Steps until the angle to $-w^*$ is a right one',
    columns: [
      { name: 'phi', title: 'start angle $\\varphi_0$' },
      { name: 'relu', title: 'ReLU' },
      { name: 'leaky', title: `leak ${below}` },
    ],
    rows: angles.map((phi, i) => [phi, escape?.relu[i] ?? null, escape?.leaky[i] ?? null]),
  }
}
