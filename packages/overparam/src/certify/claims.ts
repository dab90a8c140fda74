import type { Claim, Source } from '@nonconvex/optim/claims'

const source: Source = {
  ours: 'Gordan’s alternative: a separator exists, or a convex combination of the y x vanishes, and never both',
}

/** lo ≤ γ ≤ hi, with both ends certified. */
export const marginCertified: Claim = {
  id: 'overparam/margin-certified',
  title: 'The largest margin is known from both sides',
  rigor: 'float64',
  source,
}

/** Σ λ_i y_i x_i = 0 for λ ≥ 0, Σλ = 1: shown in rational arithmetic. */
export const noSeparator: Claim = {
  id: 'overparam/no-separator',
  title: 'Rows contradict each other: no separator through the origin exists',
  rigor: 'proof',
  source,
}

/**
 * ‖Σ λ_i y_i x_i‖ ≤ 10⁻⁹ R for λ ≥ 0, Σλ = 1: what float64 can show of `noSeparator`, and so under
 * its id.
 */
export const noMargin: Claim = {
  id: noSeparator.id,
  title: 'Rows cancel up to rounding: no unit vector has a margin above 10⁻⁹ R',
  rigor: 'float64',
  source,
}
