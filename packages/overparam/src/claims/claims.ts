import type { Claim, Source } from '@nonconvex/optim'

const source: Source = {
  talk: 'Over-parameterised networks on separable data',
  paper:
    'Brutzkus, Globerson, Malach, Shalev-Shwartz (2018), SGD learns over-parameterized networks that provably generalize on linearly separable data, arXiv 1710.10174',
}

/** U ≤ B: the theorem itself. */
export const updatesBounded: Claim = {
  id: 'overparam/updates-bounded',
  title: 'SGD stops after a bounded number of updates, whatever the width',
  rigor: 'float64',
  source: { ...source, theorem: 'number of non-zero updates' },
}

/** F_t ≥ F_0 + ηvγA_t ≥ F_0 + 2kηvαγt. */
export const lowerLine: Claim = {
  id: 'overparam/lower-line',
  title: 'Every update moves the weights towards the separator by at least a fixed amount',
  rigor: 'float64',
  source: { ...source, theorem: 'number of non-zero updates, first potential' },
}

/** S_t ≤ S_0 + t(2η + 2kη²v²R²), and sharper with the slopes. */
export const normEnvelope: Claim = {
  id: 'overparam/norm-envelope',
  title: 'The norm of the weights stays under its envelope at every update',
  rigor: 'float64',
  source: {
    ...source,
    theorem: 'number of non-zero updates, second potential',
    ours: 'the envelope with slopes: s² = (1+α)s − α for s in {α, 1}',
  },
}

/** F_t ≤ √(2k)‖w*‖ √S_t. */
export const cauchySchwarz: Claim = {
  id: 'overparam/cauchy-schwarz',
  title: 'The alignment with the separator never exceeds what the norm allows',
  rigor: 'float64',
  source: { ...source, theorem: 'number of non-zero updates, Cauchy–Schwarz' },
}

/** F_t − F_{t−1} = ηvσ_t y w*·x and S_t − S_{t−1} = 2ηyN + η²v²‖x‖² Σ s². */
export const updateIdentities: Claim = {
  id: 'overparam/update-identities',
  title: 'Each update changes both potentials by exactly what the proof says',
  rigor: 'float64',
  source: { ...source, ours: 'σ(z) = s z for the slope used, so Σ v_j s_j w_j·x = N(x)' },
}

/**
 * The same bound for every k, when v = 1/√(2k) and the rows of the start shrink like 1/√(2k).
 *
 * How it is read: M_k, B_quad and B_slope have no k in them then, and neither has B_disp for a given initial
 * excess e. But e belongs to the start that was drawn: it is random and smaller for wider networks, on digits 0.04
 * to 0.07 at k = 1 and 0.013 at k = 300, so that B_disp with each run's own e falls by 3 to 5 %. Therefore B_disp
 * is compared at the largest e of the runs. It increases in e, so that is a valid bound for each of
 * them. This claims less than "every bound changes by less than 1 %"; `decideIndependence` says in words how
 * much B_disp moves with each run's own e.
 */
export const boundIndependentOfWidth: Claim = {
  id: 'overparam/bound-independent-of-width',
  title: 'The bound on the number of updates does not depend on the width',
  rigor: 'float64',
  source: {
    ...source,
    theorem: 'number of non-zero updates, independence of k',
    ours: 'the bound measured from the start is compared at one initial excess, the largest',
  },
}

/** Loss exactly 0. */
export const globalMinimum: Claim = {
  id: 'overparam/global-minimum',
  title: 'SGD ends at a global minimum: the training loss is exactly 0',
  rigor: 'float64',
  source: { ...source, theorem: 'convergence to a global minimum' },
}
