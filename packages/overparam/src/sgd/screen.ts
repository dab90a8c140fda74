/**
 * A screen, which detects visits that are certainly without update without using the weights. An
 * update changes W by rank one, so bounds for an example are carried forward. Visits that a screen
 * does not decide go to the first layer: a run with a screen makes the same decisions as one
 * without, bit for bit.
 */
export interface Screen {
  /**
   * True if the primal algorithm would certainly find y N ≥ 1; false if the first layer must
   * decide.
   *
   * @param upcoming - the example visited a given number of steps later, −1 if unknown; by default
   *   all are unknown
   */
  clean(i: number, upcoming?: (offset: number) => number): boolean
  /** Records the pre-activations of the first layer for an example. */
  set(i: number, z: Float64Array, margin: number): void
  /**
   * Records an update: w_j += push_j x_example for all j, with the number of active units and y N =
   * `margin`.
   */
  update(example: number, push: Float64Array, active: number, margin: number): void
}
