import type { SgdStatus } from '@nonconvex/overparam'
import type { BiasFacts, PointLinearity, Spectrum } from '@nonconvex/overparam/inductive-bias'
import type { Sweep } from './experiment.js'

/** A trained network, as a function and as a matrix. */
export type NetMeasured = {
  readonly kind: 'net'
  readonly status: SgdStatus
  readonly updates: number
  readonly distinct: number
  readonly separable: boolean
  /** on new examples */
  readonly test: PointLinearity
  readonly trainR2: number
  /** of W_t − W_0, and of W_t */
  readonly change: Spectrum
  readonly weights: Spectrum
  readonly opposed: number
  /** least y N(x) on the training examples */
  readonly least: number
  /**
   * trace norm of the shortest change of W_0 along the separator of largest margin, of rank 1, with
   * that least; null without one
   */
  readonly rankOne: number | null
  /** largest margin of a unit vector on them, and the radius; null if nothing separates */
  readonly margin: number | null
  readonly radius: number
  /**
   * errors on new examples: of the network, of the linear function nearest to it, of the separator
   * of largest margin
   */
  readonly error: number
  readonly ruleError: number
  readonly marginError: number | null
  /**
   * fraction of test examples on which the network and that separator differ, and its cosine with the
   * nearest function
   */
  readonly marginDisagree: number | null
  readonly marginCosine: number | null
}

/** A run with the words that sentences use for it. */
export interface NamedNet {
  readonly name: string
  readonly alpha: number
  readonly k: number
  readonly measured: NetMeasured
}

/** The run as the claims see it. */
export const factsOf = ({ measured, ...named }: NamedNet): BiasFacts => ({ ...measured, ...named })

/** A run of a sweep. */
export interface SweptNet extends NamedNet {
  readonly sweep: Sweep
  readonly seed: number
  /** the number that the sweep varies */
  readonly at: number
}
