/** Corners x1, y1, x2, y2. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number]

/** Throws RangeError unless all corners are finite. */
export function checkBox(fn: string, name: string, box: Box): void {
  if (box.length !== 4 || !box.every(Number.isFinite))
    throw new RangeError(`${fn}: ${name} must be four finite numbers, got ${box.join(', ')}`)
}

/**
 * Area of the intersection over area of the union, in [0, 1].
 *
 * @param a - corners; a side with reversed corners has length 0
 * @param inclusive - whether the last pixel belongs to a box, as in Visual Genome: widths and
 *   heights are one larger
 * @returns 0 if the union has no area
 * @throws RangeError for corners that are not finite
 * Cost: O(1). Source: the overlap of the PASCAL VOC challenge.
 *
 * @example
 * import { boxOverlap } from '@nonconvex/structured/recall'
 * console.log(boxOverlap([0, 0, 10, 10], [0, 0, 10, 5], false)) // → 0.5
 */
export function boxOverlap(a: Box, b: Box, inclusive: boolean): number {
  checkBox('boxOverlap', 'a', a)
  checkBox('boxOverlap', 'b', b)
  return overlapOf(a, b, inclusive)
}

/** {@link boxOverlap} without checks. */
export function overlapOf(a: Box, b: Box, inclusive: boolean): number {
  const extra = inclusive ? 1 : 0
  const side = (low: number, high: number): number => Math.max(0, high - low + extra)
  const area = ([x1, y1, x2, y2]: Box): number => side(x1, x2) * side(y1, y2)
  const common =
    side(Math.max(a[0], b[0]), Math.min(a[2], b[2])) *
    side(Math.max(a[1], b[1]), Math.min(a[3], b[3]))
  const union = area(a) + area(b) - common
  return union > 0 ? common / union : 0
}

/** The smallest box that contains both. */
export const boxAround = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]
