import {
  escape,
  escapeSharp,
  invariantClaims,
  limitRate,
  linearRateProved,
  PHI_RESOLUTION,
  rateAssertions,
  rateWithProbability,
  reachesMinimum,
  sameRun,
  initializationHypotheses,
  stationarity,
  type StepsFacts,
} from '@nonconvex/gaussian-theory/descent'
import { readable, type DecidableClaim, type Verdict } from '@nonconvex/optim/claims'
import { largest, median } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartContext, type PartRow } from '../../define/work.js'
import { gdRate, type Params } from './experiment.js'
import { gdRateFigures } from './figures.js'
import {
  agreesWithScalars,
  boundsOf,
  etaOf,
  problemOf,
  runsOf,
  TOL_GRADIENT,
  type Bounded,
  type RunMeasured,
  type Initializations,
} from './runs.js'

type Cells = CellsOf<typeof gdRate>

export interface RunsMeasured {
  readonly runs: readonly RunMeasured[]
}

/** The runs, with their initializations as witness. */
const measured = (cell: Initializations, context: MeasureContext<Params>) =>
  witnessed(
    { runs: runsOf(cell, context) },
    { starts: problemOf(context.params, cell, context.shared).starts.map((w) => Array.from(w)) },
  )

const PARTS = ['path', 'starts'] as const

export const work = workOf(gdRate, {
  parts: {
    path: {
      measure: ({ path }, context) => measured({ kind: 'path', from: path, to: path + 1 }, context),
      audit: (row: PartRow<Cells['path'], RunsMeasured, unknown>, context: PartContext<Params>) =>
        agreesWithScalars(row.measured.runs, row.cell.path, context),
    },
    starts: {
      measure: (cell, context) => measured({ kind: 'uniform', ...cell }, context),
      audit: (row: PartRow<Cells['starts'], RunsMeasured, unknown>, context: PartContext<Params>) =>
        agreesWithScalars(row.measured.runs, row.cell.from, context),
    },
    rate: { measure: () => ({ checked: rateAssertions() }) },
  },
  conclude: (rows, params, verdict) => {
    const { k, m } = params
    const eta = etaOf(params)
    const runs = [...rows.path, ...rows.starts].flatMap((row) => row.measured.runs)
    const bounded = runs.map((run) => ({ run, bounds: boundsOf(run, params) }))
    const within = (
      claim: DecidableClaim<StepsFacts>,
      goal: string,
      bound: keyof typeof goals,
    ): Verdict => {
      const { met, offRay } = goals[bound]
      const which = `longest of ${readable(runs.length)} runs`
      const cases = bounded.map(({ run, bounds }) => ({
        facts: {
          met: met(run) ?? undefined,
          taken: run.steps,
          bound: bounds[bound],
          goal,
          which,
          hypotheses: offRay ? initializationHypotheses(m, run.phi0) : [],
        },
      }))
      // of equal verdicts, the one with the most steps
      return verdict.each(claim, PARTS, () => cases, {
        closeness: (steps) => steps,
        outside: 'first',
      })
    }
    return {
      verdicts: [
        within(reachesMinimum, `ℓ ≤ ${readable(params.eps)} ‖w*‖²`, 'total'),
        verdict(rateWithProbability, ['starts'], () => ({
          k,
          m,
          eta,
          eps: params.eps,
          runs: rows.starts
            .flatMap(({ measured }) => measured.runs)
            .map(({ phi0, steps, converged }) => ({
              phi0,
              met: converged ?? undefined,
              taken: steps,
            })),
        })),
        verdict(limitRate, PARTS, () => {
          return { k, m, eta, slopes: runs.flatMap((run) => run.slope ?? []) }
        }),
        within(stationarity, `‖∇ℓ‖ ≤ ${TOL_GRADIENT} ‖w*‖`, 'stationarity'),
        within(escape, 'angle to −w* at least π/2', 'escape'),
        within(escapeSharp, 'angle to −w* at least π/2', 'escapeSharp'),
        verdict(sameRun, PARTS, () => {
          // from the ray itself rounding decides which way the vector run leaves, if it does
          const off = runs.filter((run) => run.phi0 > PHI_RESOLUTION)
          return { k, eta, off: off.map((run) => run.off), phi0: off.map((run) => run.phi0) }
        }),
        ...invariantClaims.map((claim) =>
          verdict(claim, PARTS, () => ({ ...tallyOf(claim.id, runs), k, eta })),
        ),
        verdict(linearRateProved, ['rate'], () => rows.rate[0].measured.checked),
      ],
      tables: [endTable(runs), stepTable(bounded), invariantTable(runs)],
      figures: gdRateFigures(rows.path, bounded, params),
    }
  },
})

