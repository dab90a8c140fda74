/**
 * An update of SGD, with both potentials after it. Update 0 is the initialization, without an
 * example and with all counts 0.
 */
export interface UpdateState {
  /** t: 1 for the first update */
  readonly update: number
  /** the step, counted from 1, at which it happened */
  readonly step: number
  /** index of the example */
  readonly example: number
  /** y N(x) before the update; below 1 */
  readonly margin: number
  /** units with slope 1; the other 2k − active have slope α */
  readonly active: number
  /** σ_t, the sum of the slopes */
  readonly slopes: number
  /** ‖x‖² */
  readonly norm2: number
  /** y w*·x */
  readonly separation: number
  /** F_t = ⟨W_t, W*⟩ */
  readonly f: number
  /** S_t = ‖W_t‖² */
  readonly s: number
  /** A_t = σ_1 + … + σ_t */
  readonly a: number
}

/** The potentials F and S of weights stored by feature, in one pass. */
export function potentials(
  w: Float64Array,
  wStar: Float64Array,
  units: number,
): { readonly f: number; readonly s: number } {
  const k = units / 2
  let f = 0
  let s = 0
  for (let c = 0, at = 0; c < wStar.length; c++, at += units) {
    let difference = 0
    for (let j = at; j < at + k; j++) {
      difference += w[j]
      s += w[j] * w[j]
    }
    for (let j = at + k; j < at + units; j++) {
      difference -= w[j]
      s += w[j] * w[j]
    }
    f += wStar[c] * difference
  }
  return { f, s }
}

/**
 * The sum of slopes σ = Σ_j s_j if `active` of the 2k units have slope 1 and the others slope α.
 */
export function slopeSum(
  active: number,
  net: { readonly k: number; readonly alpha: number },
): number {
  return active + net.alpha * (2 * net.k - active)
}
