import type { Claim, Source } from '@nonconvex/optim/claims'

const source: Source = {
  talk: 'Over-parameterised networks on separable data',
  paper:
    'Brutzkus, Globerson, Malach, Shalev-Shwartz (2018), SGD learns over-parameterized networks that provably generalize on linearly separable data, arXiv 1710.10174',
}

/** The run on the updated examples is the run on all. */
export const subsetRebuilds: Claim = {
  id: 'overparam/subset-rebuilds',
  title: 'Training on the updated examples alone gives the same network, bit for bit',
  rigor: 'float64',
  source: {
    ...source,
    theorem: 'generalisation by compression (Littlestone & Warmuth 1986)',
    ours: 'the subset is the whole code: order and multiplicity of the updates cost nothing',
  },
}

/** P(error > bound) ≤ δ. */
export const boundCovers: Claim = {
  id: 'overparam/bound-covers',
  title: 'A guarantee with probability 1 − δ fails in no more than a share δ of the samples',
  rigor: 'statistical',
  source: { ...source, theorem: 'generalisation, error O(‖w*‖²/n log(n/δ))' },
}

/** E[error of n] ≤ E[c of n + 1]/(n + 1). */
export const leaveOneOut: Claim = {
  id: 'overparam/leave-one-out',
  title: 'The mean error is at most the mean share of updated examples',
  rigor: 'statistical',
  source: {
    ...source,
    ours: 'an example that was never updated can be left out: the run is the same',
  },
}

/** The same for the error on held-out examples, after Clopper and Pearson. */
export const heldOutCovers: Claim = {
  id: 'overparam/held-out-covers',
  title: 'What held-out examples allow fails in no more than a share δ of the samples',
  rigor: 'statistical',
  source: { ...source, ours: 'the tail of the binomial, inverted (Clopper & Pearson 1934)' },
}

/** Held-out examples do not contradict the guarantee. */
export const certificateConfirmed: Claim = {
  id: 'overparam/certificate-confirmed',
  title: 'New examples agree with the guarantee that the run gives by itself',
  rigor: 'statistical',
  source: { ...source, theorem: 'generalisation by compression (Littlestone & Warmuth 1986)' },
}