interface Goal {
  readonly name: string
  readonly met: (run: RunMeasured) => number | null
  /** whether the claim needs m ≥ 2 and initial weights off the saddle's ray */
  readonly offRay: boolean
}

const goals: { readonly [bound in keyof Bounded['bounds']]: Goal } = {
  total: { name: 'loss ε', met: (run) => run.converged, offRay: true },
  stationarity: { name: 'small gradient, O(ε⁻²)', met: (run) => run.stationary, offRay: false },
  escape: { name: 'escape from the saddle’s ray', met: (run) => run.escaped, offRay: true },
  escapeSharp: { name: 'the same, by recursion', met: (run) => run.escaped, offRay: true },
}

/** An invariant over all runs: how often it was checked and broken, and the first witness. */
function tallyOf(claim: string, runs: readonly RunMeasured[]) {
  const counts = runs.flatMap((run) => run.counts.filter((c) => c.claim === claim))
  const broken = counts.find((c) => c.firstBreach !== null)?.firstBreach
  const slacks = counts.flatMap((c) => c.slack ?? [])
  return {
    ...(slacks.length > 0 && { slack: Math.min(...slacks) }),
    checks: counts.reduce((sum, c) => sum + c.checks, 0),
    breaches: counts.reduce((sum, c) => sum + c.breaches, 0),
    ...(broken && { firstBreach: { claim, ...broken } }),
  }
}

const ends: { readonly [status: string]: string | undefined } = {
  converged: 'at the teacher',
  antiparallel: 'at the saddle −αw*',
  origin: 'at the origin',
  'max-steps': 'out of steps',
  'not-finite': 'diverged',
}

function endTable(runs: readonly RunMeasured[]) {
  const kinds = [...new Set(runs.map((run) => run.status))].sort()
  const groups = kinds.map((kind) => ({ kind, those: runs.filter((run) => run.status === kind) }))
  return tableOf('ends', 'Where the runs ended', groups, {
    end: ['end point', ({ kind }) => ends[kind] ?? kind],
    runs: ['runs', ({ those }) => those.length],
    fraction: ['fraction', ({ those }) => those.length / runs.length, 3],
    steps: ['most steps', ({ those }) => largest(those.map((run) => run.steps))],
  })
}

/** Steps and their bounds: median and largest over the runs. */
function stepTable(bounded: readonly Bounded[]) {
  const lines = (Object.keys(goals) as (keyof typeof goals)[]).map((bound) => ({
    name: goals[bound].name,
    taken: bounded.flatMap(({ run }) => goals[bound].met(run) ?? []),
    bounds: bounded.map(({ bounds }) => bounds[bound].value).filter(Number.isFinite),
  }))
  return tableOf('steps', 'Steps and bounds', lines, {
    goal: ['goal', ({ name }) => name],
    median: ['steps, median', ({ taken }) => median(taken)],
    most: ['steps, most', ({ taken }) => largest(taken)],
    allowedMedian: ['bound, median', ({ bounds }) => median(bounds)],
    allowedMost: ['bound, most', ({ bounds }) => largest(bounds)],
  })
}

/** Checks and violations of I1–I8 and B3. */
const invariantTable = (runs: readonly RunMeasured[]) =>
  tableOf('invariants', 'Invariants checked at every step', invariantClaims, {
    invariant: ['invariant', ({ title }) => title],
    checks: ['checks', ({ id }) => tallyOf(id, runs).checks],
    violations: ['violations', ({ id }) => tallyOf(id, runs).breaches],
    slack: ['smallest slack', ({ id }) => tallyOf(id, runs).slack ?? null, 3],
  })
