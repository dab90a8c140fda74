import type { Claim, Source } from '@nonconvex/optim/claims'

const source: Source = {
  talk: 'Over-parameterised networks on separable data',
  paper:
    'Brutzkus, Globerson, Malach, Shalev-Shwartz (2018), SGD learns over-parameterized networks that provably generalize on linearly separable data, arXiv 1710.10174',
}

/** Loss n₊/n in a neighbourhood. */
export const reluBadMinima: Claim = {
  id: 'overparam/relu-bad-minimum',
  title: 'A ReLU network has a bad local minimum on every separable set with both classes',
  rigor: 'float64',
  source: { ...source, theorem: 'bad local minima of ReLU', ours: 'the construction' },
}

/** P = 1 − (1 − 2^{−k})^d. */
export const reluFails: Claim = {
  id: 'overparam/relu-fails',
  title: 'SGD on a narrow ReLU network fails as often as its dead coordinates say',
  rigor: 'statistical',
  source: {
    ...source,
    theorem: 'a distribution on which SGD fails with ReLU',
    ours: 'the exact probability, 1 − (1 − 2^{−k})^d',
  },
}

/** U ≤ Σ ⌈(1 − N_0)/(ηv²p)⌉. */
export const reluSucceeds: Claim = {
  id: 'overparam/relu-succeeds',
  title: 'Without a dead coordinate SGD reaches a global minimum after a bounded number of updates',
  rigor: 'float64',
  source: {
    ...source,
    theorem: 'a large network overcomes dead ReLUs',
    ours: 'the number of updates',
  },
}

/** P → 1 − exp(−2^{−κ}), κ = k − log₂ d. */
export const reluTransition: Claim = {
  id: 'overparam/relu-transition',
  title: 'How often SGD fails depends on k − log₂ d alone, up to 0.55/d',
  rigor: 'statistical',
  source: {
    ...source,
    theorem: 'a large network overcomes dead ReLUs',
    ours: 'the limit, 1 − exp(−2^{−κ}) with κ = k − log₂ d, and the distance to it',
  },
}

/** The same data, the same starts, a leak. */
export const leakSucceeds: Claim = {
  id: 'overparam/leak-succeeds',
  title: 'With a leak SGD never fails on the same data, even with one unit of each sign',
  rigor: 'float64',
  source: { ...source, theorem: 'convergence to a global minimum' },
}
