import { checkNonNegative, checkProbability } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'
import type { AnnotatedScene, PairLogits } from '../load/annotated-scene.js'
import type { Box } from '../recall/boxes.js'
import { demoSettings, pairsOf, seen, type DemoOptions } from './demo-scene.js'
import { logits, rowsOf } from './detector.js'
import { anywhere, imageSize, inImage, someSize } from './geometry.js'

/** Box errors of the detector. */
export interface DetectionOptions extends DemoOptions {
  /** probability that a box is missed; default 0 */
  readonly miss?: number
  /** standard deviation of corner shifts, as a fraction of the box's side; default 0 */
  readonly jitter?: number
  /** expected number of false positive boxes in each scene; default 0 */
  readonly spurious?: number
}

/** Of a box around nothing, in parts of the image's height. */
const SPURIOUS = [0.2, 0.2] as const

/**
 * Detections in the scene of {@link demoScene} with the same source: boxes, and scores of classes
 * and predicates, without ground truth. For scene graph generation (SGGen); the truth is
 * `demoScene(source)`.
 *
 * A box is missed with probability `miss`; corners move by N(0, (jitter · side)²) and are clipped
 * to the image, unless less than 4 pixels would remain; ⌊spurious + u⌋ boxes, u uniform, contain no
 * object and are scored as clearly as unambiguous classes.
 *
 * @param source - other options keep scene, noise, and the order in which boxes are missed
 * @returns detected boxes in the order of the scene, then false positives
 * @throws RangeError for a probability outside [0, 1], negative or non-finite jitter or spurious
 * Cost: that of demoScene. Source: ours.
 *
 * @example
 * import { demoDetections, demoScene } from '@nonconvex/structured/demo'
 * import { stream } from '@nonconvex/tensor'
 * const [truth, found] = [demoScene(stream(7)), demoDetections(stream(7), { spurious: 2 })]
 * console.log(found.boxes.length - truth.boxes.length, found.classes) // → 2 undefined
 */
export function demoDetections(source: Stream, options: DetectionOptions = {}): AnnotatedScene {
  const settings = demoSettings('demoDetections', options)
  const { miss = 0, jitter = 0, spurious = 0 } = options
  checkProbability('demoDetections', 'miss', miss)
  checkNonNegative('demoDetections', 'jitter', jitter)
  checkNonNegative('demoDetections', 'spurious', spurious)
  const { kind, boxes, objectLogits, relationLogits, means } = seen(source, settings)
  const missing = source.child('miss')
  const found = boxes.map((_, i) => i).filter(() => missing.uniform() >= miss)

  const moves = source.child('jitter')
  const shaken = boxes.map((box) => shake(box, jitter, moves))
  const extra = source.child('spurious')
  const count = Math.floor(spurious + extra.uniform())
  const others = Array.from({ length: count }, (_, i): Box => {
    const place = extra.child('box', i)
    return inImage(anywhere(someSize(SPURIOUS, place), [0.3, 1], place)) ?? boxes[0]
  })

  const at = new Map(found.map((i, place) => [i, place]))
  const kept = relationLogits.flatMap(([s, o, row]): PairLogits[] => {
    const [subject, object] = [at.get(s), at.get(o)]
    return subject === undefined || object === undefined ? [] : [[subject, object, row]]
  })
  const n = found.length + count
  const nothing = pairsOf(n, []).filter(([s, o]) => Math.max(s, o) >= found.length)
  const ofNothing = rowsOf(
    logits(
      nothing.map(() => 0),
      means.predicates,
      extra.child('pair scores'),
    ),
  )
  return {
    id: options.id ?? kind.name,
    ...imageSize,
    boxes: [...found.map((i) => shaken[i]), ...others],
    objectLogits: [
      ...found.map((i) => objectLogits[i]),
      ...rowsOf(
        logits(
          others.map(() => 0),
          means.classes,
          extra.child('scores'),
        ),
      ),
    ],
    relationLogits: [...kept, ...nothing.map(([s, o], i): PairLogits => [s, o, ofNothing[i]])].sort(
      ([s, o], [s2, o2]) => s - s2 || o - o2,
    ),
  }
}

function shake([x1, y1, x2, y2]: Box, jitter: number, source: Stream): Box {
  const [w, h] = [jitter * (x2 - x1), jitter * (y2 - y1)]
  const [a, b, c, d] = [w, h, w, h].map((side) => side * source.normal())
  const [left, right] = [Math.min(x1 + a, x2 + c), Math.max(x1 + a, x2 + c)]
  const [top, bottom] = [Math.min(y1 + b, y2 + d), Math.max(y1 + b, y2 + d)]
  return inImage([left, top, right, bottom]) ?? [x1, y1, x2, y2]
}
