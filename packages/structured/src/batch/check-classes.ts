import { ShapeError } from '@nonconvex/tensor'

/**
 * Throws ShapeError unless classes and weights are as many as rows, RangeError for a class that is
 * not from 0 to n − 1.
 */
export function checkClasses(
  name: 'nodes' | 'edges',
  classes: Int32Array,
  weights: Float64Array | undefined,
  rows: number,
  n: number,
): void {
  const lengths = { [name]: classes, ...(weights && { [`weights of ${name}`]: weights }) }
  for (const [what, list] of Object.entries(lengths))
    if (list.length !== rows)
      throw new ShapeError(
        `BatchedLayer.crossEntropy: ${what} must have length ${rows}, got ${list.length}`,
      )
  // a loop, as a call for each of thousands of pairs shows in the time of a step
  for (let r = 0; r < rows; r++)
    if (classes[r] < 0 || classes[r] >= n)
      throw new RangeError(
        `BatchedLayer.crossEntropy: classes of ${name} must be from 0 to ${n - 1}, got ${classes[r]}`,
      )
}
