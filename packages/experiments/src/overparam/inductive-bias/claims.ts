import {
  decide,
  hypothesis,
  readable,
  type Claim,
  type Hypothesis,
  type Verdict,
} from '@nonconvex/optim/claims'
import { source } from '../source.js'
import type { NetMeasured } from './measure.js'

/** r2 ≥ 0.8 on new points. */
const likesLinear: Claim = {
  id: 'overparam/likes-linear',
  title: 'SGD on separable data ends at a function that is linear to first order',
  rigor: 'float64',
  source: { ...source, theorem: 'SGD likes linear networks', ours: 'how linear, as a number' },
}

/** An explicit change has less. */
const notLeastNorm: Claim = {
  id: 'overparam/trace-norm-not-least',
  title:
    'SGD does not end at the least trace norm: a change of rank 1 that fits as well has less than W − W₀',
  rigor: 'float64',
  source: {
    ...source,
    theorem: 'open: minimal rank or trace norm?',
    ours: 'the change of rank 1',
  },
}

/** Errors on test digits. */
const beyondLinear: Claim = {
  id: 'overparam/beyond-linear',
  title: 'On digits a wide network errs less than the linear rules beside it',
  rigor: 'float64',
  source: { ...source, ours: 'what is not linear in the function matters' },
}

/** A run with the words that sentences use for it. */
export interface NamedNet {
  readonly name: string
  readonly alpha: number
  readonly k: number
  readonly measured: NetMeasured
}

/** Partly linear, from this share of the energy of the outputs on. */
const PARTLY = 0.8
const NEARLY = 0.95
/**
 * Share of new points on which network and linear function may differ for the network to count as
 * near-linear.
 */
const DIFFER = 0.01

/** In a word. */
export function kindOf({ test }: NetMeasured): 'near-linear' | 'partly linear' | 'non-linear' {
  if (test.r2 >= NEARLY && test.disagree <= DIFFER) return 'near-linear'
  return test.r2 >= PARTLY ? 'partly linear' : 'non-linear'
}

export const runs = (count: number): string => `${readable(count)} run${count === 1 ? '' : 's'}`

export const hypothesesOf = (nets: readonly NamedNet[]): readonly Hypothesis[] => [
  hypothesis(
    'a separator through the origin exists',
    nets.every(({ measured }) => measured.separable),
  ),
  hypothesis(
    'the leak α is in (0, 1]',
    nets.every(({ alpha }) => alpha > 0),
  ),
]

export function open(nets: readonly NamedNet[], missing: number): { readonly undecided?: string } {
  const cut = nets.filter(({ measured }) => measured.status !== 'converged').length
  if (missing > 0) return { undecided: `${runs(missing)} to come` }
  return cut > 0 ? { undecided: `${runs(cut)} of ${nets.length} did not end by themselves` } : {}
}

export const least = (nets: readonly NamedNet[], of: (net: NamedNet) => number): NamedNet =>
  nets.reduce((a, b) => (of(b) < of(a) ? b : a))

/**
 * The nearest linear function has at least 0.8 of the energy of the outputs on new points, in every
 * run.
 */
export function decideLikesLinear(nets: readonly NamedNet[], missing: number): Verdict {
  if (nets.length === 0)
    return decide(likesLinear, { statement: 'no runs yet', undecided: 'nothing was run' })
  const r2 = ({ measured }: NamedNet): number => measured.test.r2
  const worst = least(nets, r2)
  const near = nets.filter(({ measured }) => kindOf(measured) === 'near-linear').length
  return decide(likesLinear, {
    statement: `the nearest linear function has ${readable(100 * r2(worst), 3)} % of the energy of the outputs on new points at least, with ${worst.name}; ${readable(near)} of ${runs(nets.length)} are near-linear (95 %, and other signs on at most 1 %)`,
    measured: r2(worst),
    relation: '>=',
    bound: PARTLY,
    hypotheses: hypothesesOf(nets),
    ...(r2(worst) >= PARTLY && open(nets, missing)),
  })
}

/**
 * ‖W_t − W_0‖_* over that of the shortest change along the separator of largest margin that fits as
 * well; null if there is none.
 */
export const normRatio = ({ measured: m }: NamedNet): number | null =>
  m.rankOne === null || !(m.rankOne > 0 && m.least > 0) ? null : m.change.nuclear / m.rankOne

/**
 * In every run there is a change of the same start of less trace norm, of rank 1, that fits as
 * well.
 */
export function decideNotLeastNorm(nets: readonly NamedNet[], missing: number): Verdict {
  const compared = nets.flatMap((net) => {
    const ratio = normRatio(net)
    return ratio === null ? [] : [{ ...net, ratio }]
  })
  const hypotheses = hypothesesOf(nets)
  if (compared.length === 0)
    return decide(notLeastNorm, {
      statement: `${runs(nets.length)}, none with a separator that fits`,
      hypotheses: nets.length > 0 ? hypotheses : [],
      undecided: 'there is nothing to compare',
    })
  const closest = compared.reduce((a, b) => (b.ratio < a.ratio ? b : a))
  const largest = Math.max(...compared.map(({ ratio }) => ratio))
  return decide(notLeastNorm, {
    statement: `the trace norm of W − W₀ is ${readable(closest.ratio, 3)} (${closest.name}) to ${readable(largest, 3)} times that of a change of rank 1 from the same start to the same least margin, in ${runs(compared.length)}`,
    measured: closest.ratio,
    relation: '>=',
    bound: 1,
    hypotheses,
    ...(closest.ratio >= 1 && open(nets, missing)),
  })
}

/** Widths from which a network counts as wide. */
const WIDE = 10

/**
 * Each wide network errs less on test digits than the nearest linear function and the separator of
 * largest margin.
 */
export function decideBeyondLinear(nets: readonly NamedNet[], missing: number): Verdict {
  const wide = nets.filter(({ k }) => k >= WIDE)
  if (wide.length === 0)
    return decide(beyondLinear, { statement: 'no runs yet', undecided: 'nothing was run' })
  const linear = ({ measured: m }: NamedNet): number => Math.min(m.ruleError, m.marginError ?? 1)
  const gain = (net: NamedNet): number => linear(net) - net.measured.error
  const worst = least(wide, gain)
  const percent = (value: number): string => `${readable(100 * value, 3)} %`
  return decide(beyondLinear, {
    statement: `closest with ${worst.name}: test error ${percent(worst.measured.error)}, ${percent(linear(worst))} for the better of two linear rules`,
    measured: worst.measured.error,
    relation: '<=',
    bound: linear(worst),
    hypotheses: hypothesesOf(wide),
    ...(gain(worst) >= 0 && open(wide, missing)),
  })
}
