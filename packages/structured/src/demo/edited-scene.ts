import { checkInteger } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'
import { checkBox, type Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'
import { compose, seenRelations } from './compose.js'
import { demoScene, demoSettings, seen, type DemoOptions, type DemoScene } from './demo-scene.js'
import { fits, imageSize } from './geometry.js'

/** What is changed in a scene; objects are counted from 0, as drawn. */
export interface DemoEdit {
  /** new boxes of some objects, inside the image */
  readonly boxes?: ReadonlyMap<number, Box>
  /** objects that are taken away */
  readonly without?: ReadonlySet<number>
}

/**
 * The scene that {@link demoScene} makes of the same stream, with objects moved or taken away.
 *
 *     relations: of the grammar while the boxes still have their geometry; of other pairs what the boxes show
 *     scores: N(μ(class), I) and N(ν(predicate), I) with the noise of the scene
 *
 * so an object keeps its scores wherever it is, and a pair keeps its scores unless its relation changes.
 * A relation that begins is annotated; one that stays is annotated as it was.
 *
 * @param edit - changes; without any the result is that of `demoScene`
 * @throws RangeError for an object that is not there, a box outside the image or without area, all objects
 *   taken away, or options out of their range
 * Cost: that of `demoScene`, twice. Source: ours.
 *
 * @example
 * import { demoScene, demoVocabulary, editedDemoScene } from '@nonconvex/structured/demo'
 * import { stream } from '@nonconvex/tensor'
 * const { boxes } = demoScene(stream(7))
 * const fewer = editedDemoScene(stream(7), { without: new Set([0]) })
 * console.log(fewer.boxes.length === boxes.length - 1) // → true
 */
export function editedDemoScene(
  source: Stream,
  edit: DemoEdit,
  options: DemoOptions = {},
): DemoScene {
  const before = demoScene(source, options)
  const n = before.boxes.length
  const { boxes: moved = new Map<number, Box>(), without = new Set<number>() } = edit
  for (const i of [...moved.keys(), ...without])
    checkInteger('editedDemoScene', 'object', i, 0, n - 1)
  for (const box of moved.values()) checkInside(box)
  if (without.size === n)
    throw new RangeError('editedDemoScene: expected at least one object to stay')
  const composition = compose(source)
  const boxes = before.boxes.map((box, i) => moved.get(i) ?? box)
  const ruled = composition.ruled.filter(([s, o, p]) => fits(p, boxes[s], boxes[o]))
  const other = seenRelations(boxes, ruled)
  const scored = seen(source, demoSettings('editedDemoScene', options), {
    ...composition,
    boxes,
    ruled,
    seen: other,
  })
  const key = (relation: Relation): string => relation.join()
  const known = new Set(before.actual.map(key))
  const annotated = new Set(before.relations.map(key))
  const actual = [...ruled, ...other]
  const stays = (i: number): boolean => !without.has(i)
  const kept = boxes.map((_, i) => i).filter(stays)
  const place = new Map(kept.map((from, i) => [from, i]))
  const at = (i: number): number => place.get(i) ?? -1
  const renamed = (relations: readonly Relation[]): Relation[] =>
    relations
      .filter(([s, o]) => stays(s) && stays(o))
      .map(([s, o, p]): Relation => [at(s), at(o), p])
  return {
    ...before,
    boxes: kept.map((i) => boxes[i]),
    classes: kept.map((i) => before.classes[i]),
    objectLogits: kept.map((i) => scored.objectLogits[i]),
    relationLogits: scored.relationLogits
      .filter(([s, o]) => stays(s) && stays(o))
      .map(([s, o, row]) => [at(s), at(o), row] as const),
    actual: renamed(actual),
    relations: renamed(actual.filter((each) => annotated.has(key(each)) || !known.has(key(each)))),
  }
}

function checkInside(box: Box): void {
  checkBox('editedDemoScene', 'box', box)
  const [x1, y1, x2, y2] = box
  const { width, height } = imageSize
  if (!(x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height && x1 < x2 && y1 < y2))
    throw new RangeError(
      `editedDemoScene: expected a box with area in ${width} × ${height} pixels, got ${box.join(', ')}`,
    )
}
