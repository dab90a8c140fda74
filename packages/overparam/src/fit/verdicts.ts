import { verdictOn, type Verdict } from '@nonconvex/optim/claims'
import { marginCertified, noMargin, noSeparator } from '../certify/claims.js'
import {
  cauchySchwarz,
  globalMinimum,
  lowerLine,
  normEnvelope,
  updateIdentities,
  updatesBounded,
} from '../claims/claims.js'
import { theoremHypotheses, type Separable } from '../claims/facts.js'
import type { Examples } from '../data/dataset.js'
import { subsetRebuilds } from '../generalization/claims.js'
import { differingWeights, retrain } from '../generalization/retrain.js'
import { ALPHA, type Trained } from './run-width.js'
import type { Separation } from './separate.js'

const separableOf = ({ kind }: Separation): Separable =>
  kind === 'separable' ? 'yes' : kind === 'inseparable' ? 'no' : 'unknown'

/**
 * The largest number of visits of a run that is repeated to show that it depends on its updated
 * examples only.
 */
const MOST_REBUILT = 2e7

/**
 * The claims of a fit: the margin, the theorem and every inequality of its proof, and the
 * foundations of the guarantees.
 */
export function fitVerdicts(
  data: Examples,
  trained: readonly Trained[],
  found: {
    readonly separation: Separation
    /** radius of the rows that were separated */
    readonly radius: number
    readonly standardise: boolean
  },
): readonly Verdict[] {
  const { separation, radius, standardise } = found
  const separable = separableOf(separation)
  const facts = {
    runs: trained.map((one) => one.facts),
    hypotheses: theoremHypotheses({
      separable,
      ...(separation.kind === 'separable' && { gamma: separation.lo }),
      alpha: ALPHA,
    }),
  }
  const lines = [lowerLine, normEnvelope, cauchySchwarz, updateIdentities]
  const last = trained[trained.length - 1]
  return [
    separation.kind === 'inseparable'
      ? verdictOn(separation.exact ? noSeparator : noMargin, {
          rows: separation.witness.length,
          residual: separation.residual,
          radius,
          exact: separation.exact,
        })
      : verdictOn(marginCertified, {
          separable,
          lo: separation.lo,
          hi: separation.hi,
          proven: separation.kind === 'separable' && separation.proven,
        }),
    verdictOn(updatesBounded, facts),
    verdictOn(globalMinimum, facts),
    // without a separator nothing is watched
    ...(separable === 'yes' ? lines.map((line) => verdictOn(line, facts)) : []),
    ...(standardise || last.run.steps > MOST_REBUILT ? [] : [rebuilt(data, last)]),
  ]
}

/**
 * The verdict from comparing the run on the updated examples alone with the run on all examples.
 */
function rebuilt(data: Examples, { run, net, options, outcome }: Trained): Verdict {
  const again = retrain(data, options, outcome.sequence).net.weights
  const differing = differingWeights(net.weights, again)
  return verdictOn(subsetRebuilds, [{ name: `k = ${run.k}`, differing, lacking: 0 }])
}
