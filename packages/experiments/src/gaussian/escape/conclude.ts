import {
  antiparallelClaim,
  coefficients,
  decideAntiparallel,
  decideEscapeLaw,
  decideSteps,
  escapeClaim,
  escapeLaw,
  escapeLawClaim,
  escapeSteps,
  leakyEscape,
  startHypotheses,
} from '@nonconvex/gaussian-theory'
import { readable, verdictOn, type Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { difference, differenceOfSteps, furthest, named, used } from '../furthest.js'
import { soFar } from '../partial.js'
import { escapeFigures } from './figures.js'
import {
  etaOf,
  type EscapeRow,
  type NearMeasured,
  type NearRun,
  type OppositeMeasured,
} from './measure.js'
import { escapeCells, startAngles, type EscapeParams } from './params.js'

/** The rows so far, by what they looked at. */
export interface Found {
  readonly relu: readonly NearMeasured[]
  readonly leaky: readonly NearMeasured[]
  readonly opposite: readonly OppositeMeasured[]
}

export function concludeEscape(rows: readonly EscapeRow[], params: EscapeParams): Conclusion {
  const measured = rows.map((row) => row.measured)
  const near = measured.filter((row) => 'runs' in row)
  const found: Found = {
    relu: near.filter(({ leak }) => leak === 0),
    leaky: near.filter(({ leak }) => leak > 0),
    opposite: measured.filter((row) => 'status' in row),
  }
  return {
    verdicts: verdicts(found, params),
    tables: [stepTable(found, params), oppositeTable(found)],
    figures: escapeFigures(found, params),
  }
}

function verdicts({ relu, leaky, opposite }: Found, params: EscapeParams): Verdict[] {
  const { m } = params
  const cells = escapeCells(params)
  const total = (is: (cell: (typeof cells)[number]) => boolean): number => cells.filter(is).length
  const onRelu = {
    done: relu.length,
    total: total(({ part, leak }) => part === 'near' && leak === 0),
  }
  const runs = relu.flatMap((row) => row.runs.map((run) => ({ k: row.k, run })))
  return [
    soFar(escapeLawClaim, onRelu, () =>
      furthest(
        difference,
        runs
          .filter(({ run }) => run.phi0 <= 1.1e-3)
          .map(({ k, run }) => {
            const at = { k, m, eta: etaOf(k, 0, params) }
            return named(
              `k = ${k}`,
              decideEscapeLaw(at, run.phi0, run.steps ?? undefined, run.taken),
            )
          }),
      ),
    ),
    soFar(escapeClaim, onRelu, () =>
      furthest(
        used,
        runs.map(({ k, run }) => bounded(k, run, params)),
      ),
    ),
    soFar(leakyEscape, { done: leaky.length, total: total(({ leak }) => leak > 0) }, () =>
      furthest(
        differenceOfSteps,
        leaky.map(({ k, leak, runs }) => {
          // a run that never left counts as one that took for ever
          const last = runs.at(-1)?.steps ?? Infinity
          const before = runs.at(-2)
          const at = { k, m, R: 1, slope: leak }
          const steps = [before?.steps ?? 0, last] as const
          const verdict = verdictOn(leakyEscape, {
            ...at,
            steps,
            eta: etaOf(k, leak, params),
            phi0: before?.phi0 ?? 0,
          })
          return named(`k = ${k}, leak ${leak}`, verdict)
        }),
      ),
    ),
    soFar(
      antiparallelClaim,
      { done: opposite.length, total: total(({ part }) => part === 'opposite') },
      () =>
        furthest(
          difference,
          opposite.map(({ k, loss, phi, r }) => {
            const at = { k, m, eta: etaOf(k, 0, params) }
            return named(`k = ${k}`, decideAntiparallel(at, { loss, phi, r }))
          }),
        ),
    ),
  ]
}

function bounded(k: number, run: NearRun, params: EscapeParams): Verdict {
  const { phi0, r0, steps, taken } = run
  return decideSteps(escapeClaim, {
    met: steps ?? undefined,
    taken,
    bound: escapeSteps({ phi0, r0, R: 1, k, eta: etaOf(k, 0, params) }),
    goal: 'angle to −w* at least π/2',
    which: `k = ${k} from φ₀ = ${readable(phi0, 2)}`,
    hypotheses: startHypotheses(params.m, phi0),
  })
}

function stepTable({ relu, leaky }: Found, params: EscapeParams): Table {
  const phis = startAngles(params)
  return {
    id: 'steps',
    title: 'Steps until the angle to $-w^*$ is a right one',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'leak', title: 'leak $\\lambda$' },
      ...phis.map((phi) => ({
        name: `from${phi.toExponential()}`,
        title: `$\\varphi_0 = 10^{${Math.round(Math.log10(phi))}}$`,
      })),
      { name: 'law', title: 'last column by $(k-1)/(\\eta c\\,\\varphi_0)$', digits: 4 },
    ],
    rows: [...relu, ...leaky]
      .sort((a, b) => a.k - b.k || a.leak - b.leak)
      .map(({ k, leak, runs }) => {
        const law = escapeLaw(k, phis[phis.length - 1], etaOf(k, 0, params))
        const last = runs.at(-1)?.steps ?? null
        const ratio = leak > 0 || law === 0 || last === null ? null : last / law
        return [k, leak, ...runs.map(({ steps }) => steps), ratio]
      }),
  }
}

function oppositeTable({ opposite }: Found): Table {
  const ends: Record<string, string> = {
    converged: 'at the teacher',
    antiparallel: 'at the saddle −αw*',
    origin: 'at the origin',
    'max-steps': 'out of steps',
  }
  return {
    id: 'opposite',
    title: 'The start exactly opposite to the teacher',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'end', title: 'end' },
      { name: 'steps', title: 'steps' },
      { name: 'r', title: 'distance from $0$', digits: 6 },
      { name: 'alpha', title: '$\\alpha$', digits: 6 },
      { name: 'loss', title: 'last loss', digits: 6 },
      { name: 'saddle', title: 'loss of the saddle', digits: 6 },
    ],
    rows: [...opposite]
      .sort((a, b) => a.k - b.k)
      .map(({ k, status, steps, r, loss }) => {
        const { alpha, c } = coefficients(k)
        return [k, ends[status] ?? status, steps, r, alpha, loss, (c / 2) * (1 - alpha * alpha)]
      }),
  }
}
