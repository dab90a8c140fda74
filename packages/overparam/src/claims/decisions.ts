import { decide, hypothesis, readable } from '@nonconvex/optim'
import type { Claim, Hypothesis, Verdict } from '@nonconvex/optim'
import type { BoundName, UpdateBounds } from '../bounds/update-bounds.js'
import type { SgdStatus, SmallestRoom } from '../sgd/outcome.js'
import { boundIndependentOfWidth, globalMinimum, updatesBounded } from './claims.js'

/** What is known about the data: a separator with margin γ, a proof that there is none, or neither. */
export type Separable = 'yes' | 'no' | 'unknown'

/**
 * The hypotheses of the theorem, as found: the data are separable with margin γ > 0, the leak is in
 * (0, 1], the order of visits was fixed without looking at the data (true of every `Order`).
 *
 * @param found - separable, with γ = min_i y_i w*·x_i of the best vector known where there is one; alpha
 */
export function theoremHypotheses(found: {
  readonly separable: Separable
  readonly gamma?: number
  readonly alpha: number
}): readonly Hypothesis[] {
  const { separable, gamma, alpha } = found
  return [
    hypothesis(
      'a separator through the origin exists, margin γ > 0',
      separable === 'unknown' ? 'assumed' : separable === 'yes',
      gamma,
    ),
    hypothesis('the leak α is in (0, 1]', alpha > 0 && alpha <= 1, alpha),
    hypothesis('the order of visits is fixed without looking at the data', true),
  ]
}

/** One run, as the verdicts see it. */
export interface RunFacts {
  /** how sentences name it: 'k = 10, seed 2' */
  readonly name: string
  readonly k: number
  /** runs on the same data: bounds are compared within a group only */
  readonly group?: string
  readonly status: SgdStatus
  readonly updates: number
  /** mean hinge loss over the training set, computed again after the run */
  readonly loss: number
  /** absent where the theorem has no bound (α = 0, no separator) */
  readonly bounds?: UpdateBounds
  /** smallest room of every monitor, of a traced run */
  readonly rooms?: readonly SmallestRoom[]
}

/** What a verdict is made from: the runs so far, how many are missing, and the hypotheses as found. */
export interface Evidence {
  readonly runs: readonly RunFacts[]
  readonly missing: number
  readonly hypotheses: readonly Hypothesis[]
}

const count = (n: number, what: string): string => `${readable(n)} ${what}${n === 1 ? '' : 's'}`

/** Why a claim that no run contradicts cannot be told yet, if so. */
function open({ runs, missing }: Evidence, cutOff: boolean): { readonly undecided?: string } {
  const cut = cutOff ? runs.filter((run) => run.status !== 'converged').length : 0
  const reasons = [
    ...(missing > 0 ? [`${count(missing, 'run')} to come`] : []),
    ...(cut > 0 ? [`${cut} of ${count(runs.length, 'run')} did not end by themselves`] : []),
  ]
  return reasons.length > 0 ? { undecided: reasons.join(', ') } : {}
}

const most = (runs: readonly RunFacts[], of: (run: RunFacts) => number): RunFacts =>
  runs.reduce((a, b) => (of(b) > of(a) ? b : a))

const noRuns = (claim: Claim, evidence: Evidence): Verdict =>
  decide(claim, {
    statement: 'no runs yet',
    hypotheses: evidence.hypotheses,
    undecided: 'nothing was run',
  })

/**
 * U ≤ B on every run, B the best of the four bounds rounded down; the numbers are those of the run that used
 * most of its bound. A run above its bound violates the claim even if others are missing or were cut off.
 */
export function decideUpdates(evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  if (runs.length === 0) return noRuns(updatesBounded, evidence)
  const allowedOf = (run: RunFacts): number => Math.floor(run.bounds?.best ?? Infinity)
  const worst = most(runs, (run) => run.updates / allowedOf(run))
  const allowed = allowedOf(worst)
  const largest = Math.max(...runs.map((run) => run.updates))
  return decide(updatesBounded, {
    statement: `${count(largest, 'update')} at most in ${count(runs.length, 'run')}; closest to its bound: ${worst.name}, ${readable(worst.updates)} of ${readable(allowed)} allowed`,
    measured: worst.updates,
    relation: '<=',
    bound: allowed,
    hypotheses,
    ...(worst.updates <= allowed && open(evidence, true)),
  })
}

