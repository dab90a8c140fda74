import { checkFiniteVector, checkPositive } from '@nonconvex/tensor/check'
import { ShapeError, type Matrix, type Vec } from '@nonconvex/tensor'
import { boxOverlap, type Box } from '../recall/boxes.js'

/** The number of box features of an object, and of an ordered pair. */
export const boxFeatureCounts: { readonly node: number; readonly pair: number } = {
  node: 13,
  pair: 6,
}

/** The boxes of an image and its size, in pixels. */
export interface BoxedImage {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
}

/** Features of boxes for SceneInput. */
export interface BoxFeatures {
  /** n × 13 */
  readonly nodeFeatures: Matrix
  /** n² × 6, row i * n + j; zeros on the diagonal */
  readonly pairFeatures: Matrix
}

/**
 * Positions of boxes as permutation-equivariant features.
 *
 *     node i:  x1/W, y1/H, x2/W, y2/H, area/(W H),
 *              #{j: v_j < v_i}/max(1, n − 1), #{j: v_j > v_i}/max(1, n − 1)   for v = x1, y1, area, confidence
 *     pair ij: (dx, dy)/D from the center of i to that of j, D the diagonal of the smallest box around both,
 *              log(w_i/w_j), log(h_i/h_j), IoU, fraction of i's area inside j
 *
 * Counts are strict, so that equal boxes have equal features; ranks in a sorted list would depend
 * on the order of ties. Sides are at least one pixel in the logarithms; quotients with denominator
 * 0 are 0.
 *
 * @param image - sizes finite and above 0, corners finite; boxes may be empty or leave the image
 * @param confidence - [n], the detector's confidence in each box; default: equal
 * @returns finite features, in [0, 1] for boxes inside the image, [−1, 1] for dx/D and dy/D, except
 *   the logarithms
 * @throws RangeError for a size or a corner out of range; ShapeError if confidence has another
 *   length
 * Cost: O(n²). Source: Herzig et al. (2018); counts in place of their ranks, and D, are ours.
 *
 * @example
 * import { boxFeatures } from '@nonconvex/structured/scenes'
 * const image = { width: 100, height: 100, boxes: [[0, 0, 50, 50], [0, 0, 100, 100]] as const }
 * const { pairFeatures } = boxFeatures(image)
 * // of the pair (0, 1): a quarter of the union is common, all of the first box lies in the second
 * console.log(pairFeatures.data.subarray(10, 12)) // → Float64Array(2) [ 0.25, 1 ]
 */
export function boxFeatures(image: BoxedImage, confidence?: Vec): BoxFeatures {
  check(image, confidence)
  const { width, height, boxes } = image
  const n = boxes.length
  const { node, pair } = boxFeatureCounts
  const nodes = new Float64Array(n * node)
  const areas = boxes.map(areaOf)
  const columns = [
    boxes.map(([x1]) => x1),
    boxes.map(([, y1]) => y1),
    areas,
    confidence ?? new Float64Array(n),
  ]
  boxes.forEach(([x1, y1, x2, y2], i) => {
    const corners = [x1 / width, y1 / height, x2 / width, y2 / height]
    nodes.set([...corners, areas[i] / (width * height)], i * node)
    columns.forEach((values, column) => {
      let [less, more] = [0, 0]
      for (let j = 0; j < n; j++) {
        if (values[j] < values[i]) less++
        if (values[j] > values[i]) more++
      }
      const others = Math.max(1, n - 1)
      nodes.set([less / others, more / others], i * node + 5 + 2 * column)
    })
  })
  const pairs = new Float64Array(n * n * pair)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (i !== j) pairs.set(ofPair(boxes[i], boxes[j], areas[i]), (i * n + j) * pair)
  return {
    nodeFeatures: { rows: n, cols: node, data: nodes },
    pairFeatures: { rows: n * n, cols: pair, data: pairs },
  }
}

const sides = ([x1, y1, x2, y2]: Box): readonly [number, number] => [
  Math.max(0, x2 - x1),
  Math.max(0, y2 - y1),
]

function areaOf(box: Box): number {
  const [w, h] = sides(box)
  return w * h
}

function ofPair(a: Box, b: Box, area: number): readonly number[] {
  const around: Box = [
    Math.min(a[0], b[0], a[2], b[2]),
    Math.min(a[1], b[1], a[3], b[3]),
    Math.max(a[0], b[0], a[2], b[2]),
    Math.max(a[1], b[1], a[3], b[3]),
  ]
  const [W, H] = sides(around)
  const diagonal = Math.sqrt(W * W + H * H)
  const over = (x: number, y: number): number => (y > 0 ? x / y : 0)
  const ratio = (x: number, y: number): number => Math.log(Math.max(1, x) / Math.max(1, y))
  const [aw, ah] = sides(a)
  const [bw, bh] = sides(b)
  const common =
    Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) *
    Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]))
  return [
    over((b[0] + b[2] - a[0] - a[2]) / 2, diagonal),
    over((b[1] + b[3] - a[1] - a[3]) / 2, diagonal),
    ratio(aw, bw),
    ratio(ah, bh),
    boxOverlap(a, b, false),
    over(common, area),
  ]
}

function check({ width, height, boxes }: BoxedImage, confidence: Vec | undefined): void {
  const fn = 'boxFeatures'
  for (const [name, x] of Object.entries({ width, height })) checkPositive(fn, name, x)
  boxes.forEach((box, i) => {
    const wrong = box.find((x) => !Number.isFinite(x))
    if (wrong !== undefined)
      throw new RangeError(`${fn}: corners of box ${i} must be finite, got ${wrong}`)
  })
  if (confidence === undefined) return
  if (confidence.length !== boxes.length)
    throw new ShapeError(
      `${fn}: confidence must have length ${boxes.length}, got ${confidence.length}`,
    )
  checkFiniteVector(fn, 'confidence', confidence)
}
