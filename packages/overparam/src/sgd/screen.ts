/**
 * Tells visits that are certainly clean without looking at the weights. Only W changes, and by rank
 * one at an update, so what is known of an example is carried along. All that a screen does not
 * answer is left to the first layer: a run with a screen makes the decisions of the run without,
 * bit for bit.
 */
export interface Screen {
  /**
   * True if the primal algorithm would certainly find y N ≥ 1 here; false if it has to be looked
   * at.
   *
   * @param upcoming - the example that is visited so many steps later, −1 if that is not known;
   *   nothing is known without it
   */
  clean(i: number, upcoming?: (offset: number) => number): boolean
  /** Takes note of what the first layer found for an example. */
  set(i: number, z: Float64Array, margin: number): void
  /**
   * Takes note of an update: w_j += push_j x_example for all j, where so many units were active and
   * y N was `margin`.
   */
  update(example: number, push: Float64Array, active: number, margin: number): void
}