/** Loss exactly 0 at the end of every run. */
export function decideGlobalMinimum(evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  if (runs.length === 0) return noRuns(globalMinimum, evidence)
  const worst = most(runs, (run) => run.loss)
  const zero = runs.filter((run) => run.loss === 0).length
  const broken = runs.some((run) => run.status === 'converged' && run.loss !== 0)
  return decide(globalMinimum, {
    statement: `the loss is exactly 0 at the end of ${zero} of ${count(runs.length, 'run')}${worst.loss > 0 ? `; ${readable(worst.loss)} with ${worst.name}` : ''}`,
    measured: worst.loss,
    relation: '<=',
    bound: 0,
    hypotheses,
    ...(!broken && open(evidence, true)),
  })
}

const names: readonly BoundName[] = ['paper', 'quad', 'slope', 'disp']

/**
 * Each of the four bounds changes little over the runs of a group. A statement about the scaling v = 1/√(2k) with rows
 * of the start of size 1/√(2k); with others the bounds do depend on k.
 *
 * @param options - tolerance, default 0.01: the relative change that counts as constant; which bounds are
 *   compared, default all four (the displacement bound depends on what the start does on the data)
 */
export function decideIndependence(
  evidence: Evidence,
  options: { readonly tolerance?: number; readonly which?: readonly BoundName[] } = {},
): Verdict {
  const { runs, hypotheses } = evidence
  const { tolerance = 0.01, which = names } = options
  if (runs.length === 0) return noRuns(boundIndependentOfWidth, evidence)
  const spread = (name: BoundName): number => {
    const groups = new Map<string, number[]>()
    for (const { bounds, group = '' } of runs)
      if (bounds) groups.set(group, [...(groups.get(group) ?? []), bounds[name]])
    const ratios = Array.from(
      groups.values(),
      (values) => Math.max(...values) / Math.min(...values),
    )
    return ratios.length > 0 ? Math.max(...ratios) - 1 : NaN
  }
  const worst = which.reduce((a, b) => (spread(b) > spread(a) ? b : a))
  const widths = runs.map((run) => run.k)
  const [from, to] = [Math.min(...widths), Math.max(...widths)]
  const measured = spread(worst)
  return decide(boundIndependentOfWidth, {
    statement: `from k = ${readable(from)} to ${readable(to)} the bounds change by ${readable(100 * measured, 2)} % at most; ${readable(100 * tolerance)} % allowed`,
    measured,
    relation: '<=',
    bound: tolerance,
    hypotheses,
    ...(!(measured > tolerance) &&
      (from === to ? { undecided: 'there is one width only' } : open(evidence, false))),
  })
}

/**
 * A claim about every update (lower line, envelope, Cauchy–Schwarz, identities): the smallest room over all
 * monitors of the claim and all runs is not negative, rounding of 1e-9 included.
 *
 * @param claim - one of those that `potentialMonitors` watches
 */
export function decidePotential(claim: Claim, evidence: Evidence): Verdict {
  const { runs, hypotheses } = evidence
  const rooms = runs.flatMap((run) =>
    (run.rooms ?? [])
      .filter((room) => room.claim === claim.id)
      .map((room) => ({ ...room, name: run.name })),
  )
  if (rooms.length === 0) return noRuns(claim, evidence)
  const least = rooms.reduce((a, b) => (b.room < a.room ? b : a))
  const updates = runs.reduce((sum, run) => sum + run.updates, 0)
  return decide(claim, {
    statement: `checked at ${count(updates, 'update')}; smallest slack ${readable(least.room, 3)} at update ${readable(least.update)} with ${least.name}`,
    measured: least.room,
    relation: '>=',
    bound: 0,
    hypotheses,
    ...(least.room >= 0 && open(evidence, false)),
  })
}
