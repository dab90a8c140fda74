import { demoVocabulary } from '@nonconvex/structured/demo'
import type { Figure, Panel } from '../../figure/figure.js'
import { panelOf } from '../../figure/layers.js'
import { apart, frameOf, namesOf, outlines } from '../scene-panel.js'
import { cappedScene, type Labeled } from './measure.js'

/** A scene whose labels exceed the cap, with its labels before and after. Classes count from 0. */
export type Example = {
  readonly id: string
  readonly boxes: readonly (readonly number[])[]
  readonly truth: readonly number[]
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly capped: number
  readonly cap: number
}

/** Numbers of boxes that can be drawn with all names, also on a phone. */
const FEW = [3, 8] as const

/** Minimum distance of the upper edges of boxes, horizontal or vertical, in pixels. */
const ROOM = { wide: 110, high: 30 } as const

const roomy = (boxes: Example['boxes']): boolean =>
  boxes.every(([x1, y1, x2], i) =>
    boxes
      .slice(0, i)
      .every(
        ([u1, v1, u2]) =>
          Math.abs(x1 + x2 - u1 - u2) / 2 >= ROOM.wide || Math.abs(y1 - v1) >= ROOM.high,
      ),
  )

/** The first readable scene with more labels of a class than its boxes, at least one; null if none. */
export function exampleOf(all: readonly Labeled[]): Example | null {
  for (const labeled of all) {
    const { truth, scene } = labeled
    const { boxes, id } = scene.scene
    const { before, after, capped, cap } = cappedScene(labeled, 0)
    const count = before.filter((k) => k === capped).length
    if (
      cap === 0 ||
      count <= cap ||
      truth.length < FEW[0] ||
      truth.length > FEW[1] ||
      !roomy(boxes)
    )
      continue
    return {
      id: String(id),
      boxes: boxes.map((box) => [...box]),
      truth: [...truth],
      before: [...before],
      after: [...after],
      capped,
      cap,
    }
  }
  return null
}

const nameOf = (k: number): string => demoVocabulary.classes[k + 1]

/** Labels before and after, those above the cap in red. */
export function exampleFigure(example: Example): Figure {
  const { id, truth, before, after, capped, cap } = example
  const count = before.filter((k) => k === capped).length
  const wrong = after.filter((k, i) => k !== truth[i]).length
  return {
    id: 'example',
    title: `At most ${cap} of the class ${nameOf(capped)}: labels change until the cap is kept`,
    caption: `Test scene ${id}. Left: the most likely class of each box; ${count} boxes are labeled ${nameOf(capped)} (red), of which the scene has ${cap}. Right: the most likely labels of which at most ${cap === 1 ? 'one is' : `${cap} are`} ${nameOf(capped)}; changed labels are blue, ${wrong === 0 ? 'all are right' : `${wrong} of ${truth.length} are wrong`}.`,
    panels: [
      panel(example, before, 'Without the cap', (i) => (before[i] === capped ? 'violated' : 'ink')),
      panel(example, after, `At most ${cap}`, (i) => (after[i] !== before[i] ? 'measured' : 'ink')),
    ],
  }
}

function panel(
  { boxes }: Example,
  classes: readonly number[],
  title: string,
  toneOf: (i: number) => 'violated' | 'measured' | 'ink',
): Panel {
  const names = namesOf(boxes, (i) => nameOf(classes[i]))
  return panelOf({ ...frameOf(boxes), title }, [
    outlines(boxes),
    ...apart(
      names.map((name, i) => ({ ...name, tone: toneOf(i) })),
      [],
    ),
  ])
}
