/** Corners x1, y1, x2, y2. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number]

/**
 * Area of the intersection over area of the union; 0 if the union has none.
 *
 * @param inclusive - whether the last pixel belongs to a box, as in Visual Genome: widths and heights are one larger
 */
export function boxOverlap(a: Box, b: Box, inclusive: boolean): number {
  const extra = inclusive ? 1 : 0
  const side = (low: number, high: number): number => Math.max(0, high - low + extra)
  const area = ([x1, y1, x2, y2]: Box): number => side(x1, x2) * side(y1, y2)
  const common =
    side(Math.max(a[0], b[0]), Math.min(a[2], b[2])) *
    side(Math.max(a[1], b[1]), Math.min(a[3], b[3]))
  const union = area(a) + area(b) - common
  return union > 0 ? common / union : 0
}

/** The smallest box that holds both. */
export const boxAround = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]
