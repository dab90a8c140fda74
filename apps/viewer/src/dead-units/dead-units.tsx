import '../style/dead-units.css'
import { findExperiment } from '@nonconvex/experiments'
import { deadProbability, reluFailureProbability } from '@nonconvex/overparam/relu'
import { counted } from '@nonconvex/optim/claims'
import { useMemo } from 'preact/hooks'
import type { ExplorerProps } from '../explore/explorer.js'
import { formatAddress } from '../state/address.js'
import { numberText } from '../state/text.js'
import type { DeadUnitsParams } from './params.js'
import { RatePicture } from './rate-picture.js'
import { DRAWS, failureRates, wallOf, type Wall } from './wall.js'
import { WallPicture } from './wall-picture.js'

/** Which units are active on which coordinate, and what SGD makes of it. */
export function DeadUnits({ params, seed }: ExplorerProps<DeadUnitsParams>) {
  const { d, k, alpha } = params
  const wall = useMemo(() => wallOf({ d, k, alpha }, seed), [d, k, alpha, seed])
  const rates = useMemo(() => failureRates(d, seed), [d, seed])
  const experiment = findExperiment('overparam/relu-failure')
  const quick = experiment.params.parse({ ...experiment.presets.quick, d })
  return (
    <div class="dead-units by-hand">
      <div class="picture">
        <WallPicture wall={wall} leaky={alpha > 0} />
        <p class="remark" role="status">
          {wallText(wall, alpha)}
        </p>
        <p>{chanceText(params)}</p>
      </div>
      <RatePicture rates={rates} d={d} k={k} />
      <p class="note">
        The examples are e₁, …, e_d with label +1, so a coordinate sees the units alone. A cell is
        lit where w_ji &gt; 0 at initialization; an update on e_i changes active units of column i
        only. Curve: the exact probability; dots: {DRAWS} random initializations of each width, with
        99 % intervals.
      </p>
      <p class="note">
        Certified with trained networks:{' '}
        <a href={formatAddress(experiment, quick, seed)}>{experiment.title}</a>.
      </p>
    </div>
  )
}

/** The wall, and the run of SGD from it. */
function wallText({ d, dead, wrong, updates, status }: Wall, alpha: number): string {
  if (alpha > 0)
    return `With slope α = ${numberText(alpha)} every unit passes a gradient on every coordinate: no column is dark. SGD reached ${status === 'converged' ? 'loss 0' : 'its step limit'} after ${counted(updates, 'update')}; ${numberText(wrong.length)} of ${d} coordinates are misclassified.`
  if (dead.length === 0)
    return `No column is dark: every coordinate has an active unit. SGD reached loss 0 after ${counted(updates, 'update')}.`
  const same = dead.length === wrong.length && dead.every((i) => wrong.includes(i))
  return `${numberText(dead.length)} of ${d} columns are dark: no unit is active on these coordinates, and no update changes that. SGD misclassifies ${numberText(wrong.length)} coordinates${same ? ', exactly these' : ''}.`
}

/** The exact probabilities. */
function chanceText({ d, k, alpha }: DeadUnitsParams): string {
  if (alpha > 0) return 'With a leaky ReLU the probability of failure is 0, at every width.'
  const one = deadProbability(k)
  return `A column is dark with probability 2⁻ᵏ = ${numberText(one, 3)}, so ${numberText(d * one, 3)} of ${d} are expected; SGD fails with probability 1 − (1 − 2⁻ᵏ)ᵈ = ${numberText(reluFailureProbability(d, k), 3)}.`
}
