import type { Claim, Source } from '@nonconvex/optim/claims'

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
 * How it is read: kηv² = η/2 then, and the start enters the bounds through numbers without k in
 * them: B_quad and B_slope through F_0 and S_0, sums over all rows, which differ between draws by a
 * few 1/√(2kd) of themselves and are small beside the rest; M_k through R_0/v, the largest of 2k
 * rows; B_disp through e, the worst of n examples. These two are extremes of a draw, not means:
 * with r = √(S_0/2k), the root mean square of the rows, R_0/r grows slowly with their number (on 20
 * features 1.2 at k = 1, 1.5 at k = 300), and e falls (on digits from 0.04 to 0.07 at k = 1 to
 * 0.013 at k = 300, on 20 features from 0.34 to 0.1), so that M_k with each run's own R_0/r moves
 * by about 1 % and B_disp with its own e by 3 to 5 % on digits, by 20 to 40 % on 20 features.
 * Therefore M_k is compared at the largest R_0/r of the runs and B_disp at the largest e. They
 * increase in them, so these are valid bounds for each of the runs; r itself stays that of the run,
 * so that starts which do not shrink are seen. This claims less than "every bound of every run
 * changes by less than 1 %"; `decideIndependence` says in words how much the two move with each
 * run's own.
 */
export const boundIndependentOfWidth: Claim = {
  id: 'overparam/bound-independent-of-width',
  title: 'The bound on the number of updates does not depend on the width',
  rigor: 'float64',
  source: {
    ...source,
    theorem: 'number of non-zero updates, independence of k',
    ours: 'the published bound is compared at one ratio of the largest to the usual row of the start, the one measured from the start at one initial excess',
  },
}

/** Loss exactly 0. */
export const globalMinimum: Claim = {
  id: 'overparam/global-minimum',
  title: 'SGD ends at a global minimum: the training loss is exactly 0',
  rigor: 'float64',
  source: { ...source, theorem: 'convergence to a global minimum' },
}
