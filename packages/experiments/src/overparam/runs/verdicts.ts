import type { Verdict } from '@nonconvex/optim/claims'
import {
  cauchySchwarz,
  decideGlobalMinimum,
  decidePotential,
  decideUpdates,
  lowerLine,
  normEnvelope,
  theoremHypotheses,
  updateIdentities,
  type Evidence,
  type Separable,
} from '@nonconvex/overparam'
import { factsOf, type Measured } from './facts.js'

/** A run with the words that sentences use for it. */
export interface NamedRun {
  readonly name: string
  /** data set: bounds are compared within one */
  readonly group: string
  readonly measured: Measured
}

/** What is known over all data sets: the weakest of the answers. */
function weakest(runs: readonly NamedRun[]): Separable {
  const answers = runs.map((run) => run.measured.separable)
  if (answers.includes('no')) return 'no'
  return answers.length === 0 || answers.includes('unknown') ? 'unknown' : 'yes'
}

/** Runs so far, number still to come, and the hypotheses of the theorem as found. */
export function evidenceFrom(runs: readonly NamedRun[], missing: number, alpha: number): Evidence {
  const gammas = runs.flatMap(({ measured }) => (measured.setting ? [marginOf(measured)] : []))
  return {
    runs: runs.map(({ measured, name, group }) => factsOf(measured, name, group)),
    missing,
    hypotheses: theoremHypotheses({
      separable: weakest(runs),
      ...(gammas.length > 0 && { gamma: Math.min(...gammas) }),
      alpha,
    }),
  }
}

/** γ/‖w*‖: the margin of the unit separator. */
const marginOf = (m: Measured): number => (m.setting ? m.setting.gamma / m.setting.wStarNorm : 0)

/** The theorem and every line of its proof, in the order of the report. */
export function theoremVerdicts(evidence: Evidence): readonly Verdict[] {
  return [
    decideUpdates(evidence),
    decideGlobalMinimum(evidence),
    decidePotential(lowerLine, evidence),
    decidePotential(normEnvelope, evidence),
    decidePotential(cauchySchwarz, evidence),
    decidePotential(updateIdentities, evidence),
  ]
}
