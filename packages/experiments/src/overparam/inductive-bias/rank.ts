import { decide, hypothesis, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'
import { source } from '../source.js'
import { hypothesesOf, least, open, runs, type NamedNet } from './claims.js'

/** W_t − W_0 against the nearest matrix of rank 1. */
const notLeastRank: Claim = {
  id: 'overparam/rank-not-least',
  title:
    'With a kink SGD does not end at the least rank: W − W₀ is not of rank 1, though a change of rank 1 fits',
  rigor: 'float64',
  source: {
    ...source,
    theorem: 'open: minimal rank or trace norm?',
    ours: 'the change of rank 1',
  },
}

/** Leaks above it bend too little to be told from rounding. */
const BENT = 0.999
/**
 * Relative distances to rank 1 below it may be rounding: singular values are known to 1e-7 of the
 * largest.
 */
const ROUNDING = 1e-6

/**
 * In no run with a kink is W_t − W_0 of rank 1. That rank would do: along a separator, from any
 * start, every margin grows without bound. With α = 1 all slopes are equal, each update changes the
 * rows in the same proportion, and the rank is 1.
 */
export function decideNotLeastRank(nets: readonly NamedNet[], missing: number): Verdict {
  if (nets.length === 0)
    return decide(notLeastRank, { statement: 'no runs yet', undecided: 'nothing was run' })
  const bent = nets.filter(({ alpha }) => alpha <= BENT)
  const straight = nets.filter(({ alpha }) => alpha === 1)
  const judged = bent.length > 0 ? bent : nets
  const distance = ({ measured }: NamedNet): number => measured.change.offRankOne
  const closest = least(judged, distance)
  const ones = straight.filter((net) => distance(net) < ROUNDING).length
  return decide(notLeastRank, {
    statement: `in ${runs(judged.length)} W − W₀ is at least ${readable(100 * distance(closest), 3)} % of its norm away from every matrix of rank 1 (${closest.name})${straight.length > 0 ? `; with α = 1 it is of rank 1 in ${readable(ones)} of ${runs(straight.length)}` : ''}`,
    measured: distance(closest),
    relation: '>=',
    bound: ROUNDING,
    hypotheses: [
      ...hypothesesOf(judged),
      hypothesis('there is a kink: the leak α is at most 0.999', bent.length > 0),
      hypothesis(
        'at least two examples were updated',
        judged.every(({ measured }) => measured.distinct >= 2),
      ),
    ],
    ...(distance(closest) >= ROUNDING && open(nets, missing)),
  })
}
