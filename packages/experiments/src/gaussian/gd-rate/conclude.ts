import {
  coefficients,
  decideLimitRate,
  decideSameRun,
  decideSteps,
  decideTally,
  escapeClaim,
  invariantClaims,
  limitRateClaim,
  PHI_RESOLUTION,
  sameRunClaim,
  sharpEscapeClaim,
  startHypotheses,
  stationarityClaim,
  totalClaim,
} from '@nonconvex/gaussian-theory'
import {
  hypothesis,
  readable,
  type Claim,
  type Hypothesis,
  type Verdict,
} from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import { soFar, type Progress } from '../partial.js'
import { boundsOf, type Bounded } from './bounds.js'
import { gdRateFigures } from './figures.js'
import { etaOf, TOL_GRADIENT, type RunMeasured, type StartsRow } from './measure.js'
import { gdRateCells, type GdRateParams } from './params.js'
import { endTable, invariantTable, stepTable } from './tables.js'

export function concludeGdRate(rows: readonly StartsRow[], params: GdRateParams): Conclusion {
  const runs = rows.flatMap((row) => row.measured.runs)
  const bounded = runs.map((run) => ({ run, bounds: boundsOf(run, params) }))
  return {
    verdicts: verdicts(bounded, params, { done: rows.length, total: gdRateCells(params).length }),
    tables: [endTable(runs), stepTable(bounded), invariantTable(runs)],
    figures: gdRateFigures(rows, bounded, params),
  }
}

const goals: readonly {
  claim: Claim
  goal: (params: GdRateParams) => string
  met: (run: RunMeasured) => number | null
  /** whether the claim needs m ≥ 2 and a start off the saddle's ray */
  needsStart: boolean
}[] = [
  {
    claim: totalClaim,
    goal: ({ eps }) => `ℓ ≤ ${readable(eps)} ‖w*‖²`,
    met: (run) => run.converged,
    needsStart: true,
  },
  {
    claim: stationarityClaim,
    goal: () => `‖∇ℓ‖ ≤ ${TOL_GRADIENT} ‖w*‖`,
    met: (run) => run.stationary,
    needsStart: false,
  },
  {
    claim: escapeClaim,
    goal: () => 'angle to −w* at least π/2',
    met: (run) => run.escaped,
    needsStart: true,
  },
  {
    claim: sharpEscapeClaim,
    goal: () => 'angle to −w* at least π/2',
    met: (run) => run.escaped,
    needsStart: true,
  },
]

function verdicts(
  bounded: readonly Bounded[],
  params: GdRateParams,
  progress: Progress,
): Verdict[] {
  const runs = bounded.map(({ run }) => run)
  const { k, m } = params
  const eta = etaOf(params)
  const decided = (claim: Claim, verdict: () => Verdict): Verdict => soFar(claim, progress, verdict)
  const slopes = runs.flatMap((run) => run.slope ?? [])
  // from the ray itself rounding decides which way the vector run leaves, if it does
  const off = runs.filter((run) => run.phi0 > PHI_RESOLUTION)
  const [total, ...bounds] = goals.map(({ claim, goal, met, needsStart }) =>
    decided(claim, () => {
      const all = bounded.map(({ run, bounds }) =>
        decideSteps(claim, {
          met: met(run) ?? undefined,
          taken: run.steps,
          bound: bounds[claim.id],
          goal: goal(params),
          which: `longest of ${readable(runs.length)} runs`,
          hypotheses: needsStart ? startHypotheses(m, run.phi0) : [],
        }),
      )
      return all.reduce(worse)
    }),
  )
  return [
    total,
    decided(limitRateClaim, () => decideLimitRate({ k, m, eta, slopes })),
    ...bounds,
    decided(sameRunClaim, () =>
      decideSameRun({ k, eta, off: off.map((r) => r.off), phi0: off.map((r) => r.phi0) }),
    ),
    ...invariantClaims.map((claim) => decided(claim, () => invariant(claim, runs, params))),
  ]
}

/** The more doubtful of two verdicts; of two alike, the one with more steps. */
function worse(a: Verdict, b: Verdict): Verdict {
  const order = ['violated', 'inconclusive', 'inapplicable', 'holds']
  const [i, j] = [order.indexOf(a.status), order.indexOf(b.status)]
  if (i !== j) return i < j ? a : b
  return (b.measured ?? 0) > (a.measured ?? 0) ? b : a
}

/** An invariant over all runs: how often it was checked and broken, and the first witness. */
function invariant(claim: Claim, runs: readonly RunMeasured[], params: GdRateParams): Verdict {
  const counts = runs.flatMap((run) => run.counts.filter((c) => c.claim === claim.id))
  const broken = counts.find((c) => c.firstBreach !== null)?.firstBreach
  return decideTally(claim, {
    checks: counts.reduce((sum, c) => sum + c.checks, 0),
    breaches: counts.reduce((sum, c) => sum + c.breaches, 0),
    ...(broken && { firstBreach: { claim: claim.id, ...broken } }),
    hypotheses: stepHypotheses(claim, params),
  })
}

/** I1–I5 need η ≤ 1/c, I6 and B3 η < 2/c, I7 and I8 nothing. */
function stepHypotheses({ id }: Claim, params: GdRateParams): Hypothesis[] {
  const used = etaOf(params) * coefficients(params.k).c
  const place = invariantClaims.findIndex((claim) => claim.id === id)
  if (place < 5) return [hypothesis('step size η ≤ 1/c', used <= 1 + Number.EPSILON, used)]
  if (place === 5 || place === 8) return [hypothesis('step size η < 2/c', used < 2, used)]
  return []
}
